import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Message } from './Message';

export function NoSuchPage() {
  return (
    <Message
      icon={<IconMapOff size={22} stroke={1.7} />}
      title="There is no such page"
      actions={<Link to="/">Go to what runs now</Link>}
    >
      The address may be mistyped, or the page has moved.
    </Message>
  );
}

import { useQuery } from '@tanstack/react-query';
import { missingPermissions } from '@/api/problem';
import { uiOptionsQuery } from '@/features/auth/queries';
import { permissionWords } from '@/shared/format/permissions';

/** What a right that is missing is good for, and who could give it. */
export function MissingRight({ error }: { error: unknown }) {
  const { data: options } = useQuery(uiOptionsQuery());
  const missing = missingPermissions(error);
  const words = missing.flatMap((type) => permissionWords(type) ?? []);
  return (
    <>
      {words.length > 0 && <p>It lets people {words.join(', or ')}.</p>}
      {missing.length > 0 && <p>Somebody who looks after groups can add you to one that holds it.</p>}
      {options?.contact && <p>Ask: {options.contact}</p>}
    </>
  );
}

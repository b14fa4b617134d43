import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { Failure } from '@/shared/states/Failure';

interface Props {
  title: string;
  label: string;
  description?: string;
  value?: string;
  maxLength: number;
  action: string;
  pending: boolean;
  error: Error | null;
  onSubmit: (text: string) => void;
  onClose: () => void;
}

/** Asks for one short text: the name of something new, or another name. */
export function NewByName(props: Props) {
  const [text, setText] = useState(props.value ?? '');
  function submit(event: SubmitEvent) {
    event.preventDefault();
    props.onSubmit(text.trim());
  }
  return (
    <Modal opened onClose={props.onClose} title={props.title} size="md" centered>
      <form onSubmit={submit}>
        <TextInput
          label={props.label}
          description={props.description}
          maxLength={props.maxLength}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          required
          withAsterisk={false}
          data-autofocus
          mb="sm"
        />
        {props.error && <Failure error={props.error} />}
        <Group justify="flex-end" mt="md" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={props.pending} disabled={text.trim() === ''}>
            {props.action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

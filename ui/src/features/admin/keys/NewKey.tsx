import { Button, Checkbox, Group, Modal, MultiSelect, Select, TagsInput, TextInput } from '@mantine/core';
import '@mantine/core/styles/Checkbox.css';
import '@mantine/core/styles/Pill.css';
import '@mantine/core/styles/PillsInput.css';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { uiOptionsQuery } from '@/features/auth/queries';
import { CopyButton } from '@/shared/CopyButton';
import { Failure } from '@/shared/states/Failure';
import { change, useAdminChange } from '../queries';
import classes from './Keys.module.css';
import { needsBeamline, offeredScopes, type Scope } from './scopes';

interface Props {
  /** Beamlines that staff may choose from; null = every beamline of the facility. */
  beamlines: string[] | null;
  managesAll: boolean;
  onClose: () => void;
}

const LIVES = [
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: '1095', label: 'In three years' },
  { value: 'never', label: 'Never' },
];

/** Asks what a key shall be, makes it, and shows its secret this once. */
export function NewKey({ beamlines, managesAll, onClose }: Props) {
  const make = useAdminChange(change.makeKey);
  if (make.data) return <Secret name={make.data.name} secret={make.data.secret} onClose={onClose} />;
  return <KeyForm beamlines={beamlines} managesAll={managesAll} make={make} onClose={onClose} />;
}

type Make = ReturnType<typeof useAdminChange<Parameters<typeof change.makeKey>[0], unknown>>;

function KeyForm({
  beamlines,
  managesAll,
  make,
  onClose,
}: Props & { make: Pick<Make, 'mutate' | 'isPending' | 'error'> }) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Scope[]>(['read']);
  const [covered, setCovered] = useState<string[]>(beamlines?.length === 1 ? beamlines : []);
  const [life, setLife] = useState('365');
  const needed = needsBeamline(scopes);
  const ready = name.trim() !== '' && scopes.length > 0 && (!needed || covered.length > 0);
  function submit(event: SubmitEvent) {
    event.preventDefault();
    make.mutate({ name: name.trim(), scopes, beamLines: covered, days: life === 'never' ? null : Number(life) });
  }
  return (
    <Modal opened onClose={onClose} title="New key" size="lg" centered>
      <form className={classes.form} onSubmit={submit} data-testid="key-form">
        <TextInput
          label="Name"
          description="What people will recognise it by, such as bl1-mxcube; never given twice"
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Checkbox.Group label="What it may do" value={scopes} onChange={(chosen) => setScopes(chosen)}>
          <div className={classes.scopes}>
            {offeredScopes(managesAll).map(({ scope, words }) => (
              <Checkbox key={scope} value={scope} label={scope} description={words} />
            ))}
          </div>
        </Checkbox.Group>
        <Beamlines choice={beamlines} value={covered} onChange={setCovered} needed={needed} />
        <Select
          label="Expires"
          data={LIVES}
          value={life}
          onChange={(value) => setLife(value ?? '365')}
          allowDeselect={false}
        />
        {make.error && <Failure error={make.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending} disabled={!ready}>
            Make key
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

interface BeamlinesProps {
  choice: string[] | null;
  value: string[];
  onChange: (names: string[]) => void;
  needed: boolean;
}

function Beamlines({ choice, value, onChange, needed }: BeamlinesProps) {
  const { data: options } = useQuery(uiOptionsQuery());
  const all = options?.beamLineGroups.flatMap((group) => group.beamLines.map((line) => line.beamLineName)) ?? [];
  const offered = [...new Set(choice ?? all)];
  const words = {
    label: 'Beamlines it covers',
    description: needed ? 'It sees and writes nothing of any other' : 'None is needed for the user portal',
    value,
    onChange,
  };
  // Where no beamline is configured, names are taken as they are.
  if (options && offered.length === 0) return <TagsInput {...words} placeholder="Name, then Enter" />;
  return <MultiSelect {...words} data={offered} searchable placeholder={value.length === 0 ? 'Choose' : undefined} />;
}

function Secret({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={`The secret of ${name}`}
      size="lg"
      centered
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <p className={classes.once}>
        <b>It is shown this once.</b> What is kept is a hash: nobody can look it up later. Put it into a file that only
        the program can read.
      </p>
      <code className={classes.secret} data-testid="key-secret">
        {secret}
      </code>
      <Group justify="flex-end" gap="xs" mt="md">
        <CopyButton text={secret} label="Copy" />
        <Button onClick={onClose}>I have stored it</Button>
      </Group>
    </Modal>
  );
}

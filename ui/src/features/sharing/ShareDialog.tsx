import { Button, Group, Modal, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import type { Sample } from '@/api/types';
import { accessQuery } from '@/features/access/queries';
import { userQuery } from '@/features/auth/queries';
import { Failure } from '@/shared/states/Failure';
import { proteinsQuery, sharing, useSharing, type WhatToShare, type WithWhom } from './queries';
import { laboratoriesToChoose, peopleToChoose } from './receivers';
import classes from './Sharing.module.css';

interface Props {
  proposal: string;
  /** The sample that is to be shared; without it a protein is chosen. */
  sample?: Sample;
  onClose: () => void;
}

type Kind = 'person' | 'laboratory' | 'login';
const KINDS: { value: Kind; label: string }[] = [
  { value: 'person', label: 'A person' },
  { value: 'laboratory', label: 'A laboratory' },
  { value: 'login', label: 'By log-in' },
];

/** Shows a sample, or a protein with its samples, to one more person or laboratory. */
export function ShareDialog({ proposal, sample, onClose }: Props) {
  const protein = sample?.Crystal.Protein;
  const [whole, setWhole] = useState(false);
  const [proteinId, setProteinId] = useState<string | null>(null);
  const [kind, setKind] = useState<Kind>('person');
  const [chosen, setChosen] = useState('');
  const share = useSharing(sharing.share);
  const what = whatOf(sample, whole, proteinId);
  const whom = whomOf(kind, chosen.trim());
  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (what && whom) share.mutate({ ...what, ...whom }, { onSuccess: onClose });
  }
  return (
    <Modal opened onClose={onClose} title={sample ? `Share ${sample.name ?? 'a sample'}` : 'Share a protein'} centered>
      <form className={classes.form} onSubmit={submit} data-testid="share-form">
        {!sample && <ProteinChoice proposal={proposal} value={proteinId} onChange={setProteinId} />}
        {protein?.proteinId != null && (
          <SegmentedControl
            aria-label="What to share"
            data={[
              { value: 'sample', label: 'This sample' },
              { value: 'protein', label: `All of ${protein.acronym ?? 'its protein'}` },
            ]}
            value={whole ? 'protein' : 'sample'}
            onChange={(value) => setWhole(value === 'protein')}
          />
        )}
        <SegmentedControl
          aria-label="With whom"
          data={KINDS}
          value={kind}
          onChange={(value) => {
            setKind(value);
            setChosen('');
          }}
        />
        <Receiver proposal={proposal} kind={kind} value={chosen} onChange={setChosen} />
        <p className={classes.note}>
          They see the {sample && !whole ? 'sample' : 'protein, its samples'}, what was measured of{' '}
          {sample && !whole ? 'it' : 'them'} and the proposal’s name, and can change nothing. It can be taken back at
          any time.
        </p>
        {share.error && <Failure error={share.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={share.isPending} disabled={!what || !whom}>
            Share
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

function whatOf(sample: Sample | undefined, whole: boolean, chosen: string | null): WhatToShare | null {
  if (!sample) return chosen === null ? null : { proteinId: Number(chosen) };
  const proteinId = sample.Crystal.Protein.proteinId;
  return whole && proteinId !== null ? { proteinId } : { blSampleId: sample.blSampleId };
}

function whomOf(kind: Kind, chosen: string): WithWhom | null {
  if (chosen === '') return null;
  if (kind === 'login') return { login: chosen };
  return kind === 'person' ? { personId: Number(chosen) } : { laboratoryId: Number(chosen) };
}

interface ReceiverProps {
  proposal: string;
  kind: Kind;
  value: string;
  onChange: (value: string) => void;
}

function Receiver({ proposal, kind, value, onChange }: ReceiverProps) {
  const { data } = useQuery(accessQuery({ kind: 'proposal', proposal }));
  const { data: user } = useQuery(userQuery());
  if (kind === 'login') {
    return (
      <TextInput
        label="Log-in"
        description="For somebody who has nothing to do with the proposal"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={45}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  const choose = kind === 'person' ? peopleToChoose : laboratoriesToChoose;
  return (
    <Select
      key={kind}
      label={kind === 'person' ? 'Somebody of the proposal' : 'A laboratory of the proposal'}
      placeholder="Choose, or type to search"
      data={choose(data?.people ?? [], user?.personId ?? null)}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
      searchable
      nothingFoundMessage={kind === 'person' ? 'Nobody else is called so' : 'No other laboratory has part in it'}
    />
  );
}

interface ProteinProps {
  proposal: string;
  value: string | null;
  onChange: (value: string | null) => void;
}

function ProteinChoice({ proposal, value, onChange }: ProteinProps) {
  const { data } = useQuery(proteinsQuery(proposal));
  return (
    <Select
      label="Protein"
      placeholder="Choose, or type to search"
      data={(data?.results ?? []).map((protein) => ({
        value: String(protein.proteinId),
        label: [protein.acronym, protein.name].filter(Boolean).join(' · ') || String(protein.proteinId),
      }))}
      value={value}
      onChange={onChange}
      searchable
      nothingFoundMessage="No protein of the proposal is called so"
    />
  );
}

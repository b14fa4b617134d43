import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import '@mantine/core/styles/Checkbox.css';
import { useNavigate } from '@tanstack/react-router';
import { useState, type SyntheticEvent } from 'react';
import { LATTICES, type CellsSearch, type Lattice } from '@/app/search';
import { cellOf, parseCell, writeCell } from './cell';
import classes from './CellsPage.module.css';

const LATTICE_WORDS: Record<Lattice, string> = {
  P: 'primitive',
  A: 'A centred',
  B: 'B centred',
  C: 'C centred',
  I: 'body centred',
  F: 'face centred',
  R: 'rhombohedral',
};

/** The question: a cell with tolerances, a space group. What it asks stands in the address. */
export function CellForm({ search }: { search: CellsSearch }) {
  const navigate = useNavigate();
  const known = cellOf(search);
  const [text, setText] = useState(known ? writeCell(known) : '');
  const [group, setGroup] = useState(search.group ?? '');
  const [edge, setEdge] = useState(String(search.angstrom ?? search.tolerance ?? 2));
  const [unit, setUnit] = useState<'%' | 'Å'>(search.angstrom === undefined ? '%' : 'Å');
  const [angle, setAngle] = useState(String(search.angle ?? 2));
  const [any, setAny] = useState(search.any ?? false);
  const [lattice, setLattice] = useState<Lattice>(search.lattice ?? 'P');
  const [wrong, setWrong] = useState<string | null>(null);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    const cell = parseCell(text);
    const mistake = mistakeIn(text, group);
    setWrong(mistake);
    if (mistake) return;
    const near = Number(edge) > 0 ? Number(edge) : 2;
    void navigate({
      to: '/cells',
      search: {
        ...cell,
        group: group.trim() || undefined,
        tolerance: unit === '%' && near !== 2 ? near : undefined,
        angstrom: unit === 'Å' ? near : undefined,
        angle: Number(angle) > 0 && Number(angle) !== 2 ? Number(angle) : undefined,
        any: any || undefined,
        lattice: any && lattice !== 'P' ? lattice : undefined,
      },
    });
  }
  return (
    <form className={classes.form} onSubmit={submit} data-testid="cell-form">
      <TextInput
        label="Cell (Å, degrees)"
        placeholder="78.6 78.6 37.1 90 90 90"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={wrong}
        className={classes.cell}
      />
      <TextInput
        label="Space group"
        placeholder="P 43 21 2 or 96"
        value={group}
        onChange={(event) => setGroup(event.currentTarget.value)}
        className={classes.group}
      />
      <TextInput
        label="Edges within"
        inputMode="decimal"
        value={edge}
        onChange={(event) => setEdge(event.currentTarget.value)}
        className={classes.small}
      />
      <Select
        aria-label="Unit of that"
        data={['%', 'Å']}
        value={unit}
        onChange={(next) => setUnit(next === 'Å' ? 'Å' : '%')}
        allowDeselect={false}
        w={66}
      />
      <TextInput
        label="Angles within (°)"
        inputMode="decimal"
        value={angle}
        onChange={(event) => setAngle(event.currentTarget.value)}
        w={120}
      />
      <Checkbox
        label="Other settings of the lattice"
        checked={any}
        onChange={(event) => setAny(event.currentTarget.checked)}
        className={classes.any}
      />
      {any && (
        <Select
          label="This cell is"
          data={LATTICES.map((each) => ({ value: each, label: LATTICE_WORDS[each] }))}
          value={lattice}
          onChange={(next) => setLattice(LATTICES.find((each) => each === next) ?? 'P')}
          allowDeselect={false}
          w={150}
        />
      )}
      <Button type="submit">Search</Button>
    </form>
  );
}

/** What is wrong with the question; null where nothing is. */
function mistakeIn(cell: string, group: string): string | null {
  if (cell.trim() === '') return group.trim() === '' ? 'A cell, or a space group beside it' : null;
  return parseCell(cell) ? null : 'Three edges in Å, then three angles in degrees or none';
}

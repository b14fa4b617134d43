import type { Blob, Structure } from '@/api/types';
import { fixed, plural, significant, THIN, withUnit } from '@/shared/format/numbers';

/** "19.8 / 23.4 %": R of working and of free reflections; null where nobody said either. */
export function rText({ rValueEnd, rFreeValueEnd }: Pick<Structure, 'rValueEnd' | 'rFreeValueEnd'>): string | null {
  if (rValueEnd === null && rFreeValueEnd === null) return null;
  return withUnit(`${percent(rValueEnd)} / ${percent(rFreeValueEnd)}`, '%');
}

function percent(fraction: number | null): string {
  return fraction === null ? '–' : fixed(100 * fraction, 1);
}

/** What tells most of a structure, as words and numbers: "R 19.8 / 23.4 %", "LLG 1240 · TFZ 21", "FOM 0.62". */
export function headline(structure: Structure): string[] {
  const r = rText(structure);
  const { LLG, TFZ, FOM, ligandCode, ligandCC, numberOfSites, blobCount, kind } = structure;
  return [
    r && `R ${r}`,
    LLG !== null && `LLG ${significant(LLG, 4)}`,
    TFZ !== null && `TFZ ${significant(TFZ, 3)}`,
    ligandCC !== null && `${ligandCode ?? 'ligand'} CC ${fixed(ligandCC, 2)}`,
    FOM !== null && `FOM ${fixed(FOM, 2)}`,
    numberOfSites !== null && plural(numberOfSites, 'site'),
    blobCount > 0 && kind !== 'phasing' && plural(blobCount, 'blob'),
  ].filter((part) => typeof part === 'string');
}

export interface Fact {
  label: string;
  value: string;
}

/** Numbers of a structure with their units, those that somebody said. */
export function facts(structure: Structure): Fact[] {
  const found: [string, string | null][] = [
    ['R / Rfree', changed(structure)],
    ['Resolution', range(structure.lowRes, structure.highRes)],
    ['LLG', number(structure.LLG, 4)],
    ['TFZ', number(structure.TFZ, 3)],
    ['Method', structure.method],
    ['Figure of merit', structure.FOM === null ? null : fixed(structure.FOM, 2)],
    ['CC of the map', structure.mapCC === null ? null : fixed(structure.mapCC, 2)],
    ['Sites', structure.numberOfSites === null ? null : String(structure.numberOfSites)],
    ['Hand', structure.enantiomorph === null ? null : structure.enantiomorph ? 'inverted' : 'original'],
    ['Ligand', ligand(structure)],
    ['Solvent', structure.solventContent === null ? null : withUnit(fixed(100 * structure.solventContent, 0), '%')],
    ['RMS of bonds', structure.rmsBonds === null ? null : withUnit(fixed(structure.rmsBonds, 3), 'Å')],
    ['RMS of angles', structure.rmsAngles === null ? null : `${fixed(structure.rmsAngles, 2)}°`],
    ['Mean B', structure.meanB === null ? null : withUnit(fixed(structure.meanB, 1), 'Å²')],
    ['Residues', number(structure.numberOfResidues, 6)],
    ['Atoms', number(structure.numberOfAtoms, 6)],
  ];
  return found.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
}

function changed(structure: Structure): string | null {
  const end = rText(structure);
  const start = rText({ rValueEnd: structure.rValueStart, rFreeValueEnd: structure.rFreeValueStart });
  return end && start ? `${start} → ${end}` : end;
}

function range(low: number | null, high: number | null): string | null {
  if (high === null) return null;
  return withUnit(low === null ? fixed(high, 2) : `${fixed(low, 1)} – ${fixed(high, 2)}`, 'Å');
}

function ligand({ ligandCode, ligandCC }: Structure): string | null {
  if (ligandCode === null && ligandCC === null) return null;
  return [ligandCode, ligandCC !== null && `CC ${fixed(ligandCC, 2)}`].filter(Boolean).join(', ');
}

function number(value: number | null, digits: number): string | null {
  return value === null ? null : significant(value, digits);
}

/** "3.9 Å from ASP A 52 CA". */
export function nearText(blob: Blob): string | null {
  const { nearestAtomDistance: distance, nearestAtomResName: residue, nearestAtomName: atom } = blob;
  if (!residue) return null;
  const place = [residue, blob.nearestAtomChainId, blob.nearestAtomResSeq, atom].filter((part) => part !== null);
  const away = distance === null ? 'near' : distance < 0.05 ? 'at' : `${fixed(distance, 1)}${THIN}Å from`;
  return `${away} ${place.join(' ')}`;
}

/** What is drawn of a model, how many of each. */
export interface Contents {
  chains: number;
  residues: number;
  ligands: number;
  waters: number;
}

/** "1 chain, 68 residues, 1 ligand, 40 waters"; "4 groups" of what is no chain. */
export function contentsText({ chains, residues, ligands, waters }: Contents): string {
  return [
    chains > 0 && plural(chains, 'chain'),
    residues > 0 && plural(residues, 'residue'),
    ligands > 0 && plural(ligands, chains > 0 ? 'ligand' : 'group'),
    waters > 0 && plural(waters, 'water'),
  ]
    .filter(Boolean)
    .join(', ');
}

export interface AtomFacts {
  residue: string;
  chain: string;
  number: string;
  /** Nothing where the whole residue is meant. */
  atom?: string;
  occupancy: number;
  /** B factor [Å²]. */
  b: number;
}

/** "GOL A 301 C2, B 35.0 Å², occupancy 0.50". */
export function atomText({ residue, chain, number, atom, occupancy, b }: AtomFacts): string {
  const name = [residue, chain, number, atom].filter(Boolean).join(' ');
  if (!atom) return name;
  const facts = [name, `B ${withUnit(fixed(b, 1), 'Å²')}`];
  return (occupancy === 1 ? facts : [...facts, `occupancy ${fixed(occupancy, 2)}`]).join(', ');
}

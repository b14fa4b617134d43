import {
  IconArrowsMove,
  IconChartDots,
  IconChartLine,
  IconFocusCentered,
  IconGrid4x4,
  IconSpiral,
  IconRobot,
  IconRotateClockwise,
  IconRuler2,
  type Icon,
} from '@tabler/icons-react';
import type { Event } from '@/api/types';

/** The columns of the timeline. */
export type Lane = 'robot' | 'grid' | 'screen' | 'collect' | 'scan';

/** How one kind of event is named and drawn everywhere: badge, chip, timeline. */
export interface Kind {
  id: string;
  name: string;
  icon: Icon;
  /** A custom property of app/tokens.css. */
  colour: string;
  /** The column of the timeline. */
  lane: Lane;
}

const KINDS: Kind[] = [
  { id: 'OSC', name: 'Rotation', icon: IconRotateClockwise, colour: 'var(--kind-rotation)', lane: 'collect' },
  { id: 'SAD', name: 'SAD', icon: IconRotateClockwise, colour: 'var(--kind-rotation)', lane: 'collect' },
  {
    id: 'SAD - Inverse Beam',
    name: 'SAD, inverse beam',
    icon: IconRotateClockwise,
    colour: 'var(--kind-rotation)',
    lane: 'collect',
  },
  { id: 'MAD', name: 'MAD', icon: IconRotateClockwise, colour: 'var(--kind-rotation)', lane: 'collect' },
  {
    id: 'MAD - Inverse Beam',
    name: 'MAD, inverse beam',
    icon: IconRotateClockwise,
    colour: 'var(--kind-rotation)',
    lane: 'collect',
  },
  {
    id: 'Collect - Multiwedge',
    name: 'Multi-wedge',
    icon: IconRotateClockwise,
    colour: 'var(--kind-rotation)',
    lane: 'collect',
  },
  { id: 'Helical', name: 'Helical', icon: IconSpiral, colour: 'var(--kind-helical)', lane: 'collect' },
  { id: 'Mesh', name: 'Grid scan', icon: IconGrid4x4, colour: 'var(--kind-grid)', lane: 'grid' },
  { id: 'Line', name: 'Line scan', icon: IconRuler2, colour: 'var(--kind-grid)', lane: 'grid' },
  {
    id: 'Characterization',
    name: 'Characterisation',
    icon: IconFocusCentered,
    colour: 'var(--kind-screen)',
    lane: 'screen',
  },
  {
    id: 'Multi-positional',
    name: 'Multi-position',
    icon: IconArrowsMove,
    colour: 'var(--kind-helical)',
    lane: 'collect',
  },
  { id: 'robot', name: 'Robot', icon: IconRobot, colour: 'var(--kind-robot)', lane: 'robot' },
  { id: 'es', name: 'Energy scan', icon: IconChartLine, colour: 'var(--kind-scan)', lane: 'scan' },
  { id: 'xrf', name: 'XRF spectrum', icon: IconChartDots, colour: 'var(--kind-spectrum)', lane: 'scan' },
];
const ORDER: Record<Lane, number> = { robot: 0, grid: 1, scan: 2, screen: 3, collect: 3 };
const BY_ID = new Map(KINDS.map((kind) => [kind.id.toLowerCase(), kind]));

/** The order in which kinds are usually collected: the same ones always stand in the same order. */
export function compareKinds(a: Kind, b: Kind): number {
  const place = (kind: Kind) => (KINDS.includes(kind) ? ORDER[kind.lane] : KINDS.length);
  return place(a) - place(b) || a.name.localeCompare(b.name);
}

export function inOrder(types: readonly string[]): Kind[] {
  return types.map(kindOf).sort(compareKinds);
}

/** The kind of an event type or experiment type; one never seen before keeps its own name. */
export function kindOf(type: string | null): Kind {
  const known = BY_ID.get((type ?? '').toLowerCase());
  if (known) return known;
  return {
    id: type ?? '',
    name: type ?? 'Collection',
    icon: IconRotateClockwise,
    colour: 'var(--kind-other)',
    lane: 'collect',
  };
}

export function kindOfEvent(event: Event): Kind {
  if (event.type !== 'dc') return kindOf(event.type);
  return kindOf(event.Item.experimentType ?? event.Item.DataCollectionGroup.experimentType);
}

/**
 * What may stand behind the `?` of each page. Everything that selects is there, so that a link reproduces the view;
 * what is empty or not understood is left out.
 */
type Raw = Record<string, unknown>;

const WHEN = ['now', 'coming', 'past'] as const;
export type When = (typeof WHEN)[number];

const STATUS = ['running', 'success', 'failed', 'stopped'] as const;
export type Status = (typeof STATUS)[number];

const SAMPLE_ORDER = ['place', 'name', 'protein', 'collections', 'last'] as const;
export type SampleOrder = (typeof SAMPLE_ORDER)[number];

export interface LoginSearch {
  next?: string;
}
export interface SessionsSearch {
  when?: When;
  search?: string;
  beamline?: string;
  year?: number;
}
export interface ProposalsSearch {
  search?: string;
}
export interface EventsSearch {
  kind?: string;
  status?: Status;
  sample?: number;
  search?: string;
}
export interface SamplesSearch {
  search?: string;
  order?: SampleOrder;
  down?: boolean;
}
export interface CollectionSearch {
  metric?: string;
  image?: number;
}

export function loginSearch(raw: Raw): LoginSearch {
  const next = text(raw.next);
  // Only a place of this page: never an address somewhere else.
  return present({ next: next?.startsWith('/') && !next.startsWith('//') ? next : undefined });
}

export function sessionsSearch(raw: Raw): SessionsSearch {
  return present({
    when: oneOf(WHEN, raw.when),
    search: text(raw.search),
    beamline: text(raw.beamline),
    year: whole(raw.year),
  });
}

export function proposalsSearch(raw: Raw): ProposalsSearch {
  return present({ search: text(raw.search) });
}

export function eventsSearch(raw: Raw): EventsSearch {
  return present({
    kind: text(raw.kind),
    status: oneOf(STATUS, raw.status),
    sample: whole(raw.sample),
    search: text(raw.search),
  });
}

export function samplesSearch(raw: Raw): SamplesSearch {
  return present({
    search: text(raw.search),
    order: oneOf(SAMPLE_ORDER, raw.order),
    down: raw.down === true ? true : undefined,
  });
}

export function collectionSearch(raw: Raw): CollectionSearch {
  return present({ metric: text(raw.metric), image: whole(raw.image) });
}

function text(value: unknown): string | undefined {
  const string = typeof value === 'number' ? String(value) : value;
  return typeof string === 'string' && string.trim() !== '' ? string : undefined;
}

function whole(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((option) => option === value);
}

/** The object without its undefined members, so that equal views have equal addresses. */
export function present<T extends object>(search: T): T {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;
}

/**
 * What may stand behind the `?` of each page. Everything that selects is there, so that a link reproduces the view;
 * what is empty or not understood is left out.
 */
type Raw = Record<string, unknown>;

const WHEN = ['now', 'coming', 'past'] as const;
export type When = (typeof WHEN)[number];

const STATUS = ['running', 'success', 'failed', 'stopped'] as const;
export type Status = (typeof STATUS)[number];

const PROCESSING = ['success', 'running', 'failed', 'none'] as const;
export type Processing = (typeof PROCESSING)[number];
/** What became of data that a program worked on. */
export type Standing = Exclude<Processing, 'none'>;

const SAMPLE_ORDER = ['place', 'name', 'protein', 'collections', 'last'] as const;
export type SampleOrder = (typeof SAMPLE_ORDER)[number];

const VIEWERS = ['density', 'model'] as const;
export type ViewerName = (typeof VIEWERS)[number];

/** What results may be compared by first: a measure, and after a colon the shell. The usual one comes first. */
export const RANKS = [
  'resolution',
  'resIOverSigI2',
  'completeness',
  'ccHalf:outerShell',
  'meanIOverSigI',
  'multiplicity',
  'rMeas:innerShell',
  'rPim',
] as const;
export type Rank = (typeof RANKS)[number];

const KEY_STATES = ['good', 'expired', 'revoked'] as const;
export type KeyState = (typeof KEY_STATES)[number];

export interface LoginSearch {
  next?: string;
  /** Why a log-in elsewhere did not come about; one word. */
  error?: string;
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
  /** The best that became of the data; `none` where no program worked on them. */
  processing?: Processing;
  favourite?: true;
  sample?: number;
  search?: string;
}
export interface SamplesSearch {
  search?: string;
  order?: SampleOrder;
  down?: boolean;
}
const MEASURES = [
  'resolution',
  'ccHalf',
  'rMeas',
  'completeness',
  'meanIOverSigI',
  'resIOverSigI2',
  'multiplicity',
  'rPim',
  'isa',
] as const;
export type MeasureKey = (typeof MEASURES)[number];

const SHELLS = ['overall', 'innerShell', 'outerShell'] as const;

export interface BySampleSearch {
  metric?: MeasureKey;
  shell?: (typeof SHELLS)[number];
  /** The pipeline whose results are shown; the best result of each sample when none is named. */
  pipeline?: string;
  /** The pipeline that they are compared with. */
  against?: string;
  protein?: number;
  /** Values shown, of the pipeline and of the other one: from, to, in the unit of the measure. */
  range?: Range;
  other?: Range;
  sample?: number;
}
export type Range = [number, number];

export const LATTICES = ['P', 'A', 'B', 'C', 'I', 'F', 'R'] as const;
export type Lattice = (typeof LATTICES)[number];

/** A cell [Å, degrees], a space group, or both. */
export interface CellsSearch {
  a?: number;
  b?: number;
  c?: number;
  alpha?: number;
  beta?: number;
  gamma?: number;
  group?: string;
  /** By how much an edge may differ [%]. */
  tolerance?: number;
  /** The same [Å], in its place. */
  angstrom?: number;
  /** By how much an angle may differ [degrees]. */
  angle?: number;
  /** Other settings of the lattice too. */
  any?: boolean;
  lattice?: Lattice;
}
export interface CollectionSearch {
  metric?: string;
  /** The second curve; `none` for a single one. */
  second?: string;
  image?: number;
  /** The opened structure, how it is shown, and the blob or ligand that is looked at. */
  structure?: string;
  viewer?: ViewerName;
  blob?: number;
  ligand?: string;
  /** The opened run of a processing program. */
  run?: number;
  /** The way of scaling of that run; its best one when none is named. */
  scaling?: number;
  /** The file that is read within the page: `processing-12` of a run, `structure-…`, `collection-…`, `step-…`. */
  file?: string;
  /** Runs that are not drawn beside it. */
  without?: number[];
  /** Reprocessing is being asked for, by this recipe. */
  reprocess?: string;
  /** A comment is being written. */
  comment?: true;
  /** By what results are ranked, when not as usual. */
  rank?: Rank;
}
export interface SampleSearch {
  rank?: Rank;
}

export interface AdminListSearch {
  search?: string;
}
export interface PeopleSearch {
  search?: string;
  /** Members of this user group. */
  group?: number;
}
export interface KeysSearch {
  state?: KeyState;
  search?: string;
}
/** Times are facility-local, as a field of a form gives them: `2026-11-22T09:30`. */
export interface ActivitySearch {
  action?: string;
  subject?: string;
  login?: string;
  objectKind?: string;
  objectId?: string;
  since?: string;
  until?: string;
}

export function loginSearch(raw: Raw): LoginSearch {
  const next = text(raw.next);
  // Only a place of this page: never an address somewhere else.
  return present({
    next: next?.startsWith('/') && !next.startsWith('//') ? next : undefined,
    error: text(raw.error),
  });
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
    processing: oneOf(PROCESSING, raw.processing),
    favourite: raw.favourite === true ? true : undefined,
    sample: whole(raw.sample),
    search: text(raw.search),
  });
}

/** Puts away whatever filters events, beside what else stands in the address. */
export const ALL_EVENTS = {
  kind: undefined,
  status: undefined,
  processing: undefined,
  favourite: undefined,
  sample: undefined,
  search: undefined,
} satisfies Record<keyof EventsSearch, undefined>;

export function samplesSearch(raw: Raw): SamplesSearch {
  return present({
    search: text(raw.search),
    order: oneOf(SAMPLE_ORDER, raw.order),
    down: raw.down === true ? true : undefined,
  });
}

export function bySampleSearch(raw: Raw): BySampleSearch {
  return present({
    metric: oneOf(MEASURES, raw.metric),
    shell: oneOf(SHELLS, raw.shell),
    pipeline: text(raw.pipeline),
    against: text(raw.against),
    protein: whole(raw.protein),
    range: range(raw.range),
    other: range(raw.other),
    sample: whole(raw.sample),
  });
}

export function cellsSearch(raw: Raw): CellsSearch {
  return present({
    a: positive(raw.a),
    b: positive(raw.b),
    c: positive(raw.c),
    alpha: positive(raw.alpha),
    beta: positive(raw.beta),
    gamma: positive(raw.gamma),
    group: text(raw.group),
    tolerance: positive(raw.tolerance),
    angstrom: positive(raw.angstrom),
    angle: positive(raw.angle),
    any: raw.any === true ? true : undefined,
    lattice: oneOf(LATTICES, raw.lattice),
  });
}

export function collectionSearch(raw: Raw): CollectionSearch {
  return present({
    metric: text(raw.metric),
    second: text(raw.second),
    image: whole(raw.image),
    structure: text(raw.structure),
    viewer: oneOf(VIEWERS, raw.viewer),
    blob: whole(raw.blob),
    ligand: text(raw.ligand),
    run: whole(raw.run),
    scaling: whole(raw.scaling),
    without: wholes(raw.without),
    file: text(raw.file),
    reprocess: text(raw.reprocess),
    comment: raw.comment === true ? true : undefined,
    rank: oneOf(RANKS, raw.rank),
  });
}

export function sampleSearch(raw: Raw): SampleSearch {
  return present({ rank: oneOf(RANKS, raw.rank) });
}

export function adminListSearch(raw: Raw): AdminListSearch {
  return present({ search: text(raw.search) });
}

export function peopleSearch(raw: Raw): PeopleSearch {
  return present({ search: text(raw.search), group: whole(raw.group) });
}

export function keysSearch(raw: Raw): KeysSearch {
  return present({ state: oneOf(KEY_STATES, raw.state), search: text(raw.search) });
}

export function activitySearch(raw: Raw): ActivitySearch {
  return present({
    action: text(raw.action),
    subject: text(raw.subject),
    login: text(raw.login),
    objectKind: text(raw.objectKind),
    objectId: text(raw.objectId),
    since: moment(raw.since),
    until: moment(raw.until),
  });
}

/** The address without what selects within one collection, to go to another. */
export function leaveCollection<T extends object>(was: T) {
  return {
    ...leaveStructure(was),
    metric: undefined,
    second: undefined,
    image: undefined,
    run: undefined,
    scaling: undefined,
    without: undefined,
    reprocess: undefined,
    comment: undefined,
  };
}

/** The address without the opened structure. */
export function leaveStructure<T extends object>(was: T) {
  return { ...was, structure: undefined, viewer: undefined, blob: undefined, ligand: undefined, file: undefined };
}

function text(value: unknown): string | undefined {
  const string = typeof value === 'number' ? String(value) : value;
  return typeof string === 'string' && string.trim() !== '' ? string : undefined;
}

function moment(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(value) ? value : undefined;
}

function whole(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}

function wholes(value: unknown): number[] | undefined {
  const found = Array.isArray(value) ? value.map(whole).filter((each) => each !== undefined) : [];
  return found.length > 0 ? found : undefined;
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

function range(value: unknown): Range | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [low, high] = value as unknown[];
  const known = typeof low === 'number' && typeof high === 'number' && low <= high;
  return known ? [low, high] : undefined;
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((option) => option === value);
}

/** The object without its undefined members, so that equal views have equal addresses. */
function present<T extends object>(search: T): T {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;
}

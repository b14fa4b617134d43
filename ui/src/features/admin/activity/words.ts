/** What was done, in words; an action that the page does not know keeps the service's word. */
export const ACTIONS: Record<string, string> = {
  login: 'Logged in',
  'login.refused': 'Log-in refused',
  'login.reused': 'Used-up log-in tried again: ended',
  logout: 'Logged out',
  'account.password': 'Password set',
  'admin.create': 'Administrator made',
  'person.create': 'Person made',
  'group.create': 'Group made',
  'group.rename': 'Group renamed',
  'group.delete': 'Group deleted',
  'group.person.add': 'Added to a group',
  'group.person.remove': 'Removed from a group',
  'group.permission.add': 'Permission given to a group',
  'group.permission.remove': 'Permission taken from a group',
  'permission.create': 'Permission made',
  'permission.change': 'Permission changed',
  'key.create': 'Key made',
  'key.revoke': 'Key revoked',
  'option.change': 'Option changed',
  'proposal.bag': 'Laboratories kept apart, or no longer',
  'share.create': 'Shared',
  'share.revoke': 'Share taken back',
  'reprocessing.request': 'Reprocessing asked for',
  'reprocessing.cancel': 'Reprocessing called off',
  'session.change': 'Session changed',
  'collection.comment': 'Collection remarked on',
  'collection.favourite': 'Favourite marked, or no longer',
  'audit.export': 'This record exported',
  export: 'Exported',
};

export function actionWords(action: string): string {
  return ACTIONS[action] ?? action;
}

/** Who did it, where there is no log-in to name. */
export function subjectWords(subject: string): string {
  if (subject === 'nobody') return 'nobody known';
  if (subject === 'command') return 'command line';
  return subject.replace(':', ' ');
}

/** What something was done to, as people call it. */
export function objectWords(kind: string): string {
  return kind === 'login' ? 'log-in' : kind;
}

/** The names of the service in a detail, where people would not know them. */
const NAMES: Record<string, string> = { plugin: 'by way of', beamLines: 'beamlines', asked: 'filters' };

export function nameWords(name: string): string {
  return NAMES[name] ?? name;
}

/** One line of what changed: a value, or what it was and what it is. */
export interface Change {
  name: string;
  value?: string;
  old?: string;
  new?: string;
}

/** The detail of an entry, line by line; `old` and `new` are set beside each other, and what stayed is left out. */
export function changesOf(detail: Record<string, unknown> | null): Change[] {
  if (detail === null) return [];
  const { old, new: now, ...rest } = detail;
  const values = Object.entries(rest)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => ({ name, value: plain(value) }));
  return [...values, ...pairs(old, now, 'old' in detail, 'new' in detail)];
}

function pairs(old: unknown, now: unknown, hadOld: boolean, hasNew: boolean): Change[] {
  if (!hadOld && !hasNew) return [];
  if (!isObject(old) && !isObject(now)) return [{ name: '', old: plain(old), new: plain(now) }];
  const [before, after] = [isObject(old) ? old : {}, isObject(now) ? now : {}];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .map((name) => ({ name, old: plain(before[name]), new: plain(after[name]) }))
    .filter(({ old: was, new: is }) => was !== is)
    .map((line) => {
      if (!hadOld) return { name: line.name, value: line.new };
      return hasNew ? line : { name: line.name, value: line.old };
    });
}

function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(plain).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (isObject(value)) return partsOf(value);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function partsOf(value: Record<string, unknown>): string {
  if (typeof value.login === 'string') return value.login;
  return Object.entries(value)
    .filter(([, each]) => each !== null)
    .map(([name, each]) => `${name} ${plain(each)}`)
    .join(', ');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

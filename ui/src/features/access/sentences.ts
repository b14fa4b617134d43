/** What somebody may do beyond seeing, as one sentence; the service's words are those of its matrix. */
export function mayWords(may: readonly string[]): string {
  const more = may.filter((action) => action !== 'see').map((action) => WORDS[action] ?? action);
  if (!may.includes('see')) return 'You do not see this.';
  const [last] = more.slice(-1);
  if (last === undefined) return 'You may read it, and change nothing.';
  return `You may also ${more.length === 1 ? last : `${more.slice(0, -1).join(', ')} and ${last}`}.`;
}

const WORDS: Record<string, string> = {
  comment: 'remark on it',
  change: 'change it',
  close: 'close it',
  move: 'say where it is and how far it has come',
  assign: 'assign it to a beamline',
  share: 'share it',
  write: 'register what is measured',
  process: 'register what came of it',
  'request reprocessing': 'ask for reprocessing',
};

/** So much of a text is read at once [bytes]: a browser lays it out, and finds in it, without a pause. */
export const PIECE = 1024 * 1024;

export type End = 'beginning' | 'end';

/** A part of a text, in whole lines. */
export interface Piece {
  text: string;
  /** Where it begins and ends in the file, and how long that is [bytes]. */
  from: number;
  to: number;
  size: number;
  /** Tells this state of the file from others. */
  etag: string | null;
}

const LINE_FEED = 10;

/**
 * The range to ask for. The line that `held` begins with stays the first while the file grows, so that nothing moves
 * under the reader's eyes; until it has grown by as much again.
 */
export function rangeOf(end: End, held?: Piece): string {
  if (end === 'beginning') return `bytes=0-${PIECE - 1}`;
  if (!held || held.size - held.from >= 2 * PIECE) return `bytes=-${PIECE}`;
  // With the line feed before it, by which it is known to be a whole line.
  const first = Math.max(held.from - 1, 0);
  return `bytes=${first}-${first + 2 * PIECE - 1}`;
}

/** First byte and size that `bytes 10-19/2560` names; a star stands in place of the range that there is not. */
export function sentOf(header: string | null): { from: number; size: number } | null {
  const found = /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/.exec(header ?? '');
  return found && { from: Number(found[1] ?? 0), size: Number(found[2]) };
}

/** What was sent, without the lines that are cut at its ends. */
export function pieceOf(sent: Uint8Array, from: number, size: number, etag: string | null): Piece {
  const cutAfter = from + sent.length < size ? sent.lastIndexOf(LINE_FEED) + 1 : sent.length;
  const end = cutAfter || sent.length; // one line that is longer is shown as far as it goes
  const cutBefore = from > 0 ? sent.indexOf(LINE_FEED) + 1 : 0;
  const begin = cutBefore < end ? cutBefore : 0;
  const text = plain(new TextDecoder().decode(sent.subarray(begin, end)));
  return { text, from: from + begin, to: from + end, size, etag };
}

/** One line end for all there are, and no colours of a terminal. */
function plain(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\r\n?/g, '\n').replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');
}

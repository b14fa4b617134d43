/** A part of a text, by its letters: the first, and the one behind the last. */
export interface Span {
  from: number;
  to: number;
}

/** More are not counted: who finds so many looks for something else. */
export const MOST = 9999;

/** Where words stand in a text, in any case. */
export function found(text: string, words: string): Span[] {
  if (words === '') return [];
  return spans(text, new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi'), MOST);
}

/** Most lines of a kind that are marked: a log that says it everywhere need not be coloured to its end. */
const MOST_LINES = 1000;
/** Said of something that happened, as XDS, CCP4, DIALS and Python say it: not of a standard error in a table. */
const ERRORS = /^[^A-Za-z\n]*(?:ERROR|FATAL|CRITICAL)\b|\b(?:ERROR|FATAL)\s*[:!]|Error:|^Traceback /gm;
const WARNINGS = /^[^A-Za-z\n]*WARNING\b|\bWARNING\s*[:!]|Warning:/gm;

/** The lines in which a program says that something went wrong, or may have. */
export function remarks(text: string): { errors: Span[]; warnings: Span[] } {
  return { errors: lines(text, ERRORS), warnings: lines(text, WARNINGS) };
}

function lines(text: string, pattern: RegExp): Span[] {
  const all: Span[] = [];
  for (const { from } of spans(text, pattern, MOST_LINES)) {
    if (from < (all.at(-1)?.to ?? 0)) continue;
    const end = text.indexOf('\n', from);
    all.push({ from: text.lastIndexOf('\n', from) + 1, to: end === -1 ? text.length : end });
  }
  return all;
}

function spans(text: string, pattern: RegExp, most: number): Span[] {
  const all: Span[] = [];
  for (const { index, 0: words } of text.matchAll(pattern)) {
    if (all.length === most) break;
    all.push({ from: index, to: index + words.length });
  }
  return all;
}

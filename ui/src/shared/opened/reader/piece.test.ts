import { describe, expect, it } from 'vitest';
import { PIECE, pieceOf, rangeOf, sentOf, type Piece } from './piece';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const piece = (text: string, from: number, size: number) => pieceOf(bytesOf(text), from, size, null);
const held = (from: number, size: number): Piece => ({ text: '', from, to: size, size, etag: null });

describe('the range of a text that is asked for', () => {
  it('is its beginning or its end', () => {
    expect(rangeOf('beginning')).toBe('bytes=0-1048575');
    expect(rangeOf('end')).toBe('bytes=-1048576');
  });

  it('begins at the same line while the text grows, and is bounded', () => {
    expect(rangeOf('end', held(0, 500))).toBe(`bytes=0-${2 * PIECE - 1}`);
    expect(rangeOf('end', held(3001, 9000))).toBe(`bytes=3000-${3000 + 2 * PIECE - 1}`);
    expect(rangeOf('end', held(0, 2 * PIECE))).toBe('bytes=-1048576');
  });

  it('is told by the answer', () => {
    expect(sentOf('bytes 10-19/2560')).toEqual({ from: 10, size: 2560 });
    expect(sentOf('bytes */0')).toEqual({ from: 0, size: 0 });
    expect(sentOf(null)).toBeNull();
    expect(sentOf('bytes 10-19/*')).toBeNull();
  });
});

describe('what was sent of a text', () => {
  it('is all of a short one', () => {
    expect(piece('one\ntwo', 0, 7)).toMatchObject({ text: 'one\ntwo', from: 0, to: 7, size: 7 });
    expect(piece('', 0, 0)).toMatchObject({ text: '', from: 0, to: 0 });
  });

  it('has whole lines', () => {
    expect(piece('ne\ntwo\nthr', 1, 20)).toMatchObject({ text: 'two\n', from: 4, to: 8 });
    expect(piece('\ntwo\nthree', 3, 13)).toMatchObject({ text: 'two\nthree', from: 4, to: 13 });
  });

  it('is a part of a line where there is no end of one', () => {
    expect(piece('abcdef', 10, 100)).toMatchObject({ text: 'abcdef', from: 10, to: 16 });
    expect(piece('abcdef\n', 93, 100)).toMatchObject({ text: 'abcdef\n', from: 93, to: 100 });
  });

  it('is readable whatever the bytes are', () => {
    const odd = pieceOf(new Uint8Array([65, 255, 195, 188, 10]), 0, 5, null);
    expect(odd.text).toBe('A\ufffdü\n');
    expect(piece('\u001b[31mred\u001b[0m\r\nnext\rlast', 0, 23).text).toBe('red\nnext\nlast');
  });
});

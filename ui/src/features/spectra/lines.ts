import type { Mark } from './curves';

/** Kα and Kβ emission lines [keV] of elements that crystals of proteins often hold: X-ray Data Booklet, table 1-2. */
export const K_LINES: Record<string, [alpha: number, beta: number]> = {
  S: [2.308, 2.464],
  Cl: [2.622, 2.816],
  K: [3.314, 3.59],
  Ca: [3.692, 4.013],
  Mn: [5.899, 6.49],
  Fe: [6.404, 7.058],
  Co: [6.93, 7.649],
  Ni: [7.478, 8.265],
  Cu: [8.048, 8.905],
  Zn: [8.639, 9.572],
  As: [10.544, 11.726],
  Se: [11.222, 12.496],
  Br: [11.924, 13.291],
};

/** Where the lines of some elements lie. */
export function lineMarks(elements: string[]): Mark[] {
  return elements.flatMap((element) => {
    const lines = K_LINES[element];
    return lines ? lines.map((energy, index) => ({ energy, name: `${element} K${index === 0 ? 'α' : 'β'}` })) : [];
  });
}

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Photon energy [keV] times wavelength [Å]: hc, CODATA 2018. */
const HC_KEV_ANGSTROM = 12.398419843;

/** A thin, non-breaking space between a number and its unit. */
export const THIN = '\u202f';

/** `value` rounded to so many significant digits, without exponent; 0.1 stays "0.1", 1234.5 (3) is "1235". */
export function significant(value: number, digits = 3): string {
  if (value === 0) return '0';
  const decimals = digits - 1 - Math.floor(Math.log10(Math.abs(value)));
  if (decimals <= 0) return withMinus(String(Math.round(value)));
  return withMinus(trimmed(value.toFixed(Math.min(decimals, 12))));
}

/** A number with fixed decimals, for columns whose digits must line up. */
export function fixed(value: number, decimals: number): string {
  return withMinus(value.toFixed(decimals));
}

/** 1.24e12 as "1.2 × 10¹²". */
export function powerOfTen(value: number, digits = 2): string {
  if (value === 0) return '0';
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e');
  return `${mantissa} × 10${superscript(Number(exponent))}`;
}

/** Whole numbers with thin spaces between thousands. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, THIN);
}

/** "148 collections", "1 collection". */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** "312 MB": how long a file is. */
export function bytes(n: number): string {
  if (n < 1000) return plural(n, 'byte');
  const [unit, one] = n < 999_500 ? ['kB', 1e3] : n < 999_500_000 ? ['MB', 1e6] : ['GB', 1e9];
  return withUnit(significant(n / one, n < 10 * one ? 2 : 3), unit);
}

/** An exposure [s], in ms when it is short. */
export function exposure(seconds: number): string {
  return seconds < 0.1 ? withUnit(significant(seconds * 1000), 'ms') : withUnit(significant(seconds), 's');
}

/** A beam or a box given in mm, in µm. */
export function micrometres(x: number, y: number | null | undefined): string {
  const [first, second] = [x, y ?? x].map((mm) => significant(mm * 1000, 3));
  return withUnit(`${first} × ${second}`, 'µm');
}

/** Photon energy [keV] of a wavelength [Å]. */
export function energyOf(wavelength: number): number {
  return HC_KEV_ANGSTROM / wavelength;
}

export function withUnit(text: string, unit: string): string {
  return `${text}${THIN}${unit}`;
}

/** A minus as wide as a digit instead of a hyphen, and none before what was rounded to nothing. */
function withMinus(text: string): string {
  return text.replace(/^-(?=[0.]*$)/, '').replace('-', '−');
}

function trimmed(text: string): string {
  return text.replace(/\.?0+$/, '');
}

function superscript(exponent: number): string {
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) => SUPERSCRIPT.charAt(Number(digit)));
  return exponent < 0 ? `⁻${digits}` : digits;
}

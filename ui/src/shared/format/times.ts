/**
 * Times as the facility's clock shows them. The service sends naive local times; they are kept as "wall" milliseconds
 * (the naive time read as if it were UTC), so that no daylight-saving rule of the reader's computer can shift them.
 */
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Wall milliseconds of a naive ISO time; null stays null. */
export function wall(iso: string): number;
export function wall(iso: string | null | undefined): number | null;
export function wall(iso: string | null | undefined): number | null {
  if (!iso) return null;
  const ms = Date.parse(`${iso.slice(0, 19)}Z`);
  return Number.isNaN(ms) ? null : ms;
}

let facilityOffset: number | null = null;

/** How far the facility's clock is ahead of UTC, in minutes, as the service tells it. */
export function setFacilityOffset(minutes: number): void {
  facilityOffset = minutes;
}

/** The facility's wall clock now; the reader's own until the service has told which it is. */
export function wallNow(now = new Date()): number {
  return now.getTime() + (facilityOffset ?? -now.getTimezoneOffset()) * MINUTE;
}

/** "14:02" */
export function clock(iso: string): string {
  return iso.slice(11, 16);
}

/** "14:02:11" */
export function clockSeconds(iso: string): string {
  return iso.slice(11, 19);
}

/** "22 Nov", with the year when it is not this one. */
export function day(iso: string, now = wallNow()): string {
  const [year = '', month = '', date = ''] = iso.slice(0, 10).split('-');
  const short = `${Number(date)} ${MONTHS[Number(month) - 1] ?? month}`;
  return Number(year) === new Date(now).getUTCFullYear() ? short : `${short} ${year}`;
}

/** "Sat 22 Nov", with the year when it is not this one. */
export function weekday(iso: string, now = wallNow()): string {
  const name = WEEKDAYS[new Date(wall(iso.slice(0, 10) + 'T00:00:00')).getUTCDay()];
  return name ? `${name} ${day(iso, now)}` : day(iso, now);
}

/** "22 Nov 14:02" */
export function dayClock(iso: string, now = wallNow()): string {
  return `${day(iso, now)} ${clock(iso)}`;
}

/** "22 Nov 09:30 → 23 Nov 08:00"; the second day is left out when it is the first. */
export function span(start: string | null, end: string | null, now = wallNow()): string {
  if (!start) return end ? `until ${dayClock(end, now)}` : 'no dates';
  if (!end) return `from ${dayClock(start, now)}`;
  const sameDay = start.slice(0, 10) === end.slice(0, 10);
  return `${dayClock(start, now)} → ${sameDay ? clock(end) : dayClock(end, now)}`;
}

/** "36 s", "4 min 12 s", "6 h 10 min", "3 days", "5 months". */
export function duration(ms: number): string {
  const seconds = Math.round(ms / SECOND);
  if (seconds < 10) return `${Number((ms / SECOND).toFixed(1))} s`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return joined(minutes, 'min', minutes < 10 ? seconds % 60 : 0, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return joined(hours, 'h', hours < 10 ? minutes % 60 : 0, 'min');
  const days = Math.round(ms / DAY);
  if (days < 60) return `${days} days`;
  return days < 730 ? `${Math.round(days / 30.44)} months` : `${Math.round(days / 365.25)} years`;
}

/** How far away a wall time is: "in 3 days", "12 min ago". */
export function ago(at: number, now: number): string {
  const past = now - at;
  if (past >= 0) return past < MINUTE ? 'just now' : `${wholeMinutes(past)} ago`;
  return `in ${wholeMinutes(-past)}`;
}

/** "6 h left", "ended 2 h ago" */
export function left(end: number, now: number): string {
  return end > now ? `${wholeMinutes(end - now)} left` : `ended ${ago(end, now)}`;
}

function joined(big: number, unit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${unit}` : `${big} ${unit} ${small} ${smallUnit}`;
}

/** Without seconds: the page's clock ticks twice a minute, and a countdown should not flicker. */
function wholeMinutes(ms: number): string {
  return ms < MINUTE ? 'under a minute' : duration(Math.floor(ms / MINUTE) * MINUTE);
}

export interface OptionTexts {
  motd: string;
  contact: string;
  helpUrl: string;
}

const NAMES = ['motd', 'contact', 'helpUrl'] as const;

/** What has to be sent: the options whose text is another now; null for none. */
export function changed(was: OptionTexts, now: OptionTexts): Partial<OptionTexts> | null {
  const names = NAMES.filter((name) => was[name] !== now[name].trim());
  return names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, now[name].trim()]));
}

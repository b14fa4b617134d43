/** How a file is read within the page. */
export type Kind = 'text' | 'report' | 'picture';

const ENDINGS: Record<Kind, RegExp> = {
  text: /\.(log|txt|lp|out|csv|table1|stats|xml|json)$/i,
  report: /\.html?$/i,
  picture: /\.(png|jpe?g|gif)$/i,
};

/** By its name, as the service goes by it; null for what is only kept. */
export function kindOf(name: string): Kind | null {
  const kinds = Object.keys(ENDINGS) as Kind[];
  return kinds.find((kind) => ENDINGS[kind].test(name)) ?? null;
}

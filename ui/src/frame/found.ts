import type { NavigateOptions } from '@tanstack/react-router';

/** Something that a search found. */
export interface Found {
  id: string;
  title: string;
  detail: string;
  /** What it is called besides its title; whoever types all of it means it. */
  names: (string | null | undefined)[];
  /** Where it leads. */
  link: NavigateOptions;
}

export interface FoundGroup {
  name: string;
  found: Found[];
  /** False where there are more than were asked for. */
  whole: boolean;
}

/** What is named exactly as was typed comes first, then what begins so; groups likewise. The rest keeps its order. */
export function inOrderOf(search: string, groups: FoundGroup[]): FoundGroup[] {
  const typed = search.toLowerCase();
  const nearness = ({ names }: Found): number => {
    const known = names.flatMap((name) => (name ? [name.toLowerCase()] : []));
    if (known.includes(typed)) return 0;
    return known.some((name) => name.startsWith(typed)) ? 1 : 2;
  };
  const sorted = groups
    .filter(({ found }) => found.length > 0)
    .map((group) => ({ ...group, found: group.found.toSorted((a, b) => nearness(a) - nearness(b)) }));
  const isExact = ({ found: [first] }: FoundGroup) => first !== undefined && nearness(first) === 0;
  return [...sorted.filter(isExact), ...sorted.filter((group) => !isExact(group))];
}

import type { Access } from '@/api/types';
import { nameOf } from '@/shared/format/names';

type People = Access['people'];
interface Choice {
  value: string;
  label: string;
}

/** People of the proposal, each with their laboratory, without oneself. */
export function peopleToChoose(people: People, self: number | null): Choice[] {
  return people
    .filter(({ personId }) => personId !== self)
    .map((person) => ({
      value: String(person.personId),
      label: [nameOf(person), person.laboratory].filter(Boolean).join(' · '),
    }));
}

/** Laboratories that people of the proposal work in, each once, by name; not one's own, which sees it anyway. */
export function laboratoriesToChoose(people: People, self: number | null): Choice[] {
  const own = people.find(({ personId }) => personId === self)?.laboratoryId;
  const names = new Map<number, string>();
  for (const { laboratoryId, laboratory } of people) {
    if (laboratoryId !== null && laboratoryId !== own)
      names.set(laboratoryId, laboratory ?? `Laboratory ${laboratoryId}`);
  }
  return [...names]
    .map(([value, label]) => ({ value: String(value), label }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

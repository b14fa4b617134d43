import { Link } from '@tanstack/react-router';
import type { Sample } from '@/api/types';

/** The protein of a sample by its acronym, with the way to its page. */
export function ProteinLink({ protein, className }: { protein: Sample['Crystal']['Protein']; className?: string }) {
  const { proteinId, acronym, name } = protein;
  if (proteinId === null) return acronym ?? '–';
  return (
    <Link to="/proteins/$proteinId" params={{ proteinId }} title={name ?? undefined} className={className}>
      {acronym ?? name ?? proteinId}
    </Link>
  );
}

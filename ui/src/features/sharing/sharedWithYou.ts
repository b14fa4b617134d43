import type { Sample, Share } from '@/api/types';

/** By whom each sample that was shown to the viewer was shared; a protein is shown with its samples. */
export function sharersOf(shares: readonly Share[]): (sample: Sample) => string | null {
  const yours = shares.filter(({ _metadata: is }) => is.withYou);
  return (sample) => {
    const share = yours.find(
      ({ blSampleId, proteinId }) =>
        blSampleId === sample.blSampleId || (proteinId !== null && proteinId === sample.Crystal.Protein.proteinId),
    );
    return share ? (share.sharedBy ?? 'somebody') : null;
  };
}

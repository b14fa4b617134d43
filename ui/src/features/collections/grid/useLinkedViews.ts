import { useState } from 'react';
import { bandIn, viewOf, type Band, type Scanned } from './linked';
import type { Cell } from './order';

interface Pointed {
  dataCollectionId: number;
  cell: Cell;
}

export interface LinkedViews {
  /** Says which cell of a collection is pointed at. */
  onPoint: (dataCollectionId: number, cell: Cell | null) => void;
  /** Where the cell pointed at in another view lies in this one. */
  bandOf: (dataCollectionId: number) => Band | null;
}

/** The crosshair that the views of one crystal share. `chosen` is what it shows while nothing is pointed at. */
export function useLinkedViews(collections: Scanned[], chosen: Pointed | null = null): LinkedViews {
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const at = pointed ?? chosen;
  const view = (id: number) => {
    const found = collections.find(({ dataCollectionId }) => dataCollectionId === id);
    return found ? viewOf(found) : null;
  };
  return {
    onPoint: (dataCollectionId, cell) => setPointed(cell && { dataCollectionId, cell }),
    bandOf: (dataCollectionId) => {
      if (!at || at.dataCollectionId === dataCollectionId) return null;
      const [own, other] = [view(dataCollectionId), view(at.dataCollectionId)];
      return own && other ? bandIn(own, other, at.cell) : null;
    },
  };
}

export type MapKind = '2fofc' | 'fofc' | 'anomalous';
/** Contour levels at the begin [σ]. */
export const LEVELS: Record<MapKind, number> = { '2fofc': 1.5, fofc: 3, anomalous: 4 };

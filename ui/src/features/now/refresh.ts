/** Streams are kept for the first cards only: a browser allows six connections to one site. */
export const STREAMS = 2;
/** How often is asked for what has no stream [ms]. */
export const UNSTREAMED = 20_000;

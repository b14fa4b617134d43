import 'react';

declare module 'react' {
  /** Custom properties that components set for their styles. */
  interface CSSProperties {
    /** Width to height of a heat map. */
    '--aspect'?: number;
    /** Colour of a kind of event. */
    '--kind'?: string;
  }
}

import type { Place } from '../places';
import type { MapKind } from './maps';

/** What is drawn of a structure, and where one looks. */
export interface ViewerProps {
  /** Of files that are saved. */
  name: string;
  /** Addresses below the base of the API. */
  model: string | undefined;
  reflections: string | undefined;
  maps: MapKind[];
  places: Place[];
  /** What places there are. */
  label: string;
  /** The one that is looked at. */
  at: Place | undefined;
  onGo: (place: Place | undefined) => void;
}

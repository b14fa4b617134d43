/** The rows the page shows, as the service names them; times are naive facility-local ISO, numbers in the unit noted. */

export interface Page<T> {
  total: number | null;
  results: T[];
  skip: number;
  limit: number;
  next: string | null;
}

export type State = 'running' | 'done' | 'failed' | 'stopped';

export interface Session {
  sessionId: number;
  session: string;
  proposalId: number;
  proposal: string;
  title: string | null;
  beamLineName: string | null;
  startDate: string | null;
  endDate: string | null;
  comments: string | null;
  beamLineOperator: string | null;
  _metadata: { datacollections: number; persons: number; active: boolean; active_soon: boolean };
}

export interface Proposal {
  proposalId: number;
  proposal: string;
  title: string | null;
  state: string | null;
  type: string | null;
  _metadata: { persons: number; sessions: number; beamLines: string[]; lastSession: string | null };
}

export interface Person {
  personId: number;
  givenName: string | null;
  familyName: string | null;
  login: string | null;
  _metadata: { sessions: number | null; lastSession: string | null; role: string | null; remote: boolean | null };
}

export interface GridInfo {
  gridInfoId: number;
  steps_x: number | null;
  steps_y: number | null;
  /** Size of the whole grid [mm]. */
  dx_mm: number | null;
  dy_mm: number | null;
  orientation: string | null;
  snaked: boolean | null;
  micronsPerPixelX: number | null;
  micronsPerPixelY: number | null;
  snapshot_offsetXPixel: number | null;
  snapshot_offsetYPixel: number | null;
}

export interface DataCollection {
  dataCollectionId: number;
  dataCollectionGroupId: number;
  dataCollectionNumber: number | null;
  experimentType: string | null;
  runStatus: string | null;
  imagePrefix: string | null;
  imageDirectory: string | null;
  fileTemplate: string | null;
  numberOfImages: number | null;
  startImageNumber: number | null;
  /** [s] */
  exposureTime: number | null;
  /** [°] */
  axisStart: number | null;
  axisEnd: number | null;
  axisRange: number | null;
  overlap: number | null;
  rotationAxis: string | null;
  omegaStart: number | null;
  phiStart: number | null;
  kappaStart: number | null;
  chiStart: number | null;
  /** [Å] */
  wavelength: number | null;
  resolution: number | null;
  resolutionAtCorner: number | null;
  /** [mm] */
  detectorDistance: number | null;
  xBeam: number | null;
  yBeam: number | null;
  /** [%] */
  transmission: number | null;
  /** [photons/s] */
  flux: number | null;
  /** [mm] */
  beamSizeAtSampleX: number | null;
  beamSizeAtSampleY: number | null;
  /** [MGy] */
  totalAbsorbedDose: number | null;
  comments: string | null;
  DataCollectionGroup: {
    dataCollectionGroupId: number;
    experimentType: string | null;
    comments: string | null;
  };
  GridInfo: GridInfo[];
  _metadata: { snapshots: Record<string, boolean>; state: State };
}

export interface RobotAction {
  robotActionId: number;
  actionType: string | null;
  status: string | null;
  message: string | null;
  containerLocation: string | null;
  dewarLocation: string | null;
  sampleBarcode: string | null;
  _metadata: { snapshots: Record<string, boolean> };
}

export interface EnergyScan {
  energyScanId: number;
  element: string | null;
  edge: string | null;
  /** [keV] */
  startEnergy: number | null;
  endEnergy: number | null;
  peakEnergy: number | null;
  inflectionEnergy: number | null;
  /** [e⁻] */
  peakFPrime: number | null;
  peakFDoublePrime: number | null;
  inflectionFPrime: number | null;
  inflectionFDoublePrime: number | null;
  transmissionFactor: number | null;
  exposureTime: number | null;
  comments: string | null;
  _metadata: { snapshots: Record<string, boolean> };
}

export interface Spectrum {
  xfeFluorescenceSpectrumId: number;
  /** [keV] */
  energy: number | null;
  exposureTime: number | null;
  beamTransmission: number | null;
  filename: string | null;
  comments: string | null;
  _metadata: { snapshots: Record<string, boolean> };
}

interface EventOf<Type extends string, Item> {
  id: number;
  type: Type;
  startTime: string | null;
  endTime: string | null;
  /** [min] */
  duration: number | null;
  /** Collections in the group. */
  count: number;
  session: string;
  sessionId: number;
  proposal: string;
  blSample: string | null;
  blSampleId: number | null;
  attachments: number;
  Item: Item;
}

export type CollectionEvent = EventOf<'dc', DataCollection>;
export type RobotEvent = EventOf<'robot', RobotAction>;
export type EnergyScanEvent = EventOf<'es', EnergyScan>;
export type SpectrumEvent = EventOf<'xrf', Spectrum>;
export type Event = CollectionEvent | RobotEvent | EnergyScanEvent | SpectrumEvent;

export interface Detector {
  detectorType: string | null;
  detectorManufacturer: string | null;
  detectorModel: string | null;
  detectorSerialNumber: string | null;
}

/** One collection with every column its database has. */
export interface CollectionDetail extends DataCollection {
  startTime: string | null;
  endTime: string | null;
  session: string;
  sessionId: number;
  proposal: string;
  Detector: Detector | null;
  BLSample: { blSampleId: number; name: string | null; Crystal: { Protein: { acronym: string | null } } } | null;
  _metadata: DataCollection['_metadata'] & {
    siblings: number[];
    /** [keV] */
    energy: number | null;
    attachments: number;
  };
}

/** Indicators by image, in aligned columns; a column this database lacks is null. */
export interface Quality {
  total: number | null;
  dataCollectionId: number;
  imageNumber: number[];
  spotTotal: (number | null)[] | null;
  inResTotal: (number | null)[] | null;
  goodBraggCandidates: (number | null)[] | null;
  iceRings: (number | null)[] | null;
  /** [Å] */
  method1Res: (number | null)[] | null;
  method2Res: (number | null)[] | null;
  totalIntegratedSignal: (number | null)[] | null;
  dozor_score: (number | null)[] | null;
  driftFactor: (number | null)[] | null;
}

export interface Attachment {
  dataCollectionFileAttachmentId: number;
  dataCollectionId: number;
  fileType: string | null;
  fileName: string | null;
  url: string;
  available: boolean;
}

export interface Sample {
  blSampleId: number;
  name: string | null;
  code: string | null;
  location: string | null;
  comments: string | null;
  containerId: number | null;
  Container: {
    containerId: number | null;
    code: string | null;
    sampleChangerLocation: string | null;
    containerType: string | null;
    capacity: number | null;
  };
  Crystal: { Protein: { proteinId: number | null; acronym: string | null; name: string | null } };
  _metadata: { datacollections: number; proposal: string; types: string[]; lastCollection: string | null };
}

export interface EventType {
  eventType: string;
  eventTypeName: string;
  count: number;
}

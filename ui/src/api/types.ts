import type { components } from './schema';

/**
 * Short names for what the service sends. Units are in the descriptions of `schema.d.ts`; times are facility-local. A
 * column that the connected database lacks is missing from the object, so that most numbers may be undefined or null.
 */
type Schemas = components['schemas'];

export interface Page<Row> {
  total: number | null;
  results: Row[];
  skip: number;
  limit: number;
  next: string | null;
}

export type Session = Schemas['SessionOut'];
export type Proposal = Schemas['ProposalOut'];
export type Person = Schemas['PersonOut'];
export type Sample = Schemas['SampleOut'];
export type EventType = Schemas['EventTypeOut'];
/** How much was collected in a session, and how far its processing is. */
export type Progress = Schemas['SessionProgress'];
export type Attachment = Schemas['AttachmentOut'];
/** Indicators by image, in columns of equal length. */
export type Quality = Schemas['IndicatorColumns'];
export type ImageHeader = Schemas['ImageHeader'];
export type GridInfo = Schemas['GridOut'];

export type DataCollection = Schemas['CollectionItem'];
export type State = DataCollection['_metadata']['state'];

export type LoginWay = Schemas['PluginConfig'];
export type CurrentUser = Schemas['CurrentUser'];
export type OwnLogin = Schemas['OwnLogin'];
export type Group = Schemas['UserGroupOut'];
/** A group with its permissions and first members. */
export type GroupWhole = Schemas['GroupWhole'];
export type Permission = Schemas['PermissionOut'];
/** A person as administrators see them. */
export type PersonWhole = Schemas['PersonWhole'];
export type BeamlineGroup = Schemas['BeamlineGroupOut'];
export type ApiKey = Schemas['ApiKeyOut'];
export type NewApiKey = Schemas['NewApiKey'];
export type Options = Schemas['Options'];
/** Who sees something, and why. */
export type Access = Schemas['Access'];
/** A sample or protein shown to one more person or laboratory. */
export type Share = Schemas['ShareOut'];
export type Protein = Schemas['ProteinOut'];
export type Activity = Schemas['Activity'];

/** A run of a processing program, and what it made of the data. */
export type Run = Schemas['ResultOut'];
export type RunState = Run['state'];
/** Limits of anisotropic diffraction: three axes, and the resolution along each. */
export interface Ellipsoid {
  axes: number[][];
  limits: number[];
}
/** A run in full, with its quality by resolution. */
export type RunDetail = Omit<Schemas['ResultDetail'], 'ellipsoids'> & { ellipsoids: Record<string, Ellipsoid> };
export type RunFile = Schemas['ProgramAttachmentOut'];
export type RunMessage = Schemas['ProgramMessageOut'];
/** Sweeps scaled and merged together, in one way. */
export type Scaling = Schemas['ScalingOut'];
/** Quality of merged data in one range of resolution. */
export type Statistics = Schemas['StatisticsOut'];
export type Cell = Schemas['Cell'];
/** A result whose cell is like the one that was asked for. */
export type CellMatch = Schemas['CellMatch'];
/** Results of processing, ranked, with the rule that ranked them. */
export type Results = Schemas['Results'];
export type RankingRule = Results['ranking'][number];
/** Phases, a model or a fit made of merged data. */
export type Structure = Schemas['StructureOut'];
export type StructureDetail = Schemas['StructureDetail'];
export type Blob = Schemas['BlobOut'];
export type StructureFile = Schemas['StructureFileOut'];
export type FileSummary = Schemas['ReflectionsSummary'] | Schemas['ModelSummary'];
export type ShellName = RankingRule['shell'];

/** What a program found out of a few images, and the strategies that follow. */
export type Screening = Schemas['ScreeningOut'];
export type ScreeningOutput = Schemas['OutputOut'];
export type Strategy = Schemas['StrategyOut'];
export type Wedge = Schemas['WedgeOut'];
export type SubWedge = Schemas['SubWedgeOut'];
/** What people may ask pipelines to do, what may be set, and what was asked. */
export type Recipe = Schemas['Recipe'];
export type RecipeParameter = Schemas['RecipeParameter'];
export type ProcessingRequest = Schemas['JobOut'];
export type NewRequest = Schemas['NewJob'];
export type Workflow = Schemas['WorkflowDetail'];
export type WorkflowStep = Workflow['steps'][number];
/** Where X-ray centring found crystals. */
export type Centring = Schemas['CentringOut'];
export type FoundCrystal = Centring['XrayCentringResult'][number];
export type EnergyScanValues = Schemas['EnergyScanValues'];
export type SpectrumValues = Schemas['SpectrumValues'];

type EventOf<Type, Item> = Omit<Schemas['EventOut'], 'type' | 'Item'> & { type: Type; Item: Item };
export type CollectionEvent = EventOf<'dc', DataCollection>;
export type RobotEvent = EventOf<'robot', Schemas['RobotItem']>;
export type EnergyScanEvent = EventOf<'es', Schemas['EnergyScanItem']>;
export type SpectrumEvent = EventOf<'xrf', Schemas['SpectrumItem']>;
/** What happened: `type` says what `Item` is. */
export type Event = CollectionEvent | RobotEvent | EnergyScanEvent | SpectrumEvent;

type Detail = Schemas['CollectionDetail'];
/** One collection with every column its database has; those the page shows are named. */
export type CollectionDetail = Detail &
  Partial<Omit<DataCollection, '_metadata' | 'GridInfo' | 'DataCollectionGroup'>> & {
    DataCollectionGroup: Partial<Schemas['EventGroup']>;
    Detector: Partial<Schemas['DetectorOut']> | null;
  };

// Names for the shapes of the HTTP API. The shapes themselves stand in schema.ts, which `npm run api` writes from the
// server's OpenAPI file and `npm run check` holds against it.
import type { components } from './schema';

type Shapes = components['schemas'];

export type Text = Shapes['TextItem'];
export type VerdictCode = Shapes['VerdictWord'];
export type Summary = Shapes['SummaryItem'];

export type City = Shapes['CityPage'];
export type Named = Shapes['TitledItem'];
export type Programme = Shapes['ProgrammeItem'];
export type Measure = Shapes['MeasureItem'];
export type Area = Shapes['AreaItem'];
/** A text that commitments come from. */
export type SourceText = Shapes['SourceItem'];

export type PlanDocument = Shapes['DocumentItem'];
export type Block = Shapes['BlockItem'];
export type HeadingBlock = Extract<Block, { type: 'heading' }>;

export type Status = Shapes['Status'];
export type StatusTarget = Shapes['TargetItem'];
export type StatusMilestone = Shapes['MilestoneItem'];
export type RollupBy = Shapes['GroupWord'];
export type Changes = Shapes['Changes'];

export type TargetDetail = Shapes['TargetPage'];
export type IndicatorRow = Shapes['IndicatorItem'];
export type IndicatorDetail = Shapes['IndicatorPage'];
export type AreaSeries = Shapes['Series'];
export type Observation = Shapes['ObservationItem'];
export type ChainNode = Shapes['ChainLink'];

export type MapData = Shapes['MapPage'];
export type Outlines = Shapes['OutlinesPage'];
export type OutlineFeature = Shapes['OutlineItem'];

export type TableInfo = Shapes['TableItem'];
export type TablePage = Shapes['TableRows'];

export type Problem = Shapes['ProblemItem'];
export type Severity = Shapes['SeverityWord'];
/** The text of a definition file. */
export type SourceFile = Shapes['SourceText'];

/** RFC 9457. */
export type ProblemDocument = Shapes['Problem'];

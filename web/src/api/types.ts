// The shapes of the HTTP API, by hand. `npm run api` writes schema.ts from the
// server's OpenAPI file; each name below can then become a re-export of it.

export interface Text {
  zh: string;
  en: string;
}

export type VerdictCode =
  | 'met'
  | 'met_early'
  | 'on_track'
  | 'slipping'
  | 'off_track'
  | 'missed'
  | 'undecidable'
  | 'stale'
  | 'unmeasured';
export type Light = 'green' | 'yellow' | 'red' | 'grey';
export type Stage = 'final' | 'forecast' | 'partial';
export type Trust = 'primary' | 'secondary';
export type Summary = Record<VerdictCode, number>;

export interface Named {
  id: string;
  title: Text;
}

export interface Programme extends Named {
  serves: string[];
  via: string[];
}

export interface Measure extends Programme {
  programme: string | null;
  owner: string | null;
  needs: string[];
}

export interface Area {
  id: string;
  name: Text;
  level: string;
  parent: string | null;
}

export interface LightRule {
  id: string;
  name: Text;
  jurisdiction: Text;
  source: string;
  source_url: string | null;
  note: Text;
  slipping_from_pp: number;
  off_track_above_pp: number;
}

/** A text that commitments come from. */
export interface SourceText extends Named {
  url: string | null;
  date: string | null;
  own: boolean;
  secondary: boolean;
}

export interface City {
  id: string;
  version: string;
  name: Text;
  title: Text;
  notice: Text;
  today: string;
  period: { from: string | null; to: string | null };
  languages: string[];
  area: string;
  goals: Named[];
  transformations: Named[];
  programmes: Programme[];
  measures: Measure[];
  areas: Area[];
  verdicts: { code: VerdictCode; name: Text; light: Light }[];
  light_rule: LightRule | null;
  /** Not sent by every server version; names fall back to the id. */
  sources?: SourceText[];
}

export type HeadingKind = 'goal' | 'transformation' | 'programme' | 'measure';
export interface HeadingBlock {
  type: 'heading';
  level: number;
  id: string | null;
  kind: HeadingKind | null;
  title: Text;
}
export interface ProseBlock {
  type: 'prose';
  html: Text;
}
export interface RefBlock {
  type: 'target' | 'milestone';
  id: string;
}
export type Block = HeadingBlock | ProseBlock | RefBlock;
export interface PlanDocument {
  id: string;
  path: string;
  blocks: Block[];
}

export interface Observed {
  value: number;
  low: number | null;
  high: number | null;
  period: string;
  area: string;
  stage: Stage;
  trust: Trust;
  source: string;
  source_url: string | null;
  file: string | null;
  row: number | null;
}

export interface PathState {
  expected: number;
  /** Negative is ahead; null when it cannot be said. */
  lag_pp: number | null;
  lag_low: number | null;
  lag_high: number | null;
  start: string;
  base: number;
  base_observed: boolean;
}

export interface StatusTarget {
  id: string;
  target_id: string;
  title: string;
  title_en: string;
  measure: string | null;
  programme: string | null;
  goals: string[];
  area: string;
  indicator: string | null;
  form: string | null;
  /** Value to reach in the unit of the indicator, a baseline multiplied out. */
  threshold: number | [number, number] | null;
  unit: string | null;
  deadline: string | null;
  deadline_mode: 'by' | 'in' | null;
  kind: 'binding' | 'expected';
  draft: boolean;
  source: string | null;
  own: boolean;
  verdict: VerdictCode;
  light: Light;
  was: VerdictCode | null;
  observed: Observed | null;
  sum: { low: number | null; high: number | null } | null;
  path: PathState | null;
  because: string[];
  because_en: string[];
}

export interface StatusMilestone {
  id: string;
  title: string;
  title_en: string;
  measure: string | null;
  programme: string | null;
  by: string | null;
  source: string | null;
  verdict: 'met' | 'missed' | 'unmeasured';
  done: string | null;
  evidence: string | null;
  evidence_url: string | null;
  because: string[];
  because_en: string[];
}

export type RollupBy = 'measure' | 'programme' | 'goal' | 'transformation' | 'area' | 'owner';
export interface Coverage {
  measures: number;
  decided: number;
  share: number | null;
}
export interface Rollup {
  by: RollupBy;
  id: string;
  summary: Summary;
  coverage: Coverage | null;
}

export interface Status {
  city: string;
  as_of: string;
  summary: Summary;
  coverage: Coverage;
  freshness: { with_data: number; fresh: number; share: number | null };
  targets: StatusTarget[];
  milestones: StatusMilestone[];
  rollups: Rollup[];
}

export interface Change {
  id: string;
  title: string;
  title_en: string;
  from: VerdictCode;
  to: VerdictCode;
  because: string[];
  because_en: string[];
}
export interface Changes {
  since: string;
  as_of: string;
  changes: Change[];
}

export interface Observation {
  area: string;
  period: string;
  date: string;
  value: number;
  low: number | null;
  high: number | null;
  stage: Stage;
  trust: Trust;
  breaks: boolean;
  published: string | null;
  source: string;
  source_url: string | null;
  note: string;
  rows: { file: string; row: number }[];
}
export interface AreaSeries {
  area: string;
  points: Observation[];
}

export type ChainKind =
  | 'verdict'
  | 'rule'
  | 'target'
  | 'indicator'
  | 'observation'
  | 'query'
  | 'table'
  | 'row'
  | 'source';
export interface ChainNode {
  kind: ChainKind;
  label: Text;
  value: string | null;
  file: string | null;
  line: number | null;
  url: string | null;
  children: ChainNode[];
}

export interface TargetDetail {
  status: StatusTarget;
  note: Text;
  source: SourceText | null;
  location: { file: string; line: number };
  series: AreaSeries[];
  expected_path: { date: string; value: number }[];
  deadline_date: string | null;
  chain: ChainNode;
}

export type Direction = 'up' | 'down' | null;
export interface IndicatorRow {
  id: string;
  name: Text;
  unit: string;
  direction: Direction;
  nature: 'stock' | 'flow' | 'rate';
  computed: boolean;
  observations: number;
  areas: number;
  first: string | null;
  last: string | null;
  targets: string[];
}

export interface IndicatorCase {
  name: string;
  area: string;
  period: string;
  want: number | null;
  got: number | null;
  passed: boolean;
  source: string;
}

export interface IndicatorDetail {
  id: string;
  name: Text;
  unit: string;
  direction: Direction;
  nature: 'stock' | 'flow' | 'rate';
  frequency: string;
  definition: Text;
  computed: boolean;
  file: string;
  line: number;
  sql: string | null;
  reads: string[];
  lineage: { output: string; inputs: { table: string; column: string }[] }[];
  series: AreaSeries[];
  cases: IndicatorCase[];
  targets: string[];
  chain: ChainNode;
}

export interface MapValue {
  area: string;
  value: number;
  low: number | null;
  high: number | null;
  stage: Stage;
  trust: Trust;
  source: string;
  source_url: string | null;
}
export interface MapData {
  indicator: string;
  name: Text;
  unit: string;
  period: string | null;
  periods: string[];
  values: MapValue[];
}

export interface OutlineFeature {
  type: 'Feature';
  properties: { area: string; name_zh: string; name_en: string };
  geometry: { type: 'Polygon' | 'MultiPolygon'; coordinates: unknown[] };
}
export interface Outlines {
  type: 'FeatureCollection';
  attribution: Text;
  features: OutlineFeature[];
}

export interface TableInfo {
  table: string;
  path: string;
  role: string;
  title: Text;
  source: string;
  source_url: string | null;
  licence: string;
  owner: string | null;
  retrieved: string | null;
  period: string;
  next_due: string | null;
  overdue: boolean;
  sha256: string;
  bytes: number;
  invented: boolean;
  note: Text;
}
export interface TablePage {
  columns: { name: string; type: string }[];
  rows: (string | number | boolean | null)[][];
  total: number;
  /** Rows of the table before this page. */
  row_numbers: number[];
  first_row: number;
}

export type Severity = 'error' | 'warning' | 'note';
export interface Problem {
  code: string;
  severity: Severity;
  message: Text;
  hint: Text;
  file: string;
  line: number;
  column: number;
  excerpt: string | null;
}
export interface SourceFile {
  file: string;
  text: string;
}

export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
}

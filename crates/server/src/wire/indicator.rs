//! Indicators, targets in full, and figures on a map.

use std::collections::BTreeMap;
use std::sync::Arc;

use lantu_blueprint::model::{Area, AreaLevel, Direction, Indicator, IndicatorKind, Nature, Observation, Stage};
use lantu_blueprint::verdict::{Series as Figures, TargetVerdict};
use lantu_blueprint::{Date, Period};
use lantu_city::{City, indicator_chain, run_cases, target_chain};
use serde::Serialize;
use utoipa::ToSchema;

use super::words::{DirectionWord, FrequencyWord, NatureWord, StageWord, TrustWord};
use super::{ChainLink, ObservationItem, SourceItem, TargetItem, TextItem, finite};

/// Figures of one area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Series {
    /// Area id.
    pub area: String,
    /// Figures, by period.
    pub points: Vec<ObservationItem>,
}

impl Series {
    fn new(area: &str, figures: &Figures, as_of: Date) -> Series {
        let used: Vec<&Arc<Observation>> = figures.known(as_of).collect();
        let point = |o: &Arc<Observation>| {
            // Both are in the order of periods.
            let best = used.binary_search_by_key(&o.period, |best| best.period).ok().and_then(|at| used.get(at));
            ObservationItem {
                overruled: best.is_some_and(|best| !Arc::ptr_eq(best, o)),
                ..ObservationItem::from(o.as_ref())
            }
        };
        let points = figures.all().iter().filter(|o| o.known_on(as_of)).map(point).collect();
        Series { area: area.to_owned(), points }
    }
}

/// A point of the expected path.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PathValue {
    /// Day.
    pub date: String,
    /// Value expected.
    pub value: f64,
}

/// A place in a file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaceItem {
    /// Path inside the blueprint.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
}

/// A target in full.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TargetPage {
    /// Verdict.
    pub status: TargetItem,
    /// Remark.
    pub note: TextItem,
    /// Source.
    #[schema(required = true)]
    pub source: Option<SourceItem>,
    /// Where it is written.
    pub location: PlaceItem,
    /// Figures of the judged area.
    pub series: Vec<Series>,
    /// Expected path; empty when there is none.
    pub expected_path: Vec<PathValue>,
    /// Last day of the deadline.
    #[schema(required = true)]
    pub deadline_date: Option<String>,
    /// Chain of custody.
    pub chain: ChainLink,
}

impl TargetPage {
    /// The page of one verdict.
    pub fn new(
        city: &City,
        status: TargetItem,
        verdict: &TargetVerdict,
        as_of: Date,
        because: &[lantu_blueprint::Text],
    ) -> Option<TargetPage> {
        let plan = city.plan();
        let target = plan.targets.get(verdict.target)?;
        let source = target.source.as_deref().and_then(|id| plan.sources.iter().find(|s| s.id == id));
        let figures = target.indicator.as_deref().and_then(|id| city.observations().series(id, &verdict.area));
        let path = verdict.expected_path(plan);
        Some(TargetPage {
            note: (&target.note).into(),
            source: source.map(SourceItem::from),
            location: PlaceItem { file: target.location.file.to_string(), line: target.location.line },
            series: figures.map(|f| Series::new(&verdict.area, f, as_of)).into_iter().collect(),
            expected_path: path.into_iter().map(|(day, value)| PathValue { date: day.to_string(), value }).collect(),
            deadline_date: target.deadline.map(|d| d.period().end().to_string()),
            chain: (&target_chain(city, verdict, as_of, because)).into(),
            status,
        })
    }
}

/// An indicator in the list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IndicatorItem {
    /// Id.
    pub id: String,
    /// Name.
    pub name: TextItem,
    /// Unit.
    pub unit: String,
    /// `up`, `down` or `null`.
    #[schema(value_type = Option<DirectionWord>, required = true)]
    pub direction: Option<&'static str>,
    /// `stock`, `flow`, `rate`.
    #[schema(value_type = NatureWord)]
    pub nature: &'static str,
    /// Computed by a query.
    pub computed: bool,
    /// Figures.
    pub observations: usize,
    /// Areas with figures.
    pub areas: usize,
    /// First period.
    #[schema(required = true)]
    pub first: Option<String>,
    /// Last period.
    #[schema(required = true)]
    pub last: Option<String>,
    /// Targets that it decides.
    pub targets: Vec<String>,
}

fn direction(indicator: &Indicator) -> Option<&'static str> {
    match indicator.direction {
        Direction::Up => Some("up"),
        Direction::Down => Some("down"),
        Direction::Neutral => None,
    }
}

fn nature(indicator: &Indicator) -> &'static str {
    match indicator.nature {
        Nature::Stock => "stock",
        Nature::Flow => "flow",
        Nature::Rate => "rate",
    }
}

fn targets_of(city: &City, id: &str) -> Vec<String> {
    city.plan().targets.iter().filter(|t| t.indicator.as_deref() == Some(id)).map(|t| t.id.clone()).collect()
}

impl IndicatorItem {
    /// The catalogue as of a day.
    pub fn all(city: &City, as_of: Date) -> Vec<IndicatorItem> {
        let mut targets: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for target in &city.plan().targets {
            targets.entry(target.indicator.as_deref().unwrap_or_default()).or_default().push(target.id.clone());
        }
        let item =
            |i: &Indicator| IndicatorItem::new(city, i, as_of, targets.remove(i.id.as_str()).unwrap_or_default());
        city.plan().indicators.iter().map(item).collect()
    }

    fn new(city: &City, indicator: &Indicator, as_of: Date, targets: Vec<String>) -> IndicatorItem {
        let known = |o: &&Arc<Observation>| o.known_on(as_of);
        let all = || city.observations().areas(&indicator.id).flat_map(|(_, figures)| figures.all()).filter(known);
        IndicatorItem {
            id: indicator.id.clone(),
            name: (&indicator.name).into(),
            unit: indicator.unit.clone(),
            direction: direction(indicator),
            nature: nature(indicator),
            computed: indicator.is_computed(),
            observations: all().count(),
            areas: city
                .observations()
                .areas(&indicator.id)
                .filter(|(_, figures)| figures.all().iter().any(|o| o.known_on(as_of)))
                .count(),
            first: all().map(|o| o.period).min().map(|p| p.to_string()),
            last: all().map(|o| o.period).max().map(|p| p.to_string()),
            targets,
        }
    }
}

/// Columns behind one result column.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LineageItem {
    /// Result column.
    pub output: String,
    /// Columns read.
    pub inputs: Vec<LineageInput>,
}

/// A column read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LineageInput {
    /// Table or indicator.
    pub table: String,
    /// Column.
    pub column: String,
}

/// A wanted value and what was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CaseItem {
    /// Name.
    pub name: String,
    /// Area.
    pub area: String,
    /// Period.
    pub period: String,
    /// Wanted; `null` means no row.
    #[schema(required = true)]
    pub want: Option<f64>,
    /// Found.
    #[schema(required = true)]
    pub got: Option<f64>,
    /// Within the tolerance.
    pub passed: bool,
    /// Where the wanted value comes from.
    pub source: String,
}

/// An indicator in full.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IndicatorPage {
    /// Id.
    pub id: String,
    /// Name.
    pub name: TextItem,
    /// Unit.
    pub unit: String,
    /// `up`, `down` or `null`.
    #[schema(value_type = Option<DirectionWord>, required = true)]
    pub direction: Option<&'static str>,
    /// `stock`, `flow`, `rate`.
    #[schema(value_type = NatureWord)]
    pub nature: &'static str,
    /// How often it is published.
    #[schema(value_type = FrequencyWord)]
    pub frequency: &'static str,
    /// Definition in words.
    pub definition: TextItem,
    /// Computed by a query.
    pub computed: bool,
    /// Where it is defined.
    pub file: String,
    /// Line.
    pub line: u32,
    /// The query.
    #[schema(required = true)]
    pub sql: Option<String>,
    /// Tables and indicators it reads.
    pub reads: Vec<String>,
    /// Columns behind each result column.
    pub lineage: Vec<LineageItem>,
    /// Figures by area.
    pub series: Vec<Series>,
    /// Wanted values.
    pub cases: Vec<CaseItem>,
    /// Targets that it decides.
    pub targets: Vec<String>,
    /// Chain of custody of the newest figures of the city.
    pub chain: ChainLink,
}

impl IndicatorPage {
    /// The page of one indicator.
    pub fn new(city: &City, indicator: &Indicator, as_of: Date) -> IndicatorPage {
        let plan = city.plan();
        let (sql, reads) = match &indicator.kind {
            IndicatorKind::Computed { sql, reads } => (Some(sql.trim().to_owned()), reads.clone()),
            IndicatorKind::Published => (None, Vec::new()),
        };
        let lineage = city.lineage(&indicator.id).map(|l| l.columns).unwrap_or_default();
        let frequency = indicator.frequency.unwrap_or(plan.city.calendar.frequency);
        let cases = run_cases(city).into_iter().filter(|r| r.indicator.id == indicator.id);
        IndicatorPage {
            id: indicator.id.clone(),
            name: (&indicator.name).into(),
            unit: indicator.unit.clone(),
            direction: direction(indicator),
            nature: nature(indicator),
            frequency: frequency.word(),
            definition: (&indicator.definition).into(),
            computed: sql.is_some(),
            file: indicator.location.file.to_string(),
            line: indicator.location.line,
            sql,
            reads,
            lineage: lineage
                .into_iter()
                .map(|column| LineageItem {
                    output: column.output,
                    inputs: column
                        .inputs
                        .into_iter()
                        .map(|i| LineageInput { table: i.table, column: i.column })
                        .collect(),
                })
                .collect(),
            series: city
                .observations()
                .areas(&indicator.id)
                .map(|(area, figures)| Series::new(area, figures, as_of))
                .collect(),
            cases: cases
                .map(|r| CaseItem {
                    name: r.case.name.clone(),
                    area: r.case.area.clone(),
                    period: r.case.period.to_string(),
                    want: r.case.value,
                    got: r.got,
                    passed: r.failure.is_none(),
                    source: r.case.source.clone(),
                })
                .collect(),
            targets: targets_of(city, &indicator.id),
            chain: (&indicator_chain(city, indicator, &plan.city.area, as_of)).into(),
        }
    }
}

/// A figure of one area on the map.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MapValue {
    /// Area id.
    pub area: String,
    /// Figure as printed.
    pub value: f64,
    /// Smallest value it can stand for.
    #[schema(required = true)]
    pub low: Option<f64>,
    /// Largest value it can stand for.
    #[schema(required = true)]
    pub high: Option<f64>,
    /// `final`, `forecast`, `partial`.
    #[schema(value_type = StageWord)]
    pub stage: &'static str,
    /// `primary`, `secondary`.
    #[schema(value_type = TrustWord)]
    pub trust: &'static str,
    /// Publication.
    pub source: String,
    /// Address.
    pub source_url: String,
}

/// One indicator over the districts in one period.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MapPage {
    /// Indicator id.
    pub indicator: String,
    /// Name.
    pub name: TextItem,
    /// Unit.
    pub unit: String,
    /// Period shown; `null` when no district has a figure.
    #[schema(required = true)]
    pub period: Option<String>,
    /// Periods with a figure of any district.
    pub periods: Vec<String>,
    /// Figures.
    pub values: Vec<MapValue>,
}

impl MapPage {
    /// The figures of a period; without one, of the newest period with the most districts.
    pub fn new(city: &City, indicator: &Indicator, wanted: Option<Period>, as_of: Date) -> MapPage {
        let districts: Vec<&Area> = city.plan().areas_of(AreaLevel::District).collect();
        let mut by_period: BTreeMap<Period, Vec<&Observation>> = BTreeMap::new();
        for area in districts {
            let Some(figures) = city.observations().series(&indicator.id, &area.id) else { continue };
            for o in figures.known(as_of).filter(|o| o.stage != Stage::Partial) {
                by_period.entry(o.period).or_default().push(o);
            }
        }
        let fullest =
            by_period.iter().max_by_key(|(period, values)| (values.len(), **period)).map(|(period, _)| *period);
        let period = wanted.or(fullest);
        let values = period.and_then(|p| by_period.get(&p)).cloned().unwrap_or_default();
        MapPage {
            indicator: indicator.id.clone(),
            name: (&indicator.name).into(),
            unit: indicator.unit.clone(),
            period: period.map(|p| p.to_string()),
            periods: by_period.keys().map(Period::to_string).collect(),
            values: values
                .into_iter()
                .map(|o| MapValue {
                    area: o.area.to_string(),
                    value: o.value,
                    low: finite(o.low),
                    high: finite(o.high),
                    stage: o.stage.word(),
                    trust: o.trust.word(),
                    source: o.source.to_string(),
                    source_url: o.source_url.to_string(),
                })
                .collect(),
        }
    }
}

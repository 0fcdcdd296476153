//! Observation tables → published observations: intervals, stage, trust, and the row each figure stands on.

mod row;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use lantu_blueprint::diagnostic::suggestion;
use lantu_blueprint::model::{DataRole, Observation, Plan, RowRef, Stage, Trust};
use lantu_blueprint::{Code, DataFact, Date, Period, Text};

use crate::problems::Problems;
use crate::readers::{self, RawTable};

use self::row::{Row, interval, positions};

/// Reads every observation table of the manifest. Sorted by indicator, area and period.
pub(crate) fn read(
    root: &Path,
    plan: &Plan,
    facts: &BTreeMap<String, DataFact>,
    problems: &mut Problems,
) -> Vec<Arc<Observation>> {
    let mut gathered = Gathered::new(plan);
    for data in plan.data.iter().filter(|data| data.role == DataRole::Observations) {
        // `check` of the blueprint reports files that are not there.
        if facts.contains_key(&data.path)
            && let Some(raw) = readers::raw(root, data, problems)
        {
            gathered.read(&raw, problems);
        }
    }
    let mut observations = gathered.observations;
    sort(&mut observations);
    observations
}

/// The order of every list of observations.
pub(crate) fn sort(observations: &mut [Arc<Observation>]) {
    observations.sort_by(|a, b| {
        let key = |o: &Observation| (o.period, o.stage, o.published);
        (&a.indicator, &a.area).cmp(&(&b.indicator, &b.area)).then(key(a).cmp(&key(b))).then(a.rows.cmp(&b.rows))
    });
}

/// Two rows with the same key are one too many; a forecast and its result, or a figure and its revision, are not.
type Key = (Arc<str>, Arc<str>, Period, Stage, Option<Date>);

struct Gathered<'a> {
    plan: &'a Plan,
    areas: HashSet<&'a str>,
    words: HashSet<Arc<str>>,
    seen: HashMap<Key, RowRef>,
    observations: Vec<Arc<Observation>>,
}

impl<'a> Gathered<'a> {
    fn new(plan: &'a Plan) -> Gathered<'a> {
        Gathered {
            plan,
            areas: plan.areas.iter().map(|area| area.id.as_str()).collect(),
            words: HashSet::new(),
            seen: HashMap::new(),
            observations: Vec::new(),
        }
    }

    fn word(&mut self, text: &str) -> Arc<str> {
        if let Some(word) = self.words.get(text) {
            return Arc::clone(word);
        }
        let word: Arc<str> = Arc::from(text);
        self.words.insert(Arc::clone(&word));
        word
    }

    fn read(&mut self, raw: &RawTable, problems: &mut Problems) {
        let Some(positions) = positions(raw, problems) else { return };
        for record in 0..raw.rows.len() {
            let row = Row { raw, positions: &positions, record };
            if let Some(observation) = self.observation(&row, problems) {
                self.keep(&row, observation, problems);
            }
        }
    }

    fn keep(&mut self, row: &Row<'_>, observation: Observation, problems: &mut Problems) {
        let o = &observation;
        let key = (Arc::clone(&o.indicator), Arc::clone(&o.area), o.period, o.stage, o.published);
        let Some(place) = o.rows.first().cloned() else { return };
        if let Some(first) = self.seen.get(&key) {
            row.say("duplicate", "indicator", problems, Code::DuplicateId, || {
                let (indicator, area, period) = (&o.indicator, &o.area, o.period);
                (
                    Text::new(
                        format!("「{indicator}」在 {area}、{period} 已有一个数（{} 第 {} 行），这一行略过", first.file, first.row),
                        format!("`{indicator}` already has a figure for {area}, {period} ({}, row {}); this row is left out", first.file, first.row),
                    ),
                    Text::new("删去一行，或写明 stage、published", "remove one row, or state `stage` and `published`"),
                )
            });
            return;
        }
        self.seen.insert(key, place);
        self.observations.push(Arc::new(observation));
    }

    /// One row as an observation; `None` when something is wrong with it, which is then reported.
    fn observation(&mut self, row: &Row<'_>, problems: &mut Problems) -> Option<Observation> {
        let indicator = row.required("indicator", problems)?;
        self.check_indicator(row, indicator, problems)?;
        let area = row.required("area", problems)?;
        if !self.areas.contains(area) {
            row.say("unknown-area", "area", problems, Code::UnknownReference, || {
                let known = self.plan.areas.iter().map(|area| area.id.as_str());
                let else_hint = Text::new("请在 areas.csv 加上它", "add it to areas.csv");
                (
                    Text::new(
                        format!("没有区域「{area}」，这一行略过"),
                        format!("there is no area `{area}`; this row is left out"),
                    ),
                    suggestion(area, known, else_hint),
                )
            });
            return None;
        }
        let period = row.required("period", problems)?;
        let Ok(period) = period.parse::<Period>() else {
            row.bad(
                "period",
                problems,
                "2025、2025-H1、2025-Q3、2025-06 或 2025-06-30",
                "2025, 2025-H1, 2025-Q3, 2025-06 or 2025-06-30",
            );
            return None;
        };
        let (value, low, high) = interval(row, problems)?;
        let stage = row.word("stage", &Stage::ALL, Stage::Final, problems)?;
        let trust = row.word("trust", &Trust::ALL, Trust::Primary, problems)?;
        let breaks = row.word("breaks", &[(true, "true"), (false, "false")], false, problems)?;
        let published = match row.get("published") {
            None => None,
            Some(day) => match day.parse::<Date>() {
                Ok(day) => Some(day),
                Err(_) => {
                    row.bad("published", problems, "2025-06-30 这样的日期", "a day such as 2025-06-30");
                    return None;
                }
            },
        };
        Some(Observation {
            indicator: self.word(indicator),
            area: self.word(area),
            period,
            value,
            low,
            high,
            stage,
            trust,
            published,
            breaks,
            source: self.word(row.get("source").unwrap_or_default()),
            source_url: self.word(row.get("source_url").unwrap_or_default()),
            note: self.word(row.get("note").unwrap_or_default()),
            rows: Arc::from([RowRef {
                file: Arc::clone(&row.raw.file),
                row: row.raw.rows.get(row.record).copied().unwrap_or(1),
            }]),
        })
    }

    fn check_indicator(&self, row: &Row<'_>, id: &str, problems: &mut Problems) -> Option<()> {
        let Some(known) = self.plan.indicator(id) else {
            row.say("unknown-indicator", "indicator", problems, Code::UnknownReference, || {
                let ids = self.plan.indicators.iter().map(|indicator| indicator.id.as_str());
                (
                    Text::new(
                        format!("没有指标「{id}」，这一行略过"),
                        format!("there is no indicator `{id}`; this row is left out"),
                    ),
                    suggestion(id, ids, Text::new("请在 indicators.csv 加上它", "add it to indicators.csv")),
                )
            });
            return None;
        };
        if known.is_computed() {
            row.say("computed-indicator", "indicator", problems, Code::BadValue, || {
                (
                    Text::new(
                        format!("「{id}」由 SQL 计算，不能再填数，这一行略过"),
                        format!("`{id}` is computed by SQL and takes no figures; this row is left out"),
                    ),
                    Text::new("公布的数请另设一个指标", "give the published figure an indicator of its own"),
                )
            });
            return None;
        }
        let unit = row.get("unit").filter(|unit| *unit != known.unit);
        if let Some(unit) = unit {
            row.say("unit", "unit", problems, Code::UnitMismatch, || {
                (
                    Text::new(
                        format!("单位是「{unit}」，指标「{id}」的单位是「{}」，这一行略过", known.unit),
                        format!("the unit is `{unit}` and that of `{id}` is `{}`; this row is left out", known.unit),
                    ),
                    Text::new("换算后再填，或改指标目录", "convert the figure, or change the catalogue"),
                )
            });
            return None;
        }
        Some(())
    }
}

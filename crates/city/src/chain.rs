//! Chain of custody: from a verdict or an indicator down to the source rows, as a tree.

use std::sync::Arc;

use lantu_blueprint::model::{Indicator, IndicatorKind, Observation, RowRef, Stage, Trust};
use lantu_blueprint::verdict::{TargetVerdict, number, rounded};
use lantu_blueprint::{Date, Location, Text};

use crate::City;

/// Source rows shown under one figure; the rest are counted.
const MOST_ROWS: usize = 12;
/// Figures shown under an indicator.
const MOST_FIGURES: usize = 12;

/// What a node of the chain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// 结论
    Verdict,
    /// 理由
    Reason,
    /// 规则
    Rule,
    /// 目标
    Target,
    /// 指标
    Indicator,
    /// 观测
    Observation,
    /// 算法
    Query,
    /// 表
    Table,
    /// 行
    Row,
    /// 出处
    Source,
}

impl NodeKind {
    /// Every kind, from the verdict down.
    pub const ALL: [NodeKind; 10] = [
        NodeKind::Verdict,
        NodeKind::Reason,
        NodeKind::Rule,
        NodeKind::Target,
        NodeKind::Indicator,
        NodeKind::Observation,
        NodeKind::Query,
        NodeKind::Table,
        NodeKind::Row,
        NodeKind::Source,
    ];

    /// The word on the wire and the name for people.
    pub fn word(self) -> (&'static str, Text) {
        let (word, zh) = match self {
            NodeKind::Verdict => ("verdict", "结论"),
            NodeKind::Reason => ("reason", "理由"),
            NodeKind::Rule => ("rule", "规则"),
            NodeKind::Target => ("target", "目标"),
            NodeKind::Indicator => ("indicator", "指标"),
            NodeKind::Observation => ("observation", "观测"),
            NodeKind::Query => ("query", "算法"),
            NodeKind::Table => ("table", "表"),
            NodeKind::Row => ("row", "行"),
            NodeKind::Source => ("source", "出处"),
        };
        (word, Text::new(zh, word))
    }
}

/// One link of the chain with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct ChainNode {
    /// What it is.
    pub kind: NodeKind,
    /// What it says.
    pub label: Text,
    /// A value, when it has one.
    pub value: Option<String>,
    /// Where it stands.
    pub location: Option<Location>,
    /// Address outside the blueprint.
    pub url: Option<String>,
    /// What it rests on.
    pub children: Vec<ChainNode>,
    /// What it rests on besides, too much to list.
    pub omitted: usize,
}

impl ChainNode {
    fn new(kind: NodeKind, label: Text) -> ChainNode {
        ChainNode { kind, label, value: None, location: None, url: None, children: Vec::new(), omitted: 0 }
    }

    fn at(mut self, location: &Location) -> ChainNode {
        self.location = Some(location.clone());
        self
    }
}

/// The chain of one verdict.
pub fn target_chain(city: &City, verdict: &TargetVerdict, as_of: Date, because: &[Text]) -> ChainNode {
    let plan = city.plan();
    let mut root = ChainNode::new(NodeKind::Verdict, verdict.verdict.name());
    root.value = Some(as_of.to_string());
    for reason in because {
        root.children.push(ChainNode::new(NodeKind::Reason, reason.clone()));
    }
    if let Some(set) = city.light_rule_set() {
        let mut rule = ChainNode::new(NodeKind::Rule, set.name.clone()).at(&set.location);
        rule.url = set.source_url.clone();
        root.children.push(rule);
    }
    let Some(target) = plan.targets.get(verdict.target) else { return root };
    let mut node = ChainNode::new(NodeKind::Target, target.title.clone()).at(&target.location);
    node.value = Some(verdict.id.clone());
    if let Some(source) = target.source.as_deref().and_then(|id| plan.sources.iter().find(|s| s.id == id)) {
        let mut origin = ChainNode::new(NodeKind::Source, source.title.clone()).at(&source.location);
        origin.url = source.url.clone();
        node.children.push(origin);
    }
    root.children.push(node);
    if let Some(indicator) = target.indicator.as_deref().and_then(|id| plan.indicator(id)) {
        let mut node = indicator_node(indicator);
        if let Some(observed) = &verdict.observed {
            node.children.push(observation_node(city, observed));
        }
        root.children.push(node);
    }
    root
}

/// The chain of an indicator: how it is made and its newest figures in one area; where that area has none, the newest
/// figure of each area.
pub fn indicator_chain(city: &City, indicator: &Indicator, area: &str, as_of: Date) -> ChainNode {
    let mut root = indicator_node(indicator);
    let figures: Vec<&Arc<Observation>> = match city.observations().series(&indicator.id, area) {
        Some(series) => {
            let mut known: Vec<_> = series.known(as_of).collect();
            known.reverse();
            known
        }
        None => city.observations().areas(&indicator.id).filter_map(|(_, series)| series.known(as_of).last()).collect(),
    };
    root.omitted = figures.len().saturating_sub(MOST_FIGURES);
    let shown = figures.into_iter().take(MOST_FIGURES);
    root.children.extend(shown.map(|observation| observation_node(city, observation)));
    root
}

fn indicator_node(indicator: &Indicator) -> ChainNode {
    let mut node = ChainNode::new(NodeKind::Indicator, indicator.name.clone()).at(&indicator.location);
    node.value = Some(indicator.id.clone());
    if let IndicatorKind::Computed { reads, .. } = &indicator.kind {
        let label = if indicator.definition.is_empty() {
            Text::new("由查询算出", "computed by a query")
        } else {
            indicator.definition.clone()
        };
        let mut query = ChainNode::new(NodeKind::Query, label).at(&indicator.location);
        query.value = Some(reads.join(", "));
        node.children.push(query);
    }
    node
}

fn observation_node(city: &City, observation: &Observation) -> ChainNode {
    let stage = match observation.stage {
        Stage::Final => Text::default(),
        Stage::Forecast => Text::new("，预计数", ", forecast"),
        Stage::Partial => Text::new("，部分时段", ", part of the period"),
    };
    let trust = match observation.trust {
        Trust::Primary => Text::default(),
        Trust::Secondary => Text::new("，转引", ", second-hand"),
    };
    let (area, period) = (area_name(city, &observation.area), observation.period);
    let label = Text::new(
        format!("{} {period}{}{}", area.zh, stage.zh, trust.zh),
        format!("{} {period}{}{}", area.en, stage.en, trust.en),
    );
    let mut node = ChainNode::new(NodeKind::Observation, label);
    node.value = Some(written(city, observation));
    let rows = observation.rows.iter().take(MOST_ROWS).map(|row| row_node(city, row));
    node.children.extend(rows);
    node.omitted = observation.rows.len().saturating_sub(MOST_ROWS);
    node
}

fn area_name(city: &City, id: &str) -> Text {
    let found = city.plan().areas.iter().find(|area| area.id == id);
    found.map_or_else(|| Text::same(id), |area| area.name.clone())
}

fn row_node(city: &City, row: &RowRef) -> ChainNode {
    let published = published_row(city, row);
    let file = city.plan().data.iter().find(|file| file.path == *row.file);
    let label = match (&published, file) {
        (Some(o), _) => {
            let (area, name) = (area_name(city, &o.area), city.plan().indicator(&o.indicator).map(|i| &i.name));
            let name = name.cloned().unwrap_or_else(|| Text::same(&*o.indicator));
            Text::new(
                format!("{} {} {}", name.zh, area.zh, o.period),
                format!("{}, {}, {}", name.en, area.en, o.period),
            )
        }
        (None, Some(file)) => file.title.clone(),
        (None, None) => Text::same(row.file.to_string()),
    };
    let mut node = ChainNode::new(NodeKind::Row, label);
    node.location = Some(Location::new(Arc::clone(&row.file), row.row, 1));
    let origin = match (published, file) {
        (Some(o), _) => {
            node.value = Some(written(city, &o));
            let mut origin = ChainNode::new(NodeKind::Source, Text::same(o.source.to_string()));
            origin.url = Some(o.source_url.to_string()).filter(|url| !url.is_empty());
            if !o.note.is_empty() {
                origin.value = Some(o.note.to_string());
            }
            origin
        }
        (None, Some(file)) => {
            let mut origin = ChainNode::new(NodeKind::Source, Text::same(file.source.clone()));
            origin.url = file.source_url.clone();
            origin
        }
        (None, None) => return node,
    };
    node.children.push(origin);
    node
}

fn published_row(city: &City, row: &RowRef) -> Option<Arc<Observation>> {
    city.published_at(row).cloned()
}

/// A figure as people write it: `≥ 10,000`, `120 [119.5, 120.5]`, `3.08`. What is computed has more digits than it means.
fn written(city: &City, observation: &Observation) -> String {
    let computed = city.plan().indicator(&observation.indicator).is_some_and(Indicator::is_computed);
    let write = |value: f64| if computed { rounded(value) } else { number(value) };
    let (low, high) = (observation.low, observation.high);
    match (low.is_finite(), high.is_finite()) {
        _ if low == high => write(low),
        (true, false) => format!("≥ {}", write(low)),
        (false, true) => format!("≤ {}", write(high)),
        (false, false) => "?".to_owned(),
        (true, true) => format!("{} [{}, {}]", write(observation.value), write(low), write(high)),
    }
}

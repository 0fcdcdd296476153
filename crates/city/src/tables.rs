//! The plan and its verdicts as tables for SQL: `goals`, `programmes`, `measures`, `targets`, `milestones`, `verdicts`.

use lantu_blueprint::model::{Form, Plan};
use lantu_blueprint::verdict::Assessment;
use lantu_engine::{Cell, Column, ColumnType, PlainTable};

/// Every table about the plan, on the day of the assessment.
pub(crate) fn plan_tables(plan: &Plan, assessment: &Assessment) -> Vec<PlainTable> {
    vec![
        goals(plan),
        programmes(plan),
        measures(plan),
        targets(plan),
        milestones(plan, assessment),
        verdicts(plan, assessment),
    ]
}

fn table(name: &str, columns: &[(&str, ColumnType)], rows: Vec<Vec<Cell>>) -> PlainTable {
    let columns = columns.iter().map(|(name, kind)| Column { name: (*name).to_owned(), kind: *kind }).collect();
    PlainTable { name: name.to_owned(), columns, rows }
}

fn text(value: impl Into<String>) -> Cell {
    Cell::Text(value.into())
}

fn maybe(value: Option<impl Into<String>>) -> Cell {
    value.map_or(Cell::Null, text)
}

fn number(value: Option<f64>) -> Cell {
    value.filter(|v| v.is_finite()).map_or(Cell::Null, Cell::Float)
}

fn goals(plan: &Plan) -> PlainTable {
    let rows = plan.goals.iter().map(|g| vec![text(&g.id), text(&g.title.zh), text(&g.title.en)]).collect();
    table("goals", &[("id", ColumnType::Text), ("title_zh", ColumnType::Text), ("title_en", ColumnType::Text)], rows)
}

fn programmes(plan: &Plan) -> PlainTable {
    let row = |p: &lantu_blueprint::model::Programme| {
        vec![text(&p.id), text(&p.title.zh), text(&p.title.en), text(p.serves.join(",")), text(p.via.join(","))]
    };
    let columns = ["id", "title_zh", "title_en", "serves", "via"].map(|name| (name, ColumnType::Text));
    table("programmes", &columns, plan.programmes.iter().map(row).collect())
}

fn measures(plan: &Plan) -> PlainTable {
    let row = |m: &lantu_blueprint::model::Measure| {
        let (programme, owner) = (m.programme.as_deref(), m.owner.as_deref());
        vec![text(&m.id), text(&m.title.zh), text(&m.title.en), maybe(programme), maybe(owner)]
    };
    let columns = ["id", "title_zh", "title_en", "programme", "owner"].map(|name| (name, ColumnType::Text));
    table("measures", &columns, plan.measures.iter().map(row).collect())
}

fn targets(plan: &Plan) -> PlainTable {
    let row = |t: &lantu_blueprint::model::Target| {
        vec![
            text(&t.id),
            text(&t.title.zh),
            text(&t.title.en),
            maybe(t.measure.as_deref()),
            maybe(t.programme.as_deref()),
            maybe(t.indicator.as_deref()),
            maybe(t.form.map(Form::word)),
            maybe(t.deadline.map(|d| d.period().to_string())),
            maybe(t.unit.as_deref()),
            maybe(t.source.as_deref()),
            Cell::Bool(t.draft),
        ]
    };
    let mut columns: Vec<(&str, ColumnType)> =
        ["id", "title_zh", "title_en", "measure", "programme", "indicator", "form", "deadline", "unit", "source"]
            .map(|name| (name, ColumnType::Text))
            .to_vec();
    columns.push(("draft", ColumnType::Bool));
    table("targets", &columns, plan.targets.iter().map(row).collect())
}

fn milestones(plan: &Plan, assessment: &Assessment) -> PlainTable {
    let row = |v: &lantu_blueprint::verdict::MilestoneVerdict| {
        let m = plan.milestones.get(v.milestone)?;
        let (measure, by) = (m.measure.as_deref(), m.by.map(|by| by.to_string()));
        Some(vec![text(&m.id), text(&m.title.zh), text(&m.title.en), maybe(measure), maybe(by), text(v.verdict.code())])
    };
    let columns = ["id", "title_zh", "title_en", "measure", "by", "verdict"].map(|name| (name, ColumnType::Text));
    table("milestones", &columns, assessment.milestones.iter().filter_map(row).collect())
}

fn verdicts(plan: &Plan, assessment: &Assessment) -> PlainTable {
    let row = |v: &lantu_blueprint::verdict::TargetVerdict| {
        let target = plan.targets.get(v.target).map(|t| t.id.clone());
        let observed = v.observed.as_deref();
        vec![
            text(&v.id),
            maybe(target),
            text(v.area.as_ref()),
            text(assessment.as_of.to_string()),
            text(v.verdict.code()),
            text(v.light().code()),
            maybe(v.was.map(|was| was.code())),
            number(v.threshold),
            maybe(observed.map(|o| o.period.to_string())),
            number(observed.map(|o| o.value)),
            number(observed.map(|o| o.low)),
            number(observed.map(|o| o.high)),
            maybe(observed.map(|o| o.stage.word())),
            maybe(observed.map(|o| o.trust.word())),
            number(v.path.as_ref().map(|p| p.expected)),
            number(v.path.as_ref().map(|p| p.lag_pp)),
        ]
    };
    let (t, f) = (ColumnType::Text, ColumnType::Float);
    let columns = [
        ("id", t),
        ("target", t),
        ("area", t),
        ("as_of", t),
        ("verdict", t),
        ("light", t),
        ("was", t),
        ("threshold", f),
        ("period", t),
        ("value", f),
        ("low", f),
        ("high", f),
        ("stage", t),
        ("trust", t),
        ("expected", f),
        ("lag_pp", f),
    ];
    table("verdicts", &columns, assessment.targets.iter().map(row).collect())
}

//! The blocks `target` and `milestone`: fields → typed commitments.

use super::Report;
use super::fields::Fields;
use crate::model::{
    AreaLevel, Baseline, Deadline, FieldPlaces, Form, Milestone, MilestoneEvidence, Target, TargetArea, TargetKind,
};
use crate::{Code, Lang, Location, Period, Text};

/// Where a block stands.
pub(super) struct Place {
    pub(super) measure: Option<String>,
    pub(super) programme: Option<String>,
    pub(super) location: Location,
    pub(super) lang: Lang,
}

/// Fields of a target that checks against the rest of the plan speak of.
const CHECKED: [&str; 8] = ["indicator", "source", "serves", "area", "unit", "by", "in", "hold"];

/// Reads a target; `None` when it has no id, the one thing it cannot be without.
pub(super) fn target(fields: Fields<'_>, place: Place, report: &Report) -> Option<Target> {
    let id = fields.required("id");
    let levels: Vec<&'static str> = AreaLevel::ALL.iter().map(|(_, word, _)| *word).collect();
    let each = fields.word("each", &levels, AreaLevel::from_word);
    let area = fields.string("area");
    if each.is_some() && area.is_some() {
        clash(&fields, "each", &["area", "each"], report);
    }
    let (deadline_by, deadline_in) = (fields.period("by"), fields.period("in"));
    if deadline_by.is_some() && deadline_in.is_some() {
        clash(&fields, "in", &["by", "in"], report);
    }
    let form = form(&fields, report);
    let kind = fields.word("kind", &["expected", "binding"], |word| match word {
        "expected" => Some(TargetKind::Expected),
        "binding" => Some(TargetKind::Binding),
        _ => None,
    });
    if !fields.has("title") {
        fields.missing("title");
    }
    let read = Target {
        title: fields.text("title", place.lang),
        note: fields.text("note", place.lang),
        measure: place.measure,
        programme: place.programme,
        serves: fields.list("serves"),
        indicator: fields.string("indicator"),
        // An empty name means "the city": the reader of the plan fills it in once the city is known.
        area: each.map_or(TargetArea::One(area.unwrap_or_default()), TargetArea::Each),
        form,
        unit: fields.string("unit"),
        deadline: deadline_by.map(Deadline::By).or(deadline_in.map(Deadline::In)),
        baseline: baseline(&fields, place.lang),
        kind: kind.unwrap_or(TargetKind::Expected),
        draft: fields.flag("draft"),
        source: fields.string("source"),
        flaw: None,
        location: place.location,
        fields: FieldPlaces(CHECKED.iter().filter_map(|key| fields.position(key)).collect()),
        id: id.unwrap_or_default(),
    };
    fields.finish();
    Some(read).filter(|target| !target.id.is_empty())
}

/// Reads a milestone; `None` when it has no id.
pub(super) fn milestone(fields: Fields<'_>, place: Place) -> Option<Milestone> {
    let evidence = fields.table("done").and_then(|done| {
        let on = done.date("on");
        if !done.has("on") {
            done.missing("on");
        }
        let read = MilestoneEvidence {
            done: on?,
            source: done.required("source").unwrap_or_default(),
            source_url: done.string("url"),
        };
        done.finish();
        Some(read)
    });
    if !fields.has("title") {
        fields.missing("title");
    }
    let read = Milestone {
        id: fields.required("id").unwrap_or_default(),
        title: fields.text("title", place.lang),
        note: fields.text("note", place.lang),
        measure: place.measure,
        programme: place.programme,
        by: fields.period("by"),
        evidence,
        source: fields.string("source"),
        location: place.location,
    };
    fields.finish();
    Some(read).filter(|milestone| !milestone.id.is_empty())
}

fn baseline(fields: &Fields<'_>, lang: Lang) -> Option<Baseline> {
    let inner = fields.table("baseline")?;
    let period = inner.period("period");
    if !inner.has("period") {
        inner.missing("period");
    }
    let (value, note) = (inner.number("value"), inner.text("note", lang));
    inner.finish();
    Some(Baseline { period: period?, value, note })
}

fn form(fields: &Fields<'_>, report: &Report) -> Option<Form> {
    let since = fields.period("since");
    let written: Vec<&str> = Form::WORDS.into_iter().filter(|word| fields.has(word)).collect();
    let forms = [
        fields.number("at_least").map(Form::AtLeast),
        fields.number("at_most").map(Form::AtMost),
        fields.pair("between").map(|(low, high)| Form::Between(low, high)),
        above(fields, "times_baseline", 0.0, report).map(Form::TimesBaseline),
        above(fields, "growth_per_year", -100.0, report).map(Form::GrowthPerYear),
        fields.number("cumulative").and_then(|total| cumulative(fields, total, since)),
        above(fields, "rank_at_most", 0.0, report).map(Form::RankAtMost),
        fields.flag("hold").then_some(Form::Hold),
        fields.flag("cover_all").then_some(Form::CoverAll),
    ];
    if written.len() > 1 {
        clash(fields, written.get(1).copied().unwrap_or_default(), &written, report);
    }
    forms.into_iter().flatten().next()
}

fn cumulative(fields: &Fields<'_>, total: f64, since: Option<Period>) -> Option<Form> {
    if since.is_none() && !fields.has("since") {
        fields.missing("since");
    }
    Some(Form::Cumulative { total, since: since? })
}

fn above(fields: &Fields<'_>, key: &'static str, least: f64, report: &Report) -> Option<f64> {
    let value = fields.number(key)?;
    if value > least {
        return Some(value);
    }
    report.say(
        Code::BadValue,
        fields.place(key),
        Text::new(format!("「{key}」应大于 {least}"), format!("`{key}` must be above {least}")),
        Text::default(),
    );
    None
}

fn clash(fields: &Fields<'_>, at: &str, keys: &[&str], report: &Report) {
    report.say(
        Code::BadValue,
        fields.place(at),
        Text::new(format!("{} 只能写一个", keys.join("、")), format!("only one of {} may be given", keys.join(", "))),
        Text::new("保留一个；现在取第一个", "keep one; the first is taken now"),
    );
}

//! A rule file, whole.

use toml::de::DeTable;

use super::fields::{Fields, Page};
use super::item::{self, Known};
use super::origins::{Origins, duplicate};
use super::{classes, dimensions};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::rules::{Group, Item, Label, Part, RuleSet};

/// The word of `kind` in a file with rules of appraisal.
pub const KIND: &str = "appraisal";

/// Whether a file says that it holds rules of appraisal; other rules of a city lie in the same folder.
#[must_use]
pub fn is_rule_set(text: &str) -> bool {
    DeTable::parse_recoverable(text).0.get_ref().get("kind").is_some_and(|kind| kind.get_ref().as_str() == Some(KIND))
}

/// Reads a rule file. There are no rules where anything in it is an error: what a mistake leaves of a method is another one.
#[must_use]
pub fn read(text: &str) -> (Option<RuleSet>, Vec<Diagnostic>) {
    let text = text.trim_start_matches('\u{feff}');
    let page = Page::new(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let line = page.line(error.span().map_or(0, |span| span.start));
        page.error(
            Code::NotARuleSet,
            line,
            format!("TOML 语法错误：{}", error.message()),
            format!("TOML syntax error: {}", error.message()),
        );
    }
    // After a slip of syntax the rest is guesswork; more about it would only hide it.
    let set = if errors.is_empty() { whole(&Fields::new(&page, table.get_ref(), 0..0)) } else { None };
    let mut problems = page.into_problems();
    if let Some(set) = &set {
        problems.extend(super::versions::within(set));
        problems.sort_by_key(|problem| problem.line);
    }
    let sound = problems.iter().all(|problem| problem.severity != Severity::Error);
    (set.filter(|_| sound), problems)
}

fn whole(top: &Fields<'_>) -> Option<RuleSet> {
    if top.string("kind").as_deref() != Some(KIND) {
        top.page.error(
            Code::NotARuleSet,
            1,
            format!("不是评价规则：开头要有 kind = \"{KIND}\""),
            format!("no rules of appraisal: the head should have kind = \"{KIND}\""),
        );
        return None;
    }
    let series = top.needed("series", top.string("series"));
    let name = top.needed("name", top.text("name"));
    let jurisdiction = top.needed("jurisdiction", top.text("jurisdiction"));
    let unit = top.needed("unit", top.text("unit"));
    let note = top.text("note");
    let invented = top.flag("invented").unwrap_or(false);
    let valid_from = top.needed("valid_from", top.day("valid_from"));
    let valid_to = top.day("valid_to");
    let id_column = top.string("id_column");
    let name_column = top.string("name_column");
    let group_column = top.string("group_column");
    let rank_within = top.choice("rank_within", &[("groups", true), ("all", false)]);
    let origins = Origins::read(top);
    let origin = origins.of(top, None);
    let labels = labels(top);
    let groups = groups(top);
    if !groups.is_empty() && group_column.is_none() {
        top.missing("group_column");
    }
    let total = top.needed("total", top.table("total"))?;
    let better_high = total.choice("better", &[("higher", true), ("lower", false)]).unwrap_or(true);
    let dimensions = dimensions::read(top, &total, &origins, &groups, origin);
    let known = Known {
        origins: &origins,
        groups: &groups,
        dimensions: dimensions.as_deref().unwrap_or_default(),
        grouped: group_column.is_some(),
        better_high,
        origin,
    };
    let (items, declared) = items(top, &known);
    let mut dimensions = dimensions?;
    dimensions::hang(top, &mut dimensions, &items, declared.len());
    let decimals = total.count("decimals").and_then(|decimals| u8::try_from(decimals).ok());
    let then_by = then_by(&total, &items, &declared);
    let weight_sum = origins.number(&total, "weight_sum", origin);
    total.finish();
    let classes = classes::read(top, &origins, &groups, origin);
    let exceptions = classes::exceptions(top, &origins, classes.as_ref(), origin);
    let consequences = classes::consequences(top, &origins, classes.as_ref(), origin);
    top.finish();
    let (sources, all) = origins.finish();
    let set = RuleSet {
        series: series?,
        name: name?,
        jurisdiction: jurisdiction?,
        unit: unit?,
        note,
        invented,
        valid_from: valid_from?,
        valid_to,
        sources,
        origins: all,
        id_column,
        name_column,
        labels,
        rank_within_groups: rank_within.unwrap_or(group_column.is_some()),
        group_column,
        groups,
        items,
        dimensions,
        better_high,
        decimals,
        then_by,
        classes,
        exceptions,
        consequences,
    };
    // Where an item could not be read its weight is not known either.
    if let Some(sum) = weight_sum.filter(|_| set.items.len() == declared.len()) {
        check_weights(top, total.line("weight_sum"), &set, sum.value);
    }
    Some(set)
}

fn labels(top: &Fields<'_>) -> Vec<Label> {
    let mut all: Vec<Label> = Vec::new();
    for fields in top.tables("column") {
        let (column, name) = (fields.needed("id", fields.string("id")), fields.needed("name", fields.text("name")));
        let unit = fields.text("unit");
        if let Some(id) = column.as_ref().filter(|id| all.iter().any(|label| label.column == **id)) {
            duplicate(&fields, id);
        }
        fields.finish();
        all.extend(column.zip(name).map(|(column, name)| Label { column, name, unit }));
    }
    all
}

fn groups(top: &Fields<'_>) -> Vec<Group> {
    let mut all: Vec<Group> = Vec::new();
    for fields in top.tables("group") {
        let (id, name) = (fields.needed("id", fields.string("id")), fields.needed("name", fields.text("name")));
        if let Some(id) = id.as_ref().filter(|id| all.iter().any(|group| group.id == **id)) {
            duplicate(&fields, id);
        }
        fields.finish();
        all.extend(id.zip(name).map(|(id, name)| Group { id, name }));
    }
    all
}

/// Items that could be read, and the names of all that are there.
fn items(top: &Fields<'_>, known: &Known<'_>) -> (Vec<Item>, Vec<String>) {
    let (mut all, mut declared): (Vec<Item>, Vec<String>) = (Vec::new(), Vec::new());
    for fields in top.tables("item") {
        let id = fields.string("id").unwrap_or_default();
        let taken = declared.contains(&id) || known.dimensions.iter().any(|dimension| dimension.id == id);
        if taken && !id.is_empty() {
            duplicate(&fields, &id);
        }
        declared.push(id);
        all.extend(item::read(&fields, known));
        fields.finish();
    }
    (all, declared)
}

fn then_by(total: &Fields<'_>, items: &[Item], declared: &[String]) -> Vec<usize> {
    let place = |name: &String| {
        total.place("then_by", name, ("指标项", "item"), declared.iter().map(String::as_str));
        items.iter().position(|item| item.id == *name)
    };
    total.list("then_by").iter().filter_map(place).collect()
}

/// The parts of the total should come to what the file says, in every group.
fn check_weights(top: &Fields<'_>, line: usize, set: &RuleSet, wanted: f64) {
    let Some(total) = set.dimensions.first() else { return };
    let names: Vec<&str> = set.groups.iter().map(|group| group.id.as_str()).collect();
    for group in 0..names.len().max(1) {
        let weight = |part: &Part| match part {
            Part::Item(at) => {
                let item = set.items.get(*at).filter(|item| set.counts(item, group))?;
                Some((item.id.as_str(), item.weight.of(group)?.value))
            }
            Part::Dimension(at) => {
                let dimension = set.dimensions.get(*at)?;
                Some((dimension.id.as_str(), dimension.weight.of(group)?.value))
            }
        };
        let weights: Vec<(&str, f64)> = total.parts.iter().filter_map(weight).collect();
        let sum: f64 = weights.iter().map(|(_, weight)| weight).sum();
        if (sum - wanted).abs() <= 1e-9 * wanted.abs().max(1.0) {
            continue;
        }
        let all = weights.iter().map(|(id, weight)| format!("{id} {weight}")).collect::<Vec<_>>().join(" + ");
        let (zh, en) = names
            .get(group)
            .map_or((String::new(), String::new()), |name| (format!("组「{name}」的"), format!(" of group `{name}`")));
        top.page.error(
            Code::WeightSum,
            line,
            format!("{zh}权重合计 {sum}，文件写的是 {wanted}：{all}"),
            format!("the weights{en} come to {sum}; the file says {wanted}: {all}"),
        );
    }
}

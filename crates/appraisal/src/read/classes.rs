//! `[classes]`, `[[class]]`, `[[exception]]`, `[[consequence]]`.

use super::fields::{Fields, plain};
use super::limits::limits;
use super::origins::{Origins, duplicate, rule_origin};
use crate::diagnostic::Code;
use crate::rules::{Class, Classes, Consequence, Effect, Exception, Group, Rounding, Share, Ties};

/// Classes, and exceptions, of a set: their places are held in a byte.
const MOST: usize = 200;

/// Reads the classes; none where there are none.
pub(super) fn read(top: &Fields<'_>, origins: &Origins, groups: &[Group], above: Option<usize>) -> Option<Classes> {
    let common = top.table("classes");
    let mut origin = above;
    let (mut rounding, mut ties) = (None, None);
    if let Some(fields) = common {
        origin = origins.of(&fields, above);
        let words = [("down", Rounding::Down), ("nearest", Rounding::Nearest), ("up", Rounding::Up)];
        rounding = fields.choice("rounding", &words);
        ties = fields.choice("ties", &[("better", Ties::Better), ("worse", Ties::Worse)]);
        fields.finish();
    }
    let mut list: Vec<Class> = Vec::new();
    for fields in top.tables("class") {
        let origin = origins.of(&fields, origin);
        let id = fields.needed("id", fields.string("id"));
        let name = fields.text("name");
        let until = origins.per_group(&fields, "until", groups, origin);
        let bounds = limits(&fields, origins, origin);
        let nobody = fields.flag("nobody").unwrap_or(false);
        let bounded = bounds.from.is_some() || bounds.to.is_some();
        if usize::from(until.is_some()) + usize::from(bounded) + usize::from(nobody) > 1 {
            fields.page.error(
                Code::BadValue,
                fields.line("id"),
                "一个档次要么用 until（份额），要么用分数界线，要么 nobody = true",
                "a class has either `until` (a share), or bounds of the total, or nobody = true",
            );
        }
        if let Some(share) =
            until.iter().flat_map(|until| until.each()).find(|share| !(0.0..=1.0).contains(&share.value))
        {
            fields.page.error(
                Code::BadValue,
                fields.line("until"),
                format!("份额应在 0 与 1 之间：{}", share.value),
                format!("a share is between 0 and 1: {}", share.value),
            );
        }
        let line = fields.line("id");
        let share = match (until, nobody) {
            (Some(until), _) => Share::Until(until),
            (None, true) => Share::Nobody,
            (None, false) => Share::Total(bounds),
        };
        let repeated = id.as_ref().is_some_and(|id| list.iter().any(|class| class.id == *id));
        if let Some(id) = id.clone().filter(|_| repeated) {
            duplicate(&fields, &id);
        }
        fields.finish();
        if let Some(id) = id.filter(|_| !repeated) {
            let name = name.unwrap_or_else(|| plain(&id, &id));
            list.push(Class { id, name, share, line });
        }
    }
    if list.len() > MOST {
        top.page.error(
            Code::BadValue,
            1,
            format!("档次最多 {MOST} 个，这里有 {}", list.len()),
            format!("at most {MOST} classes; there are {}", list.len()),
        );
    }
    let classes = Classes { list, rounding: rounding.unwrap_or(Rounding::Down), ties: ties.unwrap_or(Ties::Better) };
    (!classes.list.is_empty()).then_some(classes)
}

fn class(fields: &Fields<'_>, key: &str, name: &str, classes: Option<&Classes>) -> Option<usize> {
    let list = classes.map_or([].as_slice(), |classes| classes.list.as_slice());
    fields.place(key, name, ("档次", "class"), list.iter().map(|class| class.id.as_str()))
}

/// Reads what changes a class, in the order of the file.
pub(super) fn exceptions(
    top: &Fields<'_>,
    origins: &Origins,
    classes: Option<&Classes>,
    above: Option<usize>,
) -> Vec<Exception> {
    let mut all: Vec<Exception> = Vec::new();
    for fields in top.tables("exception") {
        let origin = origins.of(&fields, above);
        let id = fields.needed("id", fields.string("id"));
        let reason = fields.needed("reason", fields.text("reason"));
        let formula = fields.needed("when", fields.string("when"));
        let when = formula.as_deref().and_then(|formula| fields.formula("when", formula));
        let effect = effect(&fields, classes);
        let by_total = when.as_ref().is_some_and(|when| names(when, "total"));
        if matches!(effect, Some(Effect::Exempt(_))) && by_total {
            fields.page.error(
                Code::BadValue,
                fields.line("when"),
                "豁免在算总分以前判断，条件里不能有 total",
                "who is exempt is known before there is a total: `total` cannot stand in the condition",
            );
        }
        if let Some(id) = id.as_ref().filter(|id| all.iter().any(|known| known.id == **id)) {
            duplicate(&fields, id);
        }
        let origin = rule_origin(origins, &fields, origin);
        fields.finish();
        if let (Some(id), Some(reason), Some(formula), Some(when), Some(effect)) = (id, reason, formula, when, effect) {
            all.push(Exception { id, reason, when, formula, effect, origin });
        }
    }
    if all.len() > MOST {
        top.page.error(
            Code::BadValue,
            1,
            format!("例外最多 {MOST} 条，这里有 {}", all.len()),
            format!("at most {MOST} exceptions; there are {}", all.len()),
        );
    }
    all
}

fn names(formula: &crate::expression::Expression, wanted: &str) -> bool {
    let mut found = false;
    formula.columns(&mut |name, _| found |= name == wanted);
    found
}

/// One of `set = class`, `lift = n`, `lower = n`, `at_best = class`, `at_worst = class`, `exempt = true` with `as = class`.
fn effect(fields: &Fields<'_>, classes: Option<&Classes>) -> Option<Effect> {
    let named = |key: &str| fields.string(key).and_then(|name| class(fields, key, &name, classes));
    let treated = named("as");
    let found: Vec<Effect> = [
        named("set").map(Effect::Set),
        fields.count("lift").map(|steps| Effect::Lift(steps as usize)),
        fields.count("lower").map(|steps| Effect::Lower(steps as usize)),
        named("at_best").map(Effect::AtBest),
        named("at_worst").map(Effect::AtWorst),
        fields.flag("exempt").filter(|exempt| *exempt).map(|_| Effect::Exempt(treated)),
    ]
    .into_iter()
    .flatten()
    .collect();
    match found.as_slice() {
        [one] => Some(*one),
        _ => {
            fields.page.error(
                Code::BadValue,
                fields.line("id"),
                "例外要写且只写一个作用：set、lift、lower、at_best、at_worst 或 exempt",
                "an exception has exactly one effect: set, lift, lower, at_best, at_worst or exempt",
            );
            None
        }
    }
}

/// Reads what follows from classes.
pub(super) fn consequences(
    top: &Fields<'_>,
    origins: &Origins,
    classes: Option<&Classes>,
    above: Option<usize>,
) -> Vec<Consequence> {
    let mut all: Vec<Consequence> = Vec::new();
    for fields in top.tables("consequence") {
        let origin = origins.of(&fields, above);
        let id = fields.needed("id", fields.string("id"));
        let name = fields.needed("name", fields.text("name"));
        let names = fields.list("classes");
        let of: Option<Vec<usize>> = names.iter().map(|name| class(&fields, "classes", name, classes)).collect();
        if names.is_empty() {
            fields.missing("classes");
        }
        let steps = fields.numbers("steps").unwrap_or_default();
        let formula = |key: &str| fields.string(key).and_then(|text| fields.formula(key, &text));
        let (other, unless) = (formula("other"), formula("unless"));
        let (unit, needs) = (fields.text("unit"), fields.text("needs"));
        let steps: Vec<_> = steps.into_iter().map(|step| origins.sourced(&fields, "steps", step, origin)).collect();
        let origin = rule_origin(origins, &fields, origin);
        if let Some(id) = id.as_ref().filter(|id| all.iter().any(|known| known.id == **id)) {
            duplicate(&fields, id);
        }
        fields.finish();
        if let (Some(id), Some(name), Some(classes)) = (id, name, of) {
            all.push(Consequence { id, name, unit, classes, steps, other, unless, needs, origin });
        }
    }
    all
}

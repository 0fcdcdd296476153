//! Names without their translation, outside the plan documents (those are checked while they are read).

use super::Context;
use crate::{Code, Diagnostic, Lang, Location, Text};

/// Names of the city, sources, areas, indicators, rule sets and data files.
pub(super) fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let plan = context.plan;
    let head = Location::start("blueprint.toml");
    let city = [("name", &plan.city.name), ("title", &plan.city.title), ("notice", &plan.city.notice)];
    let names = city
        .into_iter()
        .map(|(what, text)| (what, text, &head))
        .chain(plan.sources.iter().map(|x| (x.id.as_str(), &x.title, &x.location)))
        .chain(plan.areas.iter().map(|x| (x.id.as_str(), &x.name, &x.location)))
        .chain(plan.indicators.iter().map(|x| (x.id.as_str(), &x.name, &x.location)))
        .chain(plan.indicators.iter().map(|x| (x.id.as_str(), &x.definition, &x.location)))
        .chain(
            plan.rule_sets
                .iter()
                .flat_map(|x| [(x.id.as_str(), &x.name, &x.location), (x.id.as_str(), &x.note, &x.location)]),
        )
        .chain(
            plan.data
                .iter()
                .flat_map(|x| [(x.path.as_str(), &x.title, &x.location), (x.path.as_str(), &x.note, &x.location)]),
        );
    for (what, text, location) in names {
        for lang in plan.city.languages.iter().copied().filter(|lang| lacks(text, *lang)) {
            out.push(
                Diagnostic::new(
                    Code::MissingTranslation,
                    location.clone(),
                    Text::new(format!("「{what}」缺少 {lang} 文字"), format!("`{what}` has no {lang} text")),
                )
                .hint(Text::new("补上另一种语言", "add the other language")),
            );
        }
    }
}

fn lacks(text: &Text, lang: Lang) -> bool {
    text.exact(lang).is_empty() && !text.is_empty()
}

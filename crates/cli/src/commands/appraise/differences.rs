//! Which numbers of two rule sets differ: two files of one title can be told apart by them.

use std::collections::BTreeMap;

use lantu_appraisal::rules::RuleSet;
use lantu_blueprint::Lang;
use serde_json::{Value, json};

use super::facts::{Fact, facts};
use crate::commands::say;
use crate::text::style;
use crate::text::table::{Cell, render};

/// Differences that are shown to people.
const SHOWN: usize = 30;

/// One number, or a whole item, exception or consequence.
pub(super) struct Difference {
    of: String,
    /// Which number, or what kind of thing.
    what: String,
    /// Nothing where it is not in the older rules.
    old: Option<String>,
    /// Nothing where it is not in the newer rules.
    new: Option<String>,
}

/// All of them, in the order of the newer file, then what only the older one has.
pub(super) fn of(old: &RuleSet, new: &RuleSet, lang: Lang) -> Vec<Difference> {
    let (old, new) = (facts(old, lang), facts(new, lang));
    let (was, is) = (Known::of(&old), Known::of(&new));
    let mut found = Vec::new();
    for (fact, here) in new.iter().map(|fact| (fact, true)).chain(old.iter().map(|fact| (fact, false))) {
        let other = if here { &was } else { &is };
        let whole = !other.things.contains_key(fact.key.as_str());
        let there = other.facts.get(&place(fact)).copied();
        // What both have is told from the newer side.
        if there.is_some_and(|there| !here || there.value == fact.value) {
            continue;
        }
        if whole && !std::ptr::eq(*(if here { &is } else { &was }).things.get(fact.key.as_str()).unwrap_or(&fact), fact)
        {
            continue;
        }
        // What only one of them has is told by its kind and id.
        let (kind, id) = fact.key.split_once(' ').unwrap_or((&fact.key, ""));
        let value = if whole { id.to_owned() } else { fact.value.clone() };
        let (old, new) = if here { (there.map(|there| there.value.clone()), Some(value)) } else { (Some(value), None) };
        found.push(Difference {
            of: fact.of.clone(),
            what: if whole { thing(kind, lang).to_owned() } else { what(fact, lang) },
            old,
            new,
        });
    }
    // A curve of several texts is one fact for each of them.
    found.dedup_by(|one, other| {
        one.of == other.of && one.what == other.what && one.old == other.old && one.new == other.new
    });
    found
}

/// Facts of a set by their place, and the first fact of every thing.
struct Known<'a> {
    facts: BTreeMap<Place<'a>, &'a Fact>,
    things: BTreeMap<&'a str, &'a Fact>,
}

type Place<'a> = (&'a str, &'static str, &'a str);

fn place(fact: &Fact) -> Place<'_> {
    (&fact.key, fact.kind.1, &fact.label)
}

impl<'a> Known<'a> {
    fn of(all: &'a [Fact]) -> Self {
        let facts = all.iter().map(|fact| (place(fact), fact)).collect();
        let mut things = BTreeMap::new();
        for fact in all {
            things.entry(fact.key.as_str()).or_insert(fact);
        }
        Self { facts, things }
    }
}

fn thing(kind: &str, lang: Lang) -> &'static str {
    match kind {
        "item" => say(lang, "指标项", "item"),
        "dimension" => say(lang, "维度", "dimension"),
        "exception" => say(lang, "例外", "exception"),
        "consequence" => say(lang, "结果应用", "consequence"),
        _ => say(lang, "分档", "classes"),
    }
}

fn what(fact: &Fact, lang: Lang) -> String {
    let kind = say(lang, fact.kind.0, fact.kind.1);
    match (fact.label.is_empty(), lang) {
        (true, _) => kind.to_owned(),
        (_, Lang::Zh) => format!("{kind}（{}）", fact.label),
        (_, Lang::En) => format!("{kind} ({})", fact.label),
    }
}

/// For people.
pub(super) fn as_text(all: &[Difference], lang: Lang) -> String {
    if all.is_empty() {
        return format!("{}\n", say(lang, "两份规则的数字都一样", "all numbers of both rule sets are the same"));
    }
    let title = match lang {
        Lang::Zh => format!("规则有 {} 处不同：", all.len()),
        Lang::En => format!("the rules differ in {}:", super::super::several(all.len(), "place")),
    };
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "–".to_owned());
    let row = |one: &Difference| {
        vec![
            Cell::text(one.of.as_str()),
            Cell::text(one.what.as_str()).painted(style::dim),
            Cell::text(format!("{} → {}", side(&one.old), side(&one.new))),
        ]
    };
    let rows: Vec<Vec<Cell>> = all.iter().take(SHOWN).map(row).collect();
    let mut out = format!("{title}\n{}", render(&rows, &[28, 24, 60], 2));
    if all.len() > SHOWN {
        let more = all.len() - SHOWN;
        out.push_str(&match lang {
            Lang::Zh => format!("  ……还有 {more} 处；--format json 列出全部\n"),
            Lang::En => format!("  … and {more} more; --format json lists all\n"),
        });
    }
    out
}

/// For programs.
pub(super) fn as_json(all: &[Difference]) -> Value {
    all.iter().map(|one| json!({ "of": one.of, "what": one.what, "before": one.old, "after": one.new })).collect()
}

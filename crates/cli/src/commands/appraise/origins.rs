//! Which numbers of the rules are not official: everything that is neither of an official text nor of a law that was read.

use lantu_appraisal::rules::{Confidence, RuleSet, Share};
use lantu_blueprint::Lang;

use super::facts::{Fact, facts};
use super::words::short;
use crate::commands::say;
use crate::text::width;

/// Numbers of one source that are not official.
pub(super) struct Unofficial {
    pub(super) mark: Confidence,
    /// Place of the source.
    pub(super) source: usize,
    /// What they belong to, in the order of the file.
    pub(super) entries: Vec<Entry>,
}

/// Numbers of one kind of one thing.
pub(super) struct Entry {
    pub(super) of: String,
    pub(super) kind: &'static str,
    /// The numbers as people read them, with the class or group that they are for.
    pub(super) values: Vec<String>,
    pub(super) count: usize,
}

impl Entry {
    /// The thing and which number of it.
    pub(super) fn name(&self, lang: Lang) -> String {
        format!("{}{}{}", self.of, say(lang, "·", ", "), self.kind)
    }
}

/// What is not official, least reliable mark last; of one group only, or of all.
pub(super) fn unofficial(rules: &RuleSet, group: Option<usize>, lang: Lang) -> Vec<Unofficial> {
    let mut found: Vec<Unofficial> = Vec::new();
    let items = |fact: &Fact| {
        // Numbers of items that are not for the group do not concern it.
        let item = fact.key.strip_prefix("item ").and_then(|id| rules.item(id)).and_then(|at| rules.items.get(at));
        group.zip(item).is_none_or(|(group, item)| rules.counts(item, group))
    };
    let concerns = |fact: &Fact| fact.group.is_none() || group.is_none() || fact.group == group;
    for fact in facts(rules, lang).iter().filter(|fact| concerns(fact) && items(fact)) {
        let Some(origin) = fact.origin.and_then(|origin| rules.origins.get(origin)) else { continue };
        let (mark, source) = (origin.confidence, origin.source);
        if mark.is_official() {
            continue;
        }
        let place = found.iter().position(|known| known.mark == mark && known.source == source).unwrap_or_else(|| {
            found.push(Unofficial { mark, source, entries: Vec::new() });
            found.len() - 1
        });
        if let Some(known) = found.get_mut(place) {
            add(&mut known.entries, fact, lang);
        }
    }
    found.sort_by_key(|numbers| (numbers.mark, numbers.source));
    found
}

fn add(entries: &mut Vec<Entry>, fact: &Fact, lang: Lang) {
    let kind = say(lang, fact.kind.0, fact.kind.1);
    let value = format!("{} {}", fact.label, fact.value).trim().to_owned();
    match entries.iter_mut().find(|entry| entry.of == fact.of && entry.kind == kind) {
        Some(entry) => {
            entry.values.push(value);
            entry.count += fact.count;
        }
        None => entries.push(Entry { of: fact.of.clone(), kind, values: vec![value], count: fact.count }),
    }
}

/// A line for each mark: how many numbers, and the first of the things that they belong to.
pub(super) fn lines(all: &[Unofficial], most: usize, lang: Lang) -> Vec<(Confidence, String)> {
    let mut marks: Vec<Confidence> = all.iter().map(|numbers| numbers.mark).collect();
    marks.dedup();
    let line = |mark: Confidence| {
        let entries = || all.iter().filter(|numbers| numbers.mark == mark).flat_map(|numbers| &numbers.entries);
        let count: usize = entries().map(|entry| entry.count).sum();
        // Of many, the things that they belong to are enough here: the end of the page has every number.
        let mut names: Vec<String> = entries().map(|entry| entry.name(lang)).collect();
        if names.len() > most {
            names = entries().map(|entry| entry.of.clone()).collect();
            let mut known = std::collections::BTreeSet::new();
            names.retain(|name| known.insert(name.clone()));
        }
        let more = names.len() > most;
        names.truncate(most);
        let said = match lang {
            Lang::Zh => {
                let more = if more { " 等" } else { "" };
                format!("{}（{}）：{count} 个数字：{}{more}", mark.word(), short(mark, lang), names.join("、"))
            }
            Lang::En => {
                let (more, s) = (if more { " and others" } else { "" }, if count == 1 { "" } else { "s" });
                format!("{} ({}): {count} number{s}: {}{more}", mark.word(), short(mark, lang), names.join("; "))
            }
        };
        (mark, said)
    };
    marks.into_iter().map(line).collect()
}

/// The same for the screen: as many names as a line holds.
pub(super) fn lines_on_screen(all: &[Unofficial], most: usize, lang: Lang) -> Vec<String> {
    let columns = width::screen().saturating_sub(2);
    let tries: Vec<_> = (1..=most).map(|most| lines(all, most, lang)).collect();
    let marks = tries.first().map_or(0, Vec::len);
    let line = |at: usize| {
        let each = tries.iter().filter_map(|lines| lines.get(at)).map(|(_, line)| line);
        let fits = each.clone().rev().find(|line| width::of(line) <= columns);
        fits.or(each.clone().next()).cloned().unwrap_or_default()
    };
    (0..marks).map(line).collect()
}

/// The mark of the numbers that decide classes; none where all of them are official, or there are none.
pub(super) fn of_classes(rules: &RuleSet, group: Option<usize>) -> Option<Confidence> {
    let classes = rules.classes.iter().flat_map(|classes| &classes.list);
    let origins = classes.flat_map(|class| match (&class.share, group) {
        (Share::Until(until), Some(group)) => until.of(group).map(|end| end.origin).into_iter().collect(),
        (Share::Until(until), None) => until.each().map(|end| end.origin).collect(),
        (Share::Total(limits), _) => {
            [limits.from, limits.to].into_iter().flatten().map(|(end, _)| end.origin).collect()
        }
        (Share::Nobody, _) => Vec::new(),
    });
    let marks = origins.filter_map(|origin| rules.origins.get(origin)).map(|origin| origin.confidence);
    marks.filter(|mark| !mark.is_official()).max()
}

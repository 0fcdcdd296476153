//! The grades for programs.

use std::io::Write;
use std::path::Path;

use lantu_appraisal::explain::Certainty;
use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::graded::Graded;
use super::origins::unofficial;
use super::sentences::{consequence, reasons};
use super::tally::Counts;
use super::words::meaning;
use crate::commands::told::text;
use crate::models::output::value;

/// Units that are held at a time: a million of them as values would take gigabytes.
const HELD: usize = 1 << 14;

/// Rules, summary, and every unit, a line each.
pub(super) fn write(
    graded: &Graded<'_>,
    path: &Path,
    certainty: Option<&Certainty>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let head = json!({
        "rules": rules(graded, path),
        "data": { "file": graded.data.display().to_string(), "rows": graded.len() },
        "summary": summary(graded),
    });
    let head = serde_json::to_string_pretty(&head)?;
    // The object stays open for the units.
    write!(out, "{},\n  \"units\": [", head.strip_suffix('}').unwrap_or(&head).trim_end())?;
    let rows: Vec<usize> = (0..graded.len()).collect();
    for held in rows.chunks(HELD) {
        let line = |row: &usize| serde_json::to_string(&unit(graded, *row, certainty));
        let lines: Vec<String> = held.par_iter().map(line).collect::<Result<_, _>>()?;
        for (row, line) in held.iter().zip(&lines) {
            write!(out, "{}\n    {line}", if *row == 0 { "" } else { "," })?;
        }
    }
    out.write_all(b"\n  ]\n}\n")?;
    Ok(())
}

fn rules(graded: &Graded<'_>, path: &Path) -> Value {
    let (rules, lang) = (graded.rules, graded.lang);
    let source = |at: usize| rules.sources.get(at).map(|source| source.id.as_str());
    json!({
        "file": path.display().to_string(),
        "series": rules.series,
        "name": text(&rules.name, lang),
        "jurisdiction": text(&rules.jurisdiction, lang),
        "unit": text(&rules.unit, lang),
        "note": rules.note.as_ref().map(|note| text(note, lang)),
        "valid_from": rules.valid_from.to_string(),
        "valid_to": rules.valid_to.map(|day| day.to_string()),
        "out_of_force": graded.out_of_force,
        "sources": rules.sources.iter().map(|source| json!({
            "id": source.id,
            "title": super::source_title(source, lang),
            "url": source.url,
            "clause": source.clause,
            "confidence": source.confidence.word(),
        })).collect::<Vec<_>>(),
        "not_official": unofficial(rules, None, lang).iter().map(|numbers| json!({
            "confidence": numbers.mark.word(),
            "meaning": meaning(numbers.mark, lang),
            "source": source(numbers.source),
            "count": numbers.entries.iter().map(|entry| entry.count).sum::<usize>(),
            "numbers": numbers.entries.iter().map(|entry| json!({
                "of": entry.of,
                "what": entry.kind,
                "values": entry.values,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

fn counted(graded: &Graded<'_>, counts: &Counts) -> Map<String, Value> {
    let classes = graded.classes().iter().zip(&counts.classes);
    let classes: Map<String, Value> = classes.map(|(class, count)| (class.id.clone(), (*count).into())).collect();
    let mut all = Map::new();
    all.insert("units".into(), counts.units.into());
    all.insert("graded".into(), counts.graded.into());
    all.insert("not_graded".into(), (counts.units - counts.graded).into());
    all.insert("classes".into(), classes.into());
    all
}

fn summary(graded: &Graded<'_>) -> Value {
    let mut all = counted(graded, &graded.tally.all);
    if graded.grouped() {
        let groups = graded.prepared.groups.names.iter().zip(&graded.tally.groups);
        let groups = groups.map(|(name, counts)| (name.clone(), counted(graded, counts).into()));
        all.insert("groups".into(), groups.collect::<Map<_, _>>().into());
    }
    all.into()
}

fn unit(graded: &Graded<'_>, row: usize, certainty: Option<&Certainty>) -> Value {
    let (rules, lang) = (graded.rules, graded.lang);
    let items = |number: &dyn Fn(usize) -> f64| -> Map<String, Value> {
        rules.items.iter().enumerate().map(|(at, item)| (item.id.clone(), value(number(at)))).collect()
    };
    let dimensions = rules.dimensions.iter().enumerate().skip(1);
    let outcomes = graded.found.outcomes_of(row).filter_map(|outcome| {
        let rule = rules.consequences.get(outcome.consequence)?;
        Some(json!({
            "id": rule.id,
            "value": if outcome.waived { None } else { outcome.other.or(outcome.value) },
            "unit": rule.unit.as_ref().map(|unit| text(unit, lang)),
            "year": outcome.years,
            "waived": outcome.waived,
            "text": consequence(graded, outcome),
        }))
    });
    let by_total = graded.found.by_total.get(row).and_then(|class| graded.classes().get(usize::from(*class)));
    let sure = certainty.map(|found| {
        let classes = graded.classes().iter().enumerate();
        let shares: Map<String, Value> =
            classes.map(|(at, class)| (class.id.clone(), found.share(at, row).into())).collect();
        json!({ "draws": found.draws, "ranks": found.ranks.get(row), "classes": shares })
    });
    json!({
        "id": graded.name(row),
        "name": Some(graded.title(row)).filter(|name| !name.is_empty()),
        "group": graded.group(row).and_then(|group| graded.prepared.groups.names.get(group)).filter(|n| !n.is_empty()),
        "values": items(&|item| graded.value(item, row)),
        "scores": items(&|item| graded.score(item, row)),
        "dimensions": dimensions
            .map(|(at, dimension)| (dimension.id.clone(), value(graded.dimension(at, row))))
            .collect::<Map<_, _>>(),
        "total": graded.total(row),
        "rank": graded.rank(row),
        "class": graded.class(row).map(|class| &class.id),
        "class_by_total": by_total.map(|class| &class.id),
        "reasons": reasons(graded, row),
        "consequences": outcomes.collect::<Vec<_>>(),
        "certainty": sure.filter(|_| graded.rank(row).is_some()),
    })
}

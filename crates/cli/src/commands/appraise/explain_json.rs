//! One unit explained to programs.

use lantu_appraisal::explain::{Input, Line, NoLift};
use serde_json::{Map, Value, json};

use super::basis::{self, Basis};
use super::explain::{Explained, Sure, basis_in_words};
use super::lifted::input;
use super::lines;
use super::sentences::{consequences, reasons};
use super::{borders, lines::bound};
use crate::models::output::value;

pub(super) fn of(explained: &Explained<'_>) -> Value {
    let (graded, why) = (explained.graded, &explained.why);
    let row = why.row;
    let lines: Vec<Value> = why.lines.iter().map(|found| line(explained, found)).collect();
    let dimensions = lines::of(graded, why).into_iter().filter(|entry| entry.line.is_none());
    let sure = explained.sure().map(|Sure { draws, ranks, shares }| {
        let shares: Map<String, Value> =
            shares.into_iter().map(|(class, share)| (class.to_owned(), share.into())).collect();
        json!({ "draws": draws, "ranks": ranks, "classes": shares })
    });
    json!({
        "id": graded.name(row),
        "name": Some(graded.title(row)).filter(|name| !name.is_empty()),
        "group": why.group.and_then(|group| graded.prepared.groups.names.get(group)),
        "class": graded.class(row).map(|class| &class.id),
        "class_before": borders::last_year(graded, row),
        "border": borders::decisive(graded, row, why.ranked),
        "total": graded.total(row),
        "rank": graded.rank(row),
        "ranked": why.ranked,
        "reasons": reasons(graded, row),
        "consequences": consequences(graded, row),
        "items": lines,
        "dimensions": dimensions
            .map(|entry| json!({ "name": entry.name, "points": value(entry.points), "share": entry.share.map(value) }))
            .collect::<Vec<_>>(),
        "lift": lift(explained),
        "certainty": sure,
    })
}

fn line(explained: &Explained<'_>, line: &Line) -> Value {
    let graded = explained.graded;
    let all = basis::of(graded, explained.why.row, line);
    let said = |basis: &Basis| json!({ "of": basis.names(graded.lang), "from": basis_in_words(graded, basis) });
    // Who is not graded has scores of items, and points of none.
    let ranked = graded.rank(explained.why.row).is_some();
    json!({
        "item": graded.item(line.item).map(|item| item.id.as_str()),
        "name": graded.item_name(line.item),
        "value": value(line.value),
        "scored": value(line.scored),
        "benchmark": line.benchmark.map(value),
        "basis": all.iter().map(said).collect::<Vec<_>>(),
        "confidence": basis::worst(graded, &all).map(|mark| mark.word()),
        "filled": line.filled,
        "bounded": bound(graded, line).map(|(_, number)| value(number.value)),
        "score": value(line.score),
        "weight": value(line.weight),
        "points": line.points.filter(|_| ranked).map(value),
        "share": line.share.filter(|_| ranked).map(value),
    })
}

fn lift(explained: &Explained<'_>) -> Value {
    let graded = explained.graded;
    let class = |at: usize| graded.classes().get(at).map(|class| class.id.as_str());
    let lift = match &explained.lift {
        Ok(lift) => lift,
        Err(NoLift::Excepted(at)) => {
            return json!({ "excepted": graded.rules.exceptions.get(*at).map(|exception| &exception.id) });
        }
        Err(NoLift::Best | NoLift::Ungraded | NoLift::NotAlone) => return Value::Null,
    };
    let place = |input: &Input| match input {
        Input::Column(column) => json!({ "column": column }),
        Input::Item(item) => json!({ "item": graded.item(*item).map(|item| item.id.as_str()) }),
    };
    json!({
        "from": class(lift.from),
        "to": class(lift.to),
        "by_total": class(lift.by_total),
        "needed": value(lift.needed),
        "more_than_needed": lift.more,
        "levers": lift.levers.iter().map(|lever| json!({
            "input": place(&lever.input),
            "name": input(graded, &lever.input),
            "now": value(lever.now),
            "to": value(lever.to),
        })).collect::<Vec<_>>(),
        "powerless": lift.powerless.iter().map(place).collect::<Vec<_>>(),
    })
}

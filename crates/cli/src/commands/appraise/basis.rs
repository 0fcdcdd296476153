//! What a line of an item rests on: its benchmark, weight, cap, floor and factor, each with its own source, or with the data.

use lantu_appraisal::explain::Line;
use lantu_appraisal::rules::{
    Aggregate, Benchmark, Confidence, Item, Limits, Method, Missing, PerGroup, Sourced, Weighing,
};
use lantu_blueprint::Lang;

use super::facts::Kind;
use super::graded::Graded;
use crate::commands::say;

/// Where a number comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// A text: place among the origins of the rules.
    Text(usize),
    /// Worked out from the data.
    Data,
    /// All count the same.
    Equal,
    /// Comparisons in pairs that the rules give.
    Pairs,
}

/// Numbers that come from the same place.
pub(super) struct Basis {
    pub(super) kinds: Vec<Kind>,
    pub(super) from: From,
}

impl Basis {
    /// Their names.
    pub(super) fn names(&self, lang: Lang) -> String {
        self.kinds.iter().map(|kind| say(lang, kind.0, kind.1)).collect::<Vec<_>>().join(say(lang, "、", ", "))
    }
}

/// What is not from a text, in words.
pub(super) fn in_words(from: From, lang: Lang) -> Option<&'static str> {
    match from {
        From::Text(_) => None,
        From::Data => Some(say(lang, "由数据算出", "from the data")),
        From::Equal => Some(say(lang, "等权", "equal")),
        From::Pairs => Some(say(lang, "由两两比较推出", "from comparisons in pairs")),
    }
}

/// All that an item of a unit rests on. Numbers of one text and clause stand together.
pub(super) fn of(graded: &Graded<'_>, row: usize, line: &Line) -> Vec<Basis> {
    let Some(item) = graded.item(line.item) else { return Vec::new() };
    let group = graded.group(row).unwrap_or(0);
    let mut all: Vec<(Kind, From)> = compared(item, group);
    all.extend(weight(graded, item, group).map(|from| (("权重", "weight"), from)));
    let text = |number: Sourced| From::Text(number.origin);
    all.extend(item.normalise.cap.map(|cap| (("封顶", "cap"), text(cap))));
    all.extend(item.normalise.floor.map(|floor| (("保底", "floor"), text(floor))));
    all.extend(item.normalise.scale.map(|scale| (("乘数", "scale"), text(scale))));
    if let (Missing::Value(value), true) = (&item.missing, line.filled) {
        all.push((("缺数时的取值", "value where missing"), text(*value)));
    }
    let mut found: Vec<Basis> = Vec::new();
    for (kind, from) in all {
        match found.iter_mut().find(|basis| same(graded, basis.from, from)) {
            Some(basis) if basis.kinds.contains(&kind) => {}
            Some(basis) => basis.kinds.push(kind),
            None => found.push(Basis { kinds: vec![kind], from }),
        }
    }
    found
}

/// The least reliable mark of what an item rests on; none where no text is behind it.
pub(super) fn worst(graded: &Graded<'_>, all: &[Basis]) -> Option<Confidence> {
    let marks = all.iter().filter_map(|basis| match basis.from {
        From::Text(origin) => graded.rules.origins.get(origin).map(|origin| origin.confidence),
        _ => None,
    });
    marks.max()
}

fn same(graded: &Graded<'_>, one: From, other: From) -> bool {
    let (From::Text(one), From::Text(other)) = (one, other) else { return one == other };
    let origin = |at: usize| graded.rules.origins.get(at).map(|o| (o.source, &o.clause, o.confidence));
    origin(one) == origin(other)
}

/// What the value is compared with.
fn compared(item: &Item, group: usize) -> Vec<(Kind, From)> {
    let benchmark = ("基准", "benchmark");
    let of = |kind: Kind, numbers: &PerGroup| numbers.of(group).map(|number| (kind, From::Text(number.origin)));
    let both = |kind: Kind, low: &PerGroup, high: &PerGroup| [of(kind, low), of(kind, high)].into_iter().flatten();
    let ends = |limits: &Limits| [limits.from, limits.to].into_iter().flatten().map(|(end, _)| end).collect::<Vec<_>>();
    let texts = |kind: Kind, numbers: Vec<Sourced>| -> Vec<(Kind, From)> {
        numbers.into_iter().map(|number| (kind, From::Text(number.origin))).collect()
    };
    match &item.normalise.method {
        Method::AsIs => Vec::new(),
        Method::Ratio { benchmark: Benchmark::Given(numbers), .. } => of(benchmark, numbers).into_iter().collect(),
        Method::BaseTarget { base: low, target: high } | Method::Goalposts { low, high, .. } => {
            both(benchmark, low, high).collect()
        }
        Method::Piecewise { points, .. } => {
            texts(("折线", "curve"), points.iter().flat_map(|(x, y)| [*x, *y]).collect())
        }
        Method::Steps(steps) => {
            let numbers = steps.iter().flat_map(|step| ends(&step.limits).into_iter().chain([step.score]));
            texts(("分段", "steps"), numbers.collect())
        }
        Method::Deduction { full, ageing } => {
            let ages = ageing.iter().map(|age| age.share);
            texts(("满分与折减", "full points"), [*full].into_iter().chain(ages).collect())
        }
        Method::Ratio { .. } | Method::MinMax { .. } | Method::ZScore | Method::Rank => vec![(benchmark, From::Data)],
    }
}

/// Where the weight comes from; none where it only says that the item counts.
fn weight(graded: &Graded<'_>, item: &Item, group: usize) -> Option<From> {
    let above = graded.rules.dimensions.get(item.parent)?;
    if matches!(above.aggregate, Aggregate::Minimum | Aggregate::Maximum) {
        return None;
    }
    match above.weighing {
        Weighing::Given => item.weight.of(group).map(|weight| From::Text(weight.origin)),
        Weighing::Equal => Some(From::Equal),
        Weighing::Pairwise(_) => Some(From::Pairs),
        Weighing::Entropy | Weighing::Critic | Weighing::Principal => Some(From::Data),
    }
}

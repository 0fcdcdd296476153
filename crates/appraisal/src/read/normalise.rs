//! `normalise = { method = …, … }`.

use toml::de::DeValue;

use super::fields::Fields;
use super::limits::limits;
use super::origins::Origins;
use crate::diagnostic::Code;
use crate::rules::{Age, Benchmark, Beyond, Group, Method, Normalise, RatioKind, Round, Sourced, Step, Within};

/// Every method, by the word that stands in a file.
pub(super) const METHODS: &[(&str, Word)] = &[
    ("as_is", Word::AsIs),
    ("ratio", Word::Ratio(RatioKind::Direct)),
    ("inverse_ratio", Word::Ratio(RatioKind::Inverse)),
    ("reverse_ratio", Word::Ratio(RatioKind::Reverse)),
    ("base_target", Word::BaseTarget),
    ("goalposts", Word::Goalposts),
    ("min_max", Word::MinMax),
    ("z_score", Word::ZScore),
    ("rank", Word::Rank),
    ("piecewise", Word::Piecewise),
    ("steps", Word::Steps),
    ("deduction", Word::Deduction),
];

#[derive(Clone, Copy)]
pub(super) enum Word {
    AsIs,
    Ratio(RatioKind),
    BaseTarget,
    Goalposts,
    MinMax,
    ZScore,
    Rank,
    Piecewise,
    Steps,
    Deduction,
}

/// Benchmarks that the data give, by the word that stands in a file.
pub(super) const BENCHMARKS: &[(&str, Computed)] =
    &[("mean", Computed::Mean), ("median", Computed::Median), ("ratio_of_sums", Computed::RatioOfSums)];

#[derive(Clone, Copy)]
pub(super) enum Computed {
    Mean,
    Median,
    RatioOfSums,
}

/// Reads how an item is made comparable; as it is, where nothing is said.
pub(super) fn read(
    item: &Fields<'_>,
    origins: &Origins,
    groups: &[Group],
    above: Option<usize>,
    grouped: bool,
) -> Option<Normalise> {
    let own = if grouped { Within::Group } else { Within::All };
    let Some(fields) = item.table("normalise") else {
        let plain =
            Normalise { method: Method::AsIs, within: own, cap: None, floor: None, scale: None, round: Round::No };
        return (!item.has("normalise")).then_some(plain);
    };
    let origin = origins.of(&fields, above);
    let word = fields.needed("method", fields.choice("method", METHODS));
    let within = within(&fields, "within").unwrap_or(own);
    let cap = origins.number(&fields, "cap", origin);
    let floor = origins.number(&fields, "floor", origin);
    if let Some((cap, floor)) = cap.zip(floor).filter(|(cap, floor)| cap.value < floor.value) {
        fields.page.error(
            Code::BadValue,
            fields.line("cap"),
            format!("上限 {} 低于下限 {}", cap.value, floor.value),
            format!("the cap {} is below the floor {}", cap.value, floor.value),
        );
    }
    let scale = origins.number(&fields, "scale", origin);
    let round = fields.choice("round", &[("up", Round::Up), ("nearest", Round::Nearest), ("no", Round::No)]);
    let method = method(word?, &fields, origins, groups, origin);
    fields.finish();
    Some(Normalise { method: method?, within, cap, floor, scale, round: round.unwrap_or(Round::No) })
}

/// `group`, `all`, or a column.
pub(super) fn within(fields: &Fields<'_>, key: &str) -> Option<Within> {
    Some(match fields.string(key)?.as_str() {
        "group" => Within::Group,
        "all" => Within::All,
        column => Within::Column(column.to_owned()),
    })
}

fn method(
    word: Word,
    fields: &Fields<'_>,
    origins: &Origins,
    groups: &[Group],
    origin: Option<usize>,
) -> Option<Method> {
    let posts = |key: &str| fields.needed(key, origins.per_group(fields, key, groups, origin));
    let log = || fields.flag("log").unwrap_or(false);
    Some(match word {
        Word::AsIs => Method::AsIs,
        Word::Ratio(kind) => Method::Ratio { benchmark: benchmark(fields, origins, groups, origin)?, kind },
        Word::BaseTarget => {
            let (base, target) = (posts("base"), posts("target"));
            Method::BaseTarget { base: base?, target: target? }
        }
        Word::Goalposts => {
            let (low, high) = (posts("low")?, posts("high")?);
            let lowest = high.each().map(|high| high.value).fold(f64::INFINITY, f64::min);
            if low.each().any(|low| low.value >= lowest) {
                fields.page.error(
                    Code::BadValue,
                    fields.line("low"),
                    "low 应小于 high；越小越好的，写 better = \"lower\"",
                    "`low` is below `high`; where less is better, say better = \"lower\"",
                );
            }
            Method::Goalposts { low, high, log: log() }
        }
        Word::MinMax => Method::MinMax { log: log() },
        Word::ZScore => Method::ZScore,
        Word::Rank => Method::Rank,
        Word::Piecewise => piecewise(fields, origins, origin)?,
        Word::Steps => Method::Steps(steps(fields, origins, origin)?),
        Word::Deduction => deduction(fields, origins, origin)?,
    })
}

fn benchmark(fields: &Fields<'_>, origins: &Origins, groups: &[Group], origin: Option<usize>) -> Option<Benchmark> {
    let value = fields.needed("benchmark", fields.value("benchmark"))?;
    if matches!(value.get_ref(), DeValue::String(_)) {
        return fields.choice("benchmark", BENCHMARKS).map(|computed| match computed {
            Computed::Mean => Benchmark::Mean,
            Computed::Median => Benchmark::Median,
            Computed::RatioOfSums => Benchmark::RatioOfSums,
        });
    }
    let numbers = origins.per_group(fields, "benchmark", groups, origin)?;
    if let Some(number) = numbers.each().find(|number| number.value <= 0.0) {
        fields.page.error(
            Code::BadValue,
            fields.line("benchmark"),
            format!("基准要大于 0：{}", number.value),
            format!("a benchmark is above 0: {}", number.value),
        );
    }
    Some(Benchmark::Given(numbers))
}

/// `points = [[value, score], …]`, ascending.
fn piecewise(fields: &Fields<'_>, origins: &Origins, origin: Option<usize>) -> Option<Method> {
    let rows = fields.needed("points", fields.rows("points"))?;
    let pairs: Option<Vec<(f64, f64)>> =
        rows.iter().map(|row| if let [x, y] = row.as_slice() { Some((*x, *y)) } else { None }).collect();
    let ascending =
        |pairs: &Vec<(f64, f64)>| pairs.len() >= 2 && pairs.is_sorted_by(|(before, _), (after, _)| before < after);
    let Some(pairs) = pairs.filter(ascending) else {
        fields.wrong("points", "至少两个 [值, 得分]，值由小到大", "at least two [value, score], values ascending");
        return None;
    };
    let sourced = |value: f64| origins.sourced(fields, "points", value, origin);
    let points = pairs.iter().map(|(x, y)| (sourced(*x), sourced(*y))).collect();
    let beyond = fields.choice("beyond", &[("last", Beyond::Last), ("above", Beyond::Above), ("none", Beyond::None)]);
    Some(Method::Piecewise { points, beyond: beyond.unwrap_or(Beyond::Last) })
}

/// `steps = [{ at_most = …, score = … }, …]`.
fn steps(fields: &Fields<'_>, origins: &Origins, above: Option<usize>) -> Option<Vec<Step>> {
    let tables = fields.needed("steps", fields.value("steps")).map(|_| fields.tables("steps"))?;
    let mut all = Vec::new();
    for step in tables {
        let origin = origins.of(&step, above);
        let limits = limits(&step, origins, origin);
        let score = step.needed("score", origins.number(&step, "score", origin));
        let name = step.text("name");
        step.finish();
        all.push(Step { limits, score: score?, name });
    }
    if all.is_empty() {
        fields.wrong("steps", "至少一段", "at least one range");
        return None;
    }
    Some(all)
}

/// `full = …`, `ageing = [[below months, share], …]`.
fn deduction(fields: &Fields<'_>, origins: &Origins, origin: Option<usize>) -> Option<Method> {
    let full = fields.needed("full", origins.number(fields, "full", origin));
    let rows = fields.rows("ageing").unwrap_or_default();
    let months = |row: &Vec<f64>| match row.as_slice() {
        [months, share] if months.fract() == 0.0 && (1.0..=1200.0).contains(months) && (0.0..=1.0).contains(share) => {
            Some(Age { below_months: *months as u32, share: age_share(fields, origins, *share, origin) })
        }
        _ => None,
    };
    let ageing: Option<Vec<Age>> = rows.iter().map(months).collect();
    let ascending = |ages: &Vec<Age>| ages.is_sorted_by(|before, after| before.below_months < after.below_months);
    let Some(ageing) = ageing.filter(ascending) else {
        fields.wrong(
            "ageing",
            "[月数, 份额] 的列表，月数由小到大，份额在 0 与 1 之间",
            "a list of [months, share], months ascending, shares between 0 and 1",
        );
        return None;
    };
    Some(Method::Deduction { full: full?, ageing })
}

fn age_share(fields: &Fields<'_>, origins: &Origins, share: f64, origin: Option<usize>) -> Sourced {
    origins.sourced(fields, "ageing", share, origin)
}

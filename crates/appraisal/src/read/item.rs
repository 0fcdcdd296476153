//! `[[item]]`.

use super::dimensions::{parent, weight};
use super::fields::{Fields, is_number};
use super::normalise;
use super::origins::Origins;
use crate::diagnostic::Code;
use crate::rules::{Average, Benchmark, Dimension, Group, Item, Method, Missing, Outliers, Spread, Transform, Within};

/// What items refer to.
pub(super) struct Known<'a> {
    pub(super) origins: &'a Origins,
    pub(super) groups: &'a [Group],
    pub(super) dimensions: &'a [Dimension],
    pub(super) grouped: bool,
    /// Whether a greater total is better.
    pub(super) better_high: bool,
    pub(super) origin: Option<usize>,
}

pub(super) const MISSING: &[(&str, Word)] = &[
    ("refuse", Word::Refuse),
    ("drop", Word::Drop),
    ("zero", Word::Zero),
    ("group_score", Word::GroupScore),
    ("mean", Word::Impute(Average::Mean)),
    ("median", Word::Impute(Average::Median)),
];

#[derive(Clone, Copy)]
pub(super) enum Word {
    Refuse,
    Drop,
    Zero,
    GroupScore,
    Impute(Average),
}

/// Columns of results, and names that conditions know.
const RESERVED: &[&str] = &["total", "rank", "class", "reasons", "consequences"];

/// Reads an item.
pub(super) fn read(fields: &Fields<'_>, known: &Known<'_>) -> Option<Item> {
    let origin = known.origins.of(fields, known.origin);
    let id = fields.needed("id", fields.string("id"));
    if let Some(id) = id.as_deref().filter(|id| RESERVED.contains(id)) {
        fields.page.error(
            Code::BadValue,
            fields.line("id"),
            format!("指标项不能叫「{id}」：结果里有同名的列"),
            format!("an item cannot be called `{id}`: results have a column of that name"),
        );
    }
    let name = fields.needed("name", fields.text("name"));
    let unit = fields.text("unit");
    let formula = fields.string("value").or_else(|| id.clone());
    let value = formula.as_deref().and_then(|formula| fields.formula("value", formula));
    let better = fields.choice("better", &[("higher", true), ("lower", false)]);
    let weight = weight(fields, known.origins, known.groups, origin);
    let groups = in_groups(fields, known.groups);
    let parent = parent(fields, known.dimensions);
    let missing = missing(fields, known, origin);
    let outliers = outliers(fields);
    let normalise = normalise::read(fields, known.origins, known.groups, origin, known.grouped);
    let spread = spread(fields);
    let normalise = normalise?;
    let item = Item {
        line: fields.line("id"),
        id: id?,
        name: name?,
        unit,
        value: value?,
        formula: formula?,
        better_high: better.unwrap_or_else(|| better_high(&normalise.method, known.better_high)),
        weight: weight?,
        groups: groups?,
        parent: parent?,
        missing: missing?,
        outliers,
        normalise,
        spread,
    };
    check_ratio(fields, &item);
    Some(item)
}

/// Which way a value counts where the file does not say it: the way that fits the total.
fn better_high(method: &Method, total: bool) -> bool {
    method.rises().is_none_or(|rises| rises == total)
}

fn check_ratio(fields: &Fields<'_>, item: &Item) {
    let sums = matches!(item.normalise.method, Method::Ratio { benchmark: Benchmark::RatioOfSums, .. });
    if sums && item.value.division().is_none() {
        fields.page.error(
            Code::BadValue,
            fields.line("value"),
            "基准为 ratio_of_sums 时，value 须是一个除式：甲 / 乙",
            "with the benchmark ratio_of_sums, `value` has to be a division: a / b",
        );
    }
}

fn in_groups(fields: &Fields<'_>, groups: &[Group]) -> Option<Vec<usize>> {
    let names = fields.list("groups");
    let place =
        |name: &String| fields.place("groups", name, ("组", "group"), groups.iter().map(|group| group.id.as_str()));
    names.iter().map(place).collect()
}

/// A word, a number, or `{ take = "mean", within = … }`.
fn missing(fields: &Fields<'_>, known: &Known<'_>, origin: Option<usize>) -> Option<Missing> {
    let Some(value) = fields.value("missing") else { return Some(Missing::Refuse) };
    if is_number(value.get_ref()) {
        return known.origins.number(fields, "missing", origin).map(Missing::Value);
    }
    let own = if known.grouped { Within::Group } else { Within::All };
    let of = |word: Word, within: Within| match word {
        Word::Refuse => Missing::Refuse,
        Word::Drop => Missing::Drop,
        Word::Zero => Missing::Zero,
        Word::GroupScore => Missing::GroupScore,
        Word::Impute(average) => Missing::Impute(average, within),
    };
    if value.get_ref().as_str().is_some() {
        return fields.choice("missing", MISSING).map(|word| of(word, own));
    }
    let inner = fields.table("missing")?;
    if inner.has("value") {
        return known.origins.number(fields, "missing", origin).map(Missing::Value);
    }
    let word = inner.needed("take", inner.choice("take", MISSING));
    let within = normalise::within(&inner, "within").unwrap_or(own);
    inner.finish();
    word.map(|word| of(word, within))
}

/// `outliers = { skewness = 2, kurtosis = 3.5, most = 5, otherwise = "log" }`.
fn outliers(fields: &Fields<'_>) -> Option<Outliers> {
    let inner = fields.table("outliers")?;
    let skewness = inner.needed("skewness", inner.number("skewness"));
    let kurtosis = inner.needed("kurtosis", inner.number("kurtosis"));
    let most = inner.needed("most", inner.count("most"));
    let otherwise = inner.choice("otherwise", &[("log", Transform::Log), ("box_cox", Transform::BoxCox)]);
    inner.finish();
    Some(Outliers { skewness: skewness?, kurtosis: kurtosis?, most: most? as usize, otherwise })
}

/// `spread = 0.05`, or `spread = ["low_column", "high_column"]`.
fn spread(fields: &Fields<'_>) -> Option<Spread> {
    let value = fields.value("spread")?;
    if is_number(value.get_ref()) {
        let share = fields.number("spread")?;
        if (0.0..=1.0).contains(&share) {
            return Some(Spread::Share(share));
        }
    } else if let [low, high] = fields.list("spread").as_slice() {
        return Some(Spread::Columns(low.clone(), high.clone()));
    }
    fields.wrong(
        "spread",
        "0 与 1 之间的份额，或 [下限列, 上限列]",
        "a share between 0 and 1, or [column of lows, column of highs]",
    );
    None
}

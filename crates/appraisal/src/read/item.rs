//! `[[item]]`.

use super::dimensions::negative_weight;
use super::fields::Fields;
use super::normalise::{self, is_number};
use super::origins::Origins;
use crate::diagnostic::Code;
use crate::expression::{Expression, parse};
use crate::rules::{
    Average, Benchmark, Confidence, Dimension, Group, Item, Method, Missing, Outliers, PerGroup, Sourced, Spread, Text,
    Transform, Within,
};

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
    let origin = fields.origin(known.origins, known.origin);
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
    let value = formula.as_deref().and_then(|formula| expression(fields, "value", formula));
    let better = fields.choice("better", &[("higher", true), ("lower", false)]);
    let weight = known.origins.per_group(fields, "weight", known.groups, origin);
    let weight = match weight {
        None if fields.has("weight") => None,
        // Nobody wrote it: it is ours.
        None => Some(PerGroup::Same(Sourced {
            value: 1.0,
            origin: known.origins.nowhere(fields.line("id"), Confidence::Own),
        })),
        found => found,
    };
    if let Some(number) = weight.iter().flat_map(PerGroup::each).find(|number| number.value < 0.0) {
        negative_weight(fields, number.value);
    }
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

/// Reads a formula, and tells where it goes wrong.
pub(super) fn expression(fields: &Fields<'_>, key: &str, text: &str) -> Option<Expression> {
    match parse(text) {
        Ok(found) => Some(found),
        Err(mistake) => {
            let column = text.get(..mistake.at).map_or(0, |before| before.chars().count()) + 1;
            fields.page.error(
                Code::BadFormula,
                fields.line(key),
                format!("公式「{text}」第 {column} 个字：{}", mistake.zh),
                format!("formula `{text}`, character {column}: {}", mistake.en),
            );
            None
        }
    }
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

/// The dimension that a part names; the total where it names none.
pub(super) fn parent(fields: &Fields<'_>, dimensions: &[Dimension]) -> Option<usize> {
    let Some(name) = fields.string("parent") else { return Some(0) };
    fields.place("parent", &name, ("维度", "dimension"), dimensions.iter().map(|dimension| dimension.id.as_str()))
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

/// A name for something that needs none of its own.
pub(super) fn plain(zh: &str, en: &str) -> Text {
    Text { zh: zh.to_owned(), en: en.to_owned() }
}

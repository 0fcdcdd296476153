//! `docs/appraisal-asem.md`.

use lantu_appraisal::evaluate::{Appraisal, Context, Prepared, Treated, prepare};
use lantu_appraisal::read::units::{Wanted, read};
use lantu_appraisal::rules::{Aggregate, Part, RuleSet, Weighing};
use lantu_appraisal::units::Units;

use super::{fixed, kept, short, table};
use crate::support::{file, rules_of};

const SHOWN: &str = "SGP";

fn ranks(rules: &RuleSet, units: &Units) -> Vec<u32> {
    let (prepared, problems) = prepare(rules, units, &Context::default());
    assert!(problems.is_empty(), "{problems:#?}");
    prepared.appraise(&prepared.weights, &[]).ranks
}

/// The same rules with another weighing where items are the parts.
fn weighed(rules: &RuleSet, weighing: &Weighing) -> RuleSet {
    let mut other = rules.clone();
    let holds_items = |parts: &[Part]| parts.iter().all(|part| matches!(part, Part::Item(_)));
    for dimension in other.dimensions.iter_mut().filter(|dimension| holds_items(&dimension.parts)) {
        dimension.weighing = weighing.clone();
    }
    other
}

/// The same rules with a geometric mean where dimensions are the parts. (A least score is 0: among items it would make any
/// country's mean 0.)
fn geometric(rules: &RuleSet) -> RuleSet {
    let mut other = rules.clone();
    let holds_dimensions = |parts: &[Part]| parts.iter().all(|part| matches!(part, Part::Dimension(_)));
    for dimension in other.dimensions.iter_mut().filter(|dimension| holds_dimensions(&dimension.parts)) {
        dimension.aggregate = Aggregate::Geometric;
    }
    other
}

/// One country from its values to its scores.
fn stages(prepared: &Prepared<'_>, row: usize) -> String {
    let line = |(at, item): (usize, &lantu_appraisal::rules::Item)| {
        let value = prepared.values[at][row];
        let imputed = prepared.items[at].imputed.as_ref().map_or(value, |column| column[row]);
        let treated = prepared.scored(at, row);
        let changed = |before: f64, after: f64| if before == after { String::new() } else { short(after) };
        vec![
            format!("`{}` {} · {}", item.id, item.name.zh, item.name.en),
            format!("`{}`", item.formula),
            if value.is_nan() { String::new() } else { short(value) },
            changed(value, imputed),
            changed(imputed, treated),
            fixed(prepared.scores[at][row], 2),
        ]
    };
    let head = ["项 · item", "公式 · formula", "值 · value", "补上 · filled in", "收进 · drawn in", "得分 · score"];
    table(&head, prepared.rules.items.iter().enumerate().map(line))
}

/// Items with values drawn in, and the outermost value before and after.
fn treatment(prepared: &Prepared<'_>) -> (usize, String) {
    let mut points = 0;
    let mut lines = Vec::new();
    for (at, item) in prepared.rules.items.iter().enumerate() {
        let Treated::DrawnIn { low, high } = prepared.items[at].treatment else { continue };
        points += low + high;
        let before = prepared.items[at].imputed.as_ref().unwrap_or(&prepared.values[at]);
        let after = prepared.items[at].treated.as_ref().unwrap();
        let outermost = |column: &[f64]| {
            let ordered = column.iter().copied();
            if high > 0 { ordered.reduce(f64::max) } else { ordered.reduce(f64::min) }.unwrap()
        };
        lines.push(vec![
            format!("`{}` {} · {}", item.id, item.name.zh, item.name.en),
            low.to_string(),
            high.to_string(),
            short(outermost(before)),
            short(outermost(after)),
        ]);
    }
    let head =
        ["项 · item", "最低的 · lowest", "最高的 · highest", "最外面的值 · outermost value", "收进后 · drawn in to"];
    (points, table(&head, lines))
}

fn countries(prepared: &Prepared<'_>, found: &Appraisal, order: &[usize], names: &dyn Fn(usize) -> String) -> String {
    let parts = ["Conn", "Sust"].map(|id| prepared.rules.dimensions.iter().position(|part| part.id == id).unwrap());
    let deeper = prepared.rules.dimensions.iter().enumerate().filter(|(_, part)| part.parent.is_some_and(|up| up > 0));
    let columns: Vec<usize> = parts.into_iter().chain(deeper.map(|(at, _)| at)).collect();
    let titles: Vec<String> = columns
        .iter()
        .map(|at| &prepared.rules.dimensions[*at].name)
        .map(|name| format!("{} · {}", name.zh, name.en))
        .collect();
    let mut head = vec!["名次 · rank", "国家 · country", "指数 · index"];
    head.extend(titles.iter().map(String::as_str));
    let line = |row: &usize| {
        let mut cells = vec![found.ranks[*row].to_string(), names(*row), fixed(found.totals[*row], 2)];
        cells.extend(columns.iter().map(|at| fixed(found.dimensions[*at][*row], 2)));
        cells
    };
    table(&head, order.iter().map(line))
}

#[test]
fn the_page_is_what_a_run_gives() {
    let rules = rules_of("asem-2018");
    let mut wanted = Wanted::by(&rules);
    wanted.words.insert("name".to_owned());
    let units = read(&file("tests/appraisal/asem/units.csv"), &wanted).0.unwrap();
    let (prepared, _) = prepare(&rules, &units, &Context::default());
    let found = prepared.appraise(&prepared.weights, &[]);
    let names = |row: usize| format!("{} {}", units.ids[row], units.columns["name"].word(row).unwrap());
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by_key(|row| found.ranks[*row]);

    let others = [geometric(&rules), weighed(&rules, &Weighing::Entropy), weighed(&rules, &Weighing::Principal)]
        .map(|other| ranks(&other, &units));
    let line = |row: &usize| {
        let mut cells = vec![names(*row), found.ranks[*row].to_string()];
        cells.extend(others.iter().map(|ranks| ranks[*row].to_string()));
        cells
    };
    let head = [
        "国家 · country",
        "公布的算法，等权 · as published, equal weights",
        "几何平均 · geometric mean",
        "熵权 · entropy weights",
        "主成分权 · principal components",
    ];
    let compared = table(&head, order.iter().map(line));
    let moved = others.each_ref().map(|ranks| {
        let moves: Vec<u32> = ranks.iter().zip(&found.ranks).map(|(one, other)| one.abs_diff(*other)).collect();
        let mean = f64::from(moves.iter().sum::<u32>()) / moves.len() as f64;
        (fixed(mean, 1), *moves.iter().max().unwrap())
    });
    let moved =
        moved.into_iter().zip(&head[2..]).map(|((mean, most), name)| vec![(*name).to_owned(), mean, most.to_string()]);
    let moved = table(
        &["与公布的算法相比 · against the published way", "平均差几名 · places apart, on average", "最多 · at most"],
        moved,
    );

    let filled = prepared.values.iter().flatten().filter(|value| value.is_nan()).count();
    let (points, treatment) = treatment(&prepared);
    let shown = units.row(SHOWN).unwrap();
    let (stages, name) = (stages(&prepared, shown), names(shown));
    let (index, rank) = (fixed(found.totals[shown], 2), found.ranks[shown]);
    let all = countries(&prepared, &found, &order, &names);
    kept(
        "appraisal-asem.md",
        &format!(
            "# 亚欧可持续互联互通 · ASEM Sustainable Connectivity

一份规则文件（[rules/asem-2018.toml](../rules/asem-2018.toml)）从 51 国的 49 项数据一路算到指数：除以分母、按洲补缺、收进离群值、换成 0 到 100、逐层平均。
COINr 随附的对象保存了每一步的结果；测试把每一步的每个数都与它相比（相对误差不超过 1e-13），名次也逐一相同。这一页的数由测试算出。数据与来源：
[tests/appraisal/README.md](../tests/appraisal/README.md)。

One rule file ([rules/asem-2018.toml](../rules/asem-2018.toml)) leads from 49 figures of 51 countries to the index: divided by denominators, gaps filled by continent,
values far out drawn in, brought to 0 … 100, averaged floor by floor. An object that comes with COINr holds the result of every step; a test compares every
number of every step with it (1e-13, relative), and ranks one by one. A test computes the figures of this page. Data and origin:
[tests/appraisal/README.md](../tests/appraisal/README.md).

## 51 国 · The 51 countries

{all}
## 一个国家的每一步 · One country, step by step

{name}：指数 {index}，第 {rank} 名。空格是没有变动。 · {name}: index {index}, place {rank}. An empty cell is no change.

{stages}
## 收进的离群值 · Values drawn in

49 项里共 {filled} 个缺值补上了同洲的平均值，{points} 个点收了进来，没有一项要取对数。 · {filled} missing values of the 49 items took the mean of the continent,
{points} points were drawn in, and no item needed a logarithm.

{treatment}
## 换一种算法，名次差多少 · How much another way moves the places

公布的算法里各项同样重要，逐层取算术平均。这里各换一处：上面两层改几何平均；或各维度之内改由数据定权（熵权，主成分权）。

As published, items count the same and every floor is an arithmetic mean. Here one thing is changed at a time: a geometric mean on the two floors above the
dimensions; or, within dimensions, weights from the data (entropy, principal components).

{moved}
{compared}",
        ),
    );
}

//! `docs/appraisal-hdi.md`.

use lantu_appraisal::evaluate::{Context, prepare};

use super::{fixed, kept, short, table};
use crate::support::{file, graded, rules_of, units_for};

const SHOWN: &str = "CHN";

#[test]
fn the_page_is_what_a_run_gives() {
    let rules = rules_of("undp-hdi");
    // Sums over regions of the world have codes of their own; they are no countries and take no place.
    let text = file("tests/appraisal/hdi/hdr_2023_24.csv");
    let rows: Vec<&str> = text.lines().filter(|line| !line.starts_with("ZZ")).collect();
    let units = units_for(&rules, &rows.join("\n"));
    let found = graded(&rules, &units);
    let (prepared, _) = prepare(&rules, &units, &Context::default());
    let classes = &rules.classes.as_ref().unwrap().list;
    let published = |row: usize| {
        let cells: Vec<&str> = rows[row + 1].split(',').collect();
        (cells[1].parse::<f64>().ok(), cells[2].to_lowercase())
    };
    let (le, eys, mys, gnipc) = (0, 1, 2, 3);
    let education = rules.dimensions.iter().position(|dimension| dimension.id == "education").unwrap();

    let mut order: Vec<usize> = (0..units.len()).filter(|row| found.ranks[*row] > 0).collect();
    order.sort_by_key(|row| found.ranks[*row]);
    let line = |row: &usize| {
        let class = &classes[usize::from(found.classes[*row])].name;
        vec![
            found.ranks[*row].to_string(),
            units.ids[*row].clone(),
            fixed(found.totals[*row], 3),
            fixed(published(*row).0.unwrap(), 3),
            fixed(prepared.scores[le][*row], 3),
            fixed(found.dimensions[education][*row], 3),
            fixed(prepared.scores[gnipc][*row], 3),
            format!("{} · {}", class.zh, class.en),
        ]
    };
    let head = [
        "名次 · rank",
        "国家 · country",
        "HDI",
        "公布 · published",
        "寿命指数 · life expectancy index",
        "教育指数 · education index",
        "收入指数 · income index",
        "组 · group",
    ];
    let top = table(&head, order.iter().take(10).map(line));
    let bottom = table(&head, order.iter().skip(order.len() - 10).map(line));

    let groups = classes.iter().enumerate().map(|(at, class)| {
        let run = found.classes.iter().filter(|class| usize::from(**class) == at).count();
        let there = (0..units.len()).filter(|row| published(*row).1 == class.name.en).count();
        vec![format!("{} · {}", class.name.zh, class.name.en), run.to_string(), there.to_string()]
    });
    let groups = table(&["组 · group", "算出 · as run", "公布 · published"], groups);

    let row = units.row(SHOWN).unwrap();
    let steps = [le, eys, mys, gnipc].map(|item| {
        let rule = &rules.items[item];
        let unit = rule.unit.as_ref().unwrap();
        vec![
            format!("{} · {}", rule.name.zh, rule.name.en),
            short(prepared.values[item][row]),
            format!("{} · {}", unit.zh, unit.en),
            fixed(prepared.scores[item][row], 4),
        ]
    });
    let steps = table(&["项 · item", "值 · value", "单位 · unit", "得分 · score"], steps);
    let parts = [prepared.scores[le][row], found.dimensions[education][row], prepared.scores[gnipc][row]];
    let [life, school, income] = parts.map(|part| fixed(part, 4));
    let (exact, total) = (fixed(found.dimensions[0][row], 6), fixed(found.totals[row], 3));
    let count = order.len();
    let listed = |wanted: &dyn Fn(usize) -> bool| {
        (0..units.len()).filter(|row| wanted(*row)).map(|row| units.ids[row].clone()).collect::<Vec<_>>()
    };
    let without = listed(&|row| published(row).0.is_none());
    let (without_zh, without_en) = (without.join("、"), without.join(" and "));
    let ungrouped = listed(&|row| published(row).0.is_some() && published(row).1.is_empty()).join("、");
    assert!(order.iter().all(|row| published(*row).0 == Some(found.totals[*row])));

    kept(
        "appraisal-hdi.md",
        &format!(
            "# 人类发展指数 · Human Development Index

一份规则文件（[rules/undp-hdi.toml](../rules/undp-hdi.toml)）就是开发计划署的算法：寿命、教育、收入三个指数的几何平均；教育指数是两项年限的算术平均，收入取对数。
这一页的数由测试算出并与公布值对照：{count} 个有公布值的国家和地区，三位小数全部相同，写了组的分组也全部相同（连同各地区的合计共 204 行）。数据是 2022 年的，
出自《2023/24 年人类发展报告》。

One rule file ([rules/undp-hdi.toml](../rules/undp-hdi.toml)) is UNDP's method: the geometric mean of three indices, life expectancy, education and income;
education is the arithmetic mean of two numbers of years, and logarithms of income are compared. A test computes the figures of this page and holds them
against those published: all {count} countries and areas with a value agree to three decimals, and in their group where one is stated (with the world's regions, 204 rows). Data
are of 2022, from the Human Development Report 2023/24.

© UNDP，CC BY 3.0 IGO（数据 · data；[tests/appraisal/README.md](../tests/appraisal/README.md)）。

## 最高的十个 · The first ten

{top}
## 最低的十个 · The last ten

{bottom}
三位小数相同的同名次。 · Those with the same three decimals share a place.

## 各组有多少 · How many in each group

{groups}
{without_zh} 没有公布值，也算不出；{ungrouped} 在所用的表里没有写组。 · {without_en} have no published value, and none can be computed; the table used states no
group for {ungrouped}.

## 一个国家怎样算 · How one country is computed

{SHOWN}，2022 年。 · {SHOWN}, 2022.

{steps}
教育指数是中间两项的平均，{school}。 · The education index is the mean of the two in the middle, {school}.

HDI = ({life} × {school} × {income})^(1/3) = {exact} ≈ {total}
"
        ),
    );
}

//! Thresholds for factories and small firms: on each of them, and just below.

use super::support::{classes, graded, rules_of, units_for};
use lantu_appraisal::evaluate::{NO_CLASS, Reason};

const FACTORY: &str = "id,tier,digital_level,investment_wan,completed_year,in_production_by_october_2026,violations_2_years,major_problems_2_years,credit_good_or_better\n";

#[test]
fn factories_on_the_threshold_and_below() {
    for (tier, level, investment) in [
        ("workshop", 2.0, Some(2000.0)),
        ("workshop_mountain", 2.0, Some(1500.0)),
        ("smart", 2.0, Some(4000.0)),
        ("smart_mountain", 2.0, Some(3000.0)),
        ("pilot", 3.0, None),
    ] {
        let row = |id: &str, level: f64, less: f64| {
            let investment = investment.map_or(String::new(), |wan: f64| (wan - less).to_string());
            format!("{id},{tier},{level},{investment},2023,,0,0,1\n")
        };
        let table =
            format!("{FACTORY}{}{}{}", row("on", level, 0.0), row("level", level - 0.1, 0.0), row("money", level, 1.0));
        let money = if investment.is_some() { "fails" } else { "qualifies" };
        assert_eq!(classes("zhejiang-future-factory-2025", &table), ["qualifies", "fails", money], "{tier}");
    }
}

#[test]
fn what_a_factory_lacks_is_named() {
    let rules = rules_of("zhejiang-future-factory-2025");
    let table = format!(
        "{FACTORY}old,smart,2.5,5000,2022,,0,0,1\nunder-way,smart,2.5,5000,,1,0,0,1\nlate,smart,2.5,5000,,0,0,0,1\nfined,smart,2.5,5000,2024,,1,0,1\ncredit,smart,2.5,5000,2024,,0,0,0\nunknown,smart,2.5,5000,2024,,0,0,\n"
    );
    let found = graded(&rules, &units_for(&rules, &table));
    let lacks = |row: usize| {
        let decides = found.reasons_of(row).filter_map(|reason| match reason {
            Reason::Decides { item } if found.totals[row] < 1.0 => Some(rules.items[*item].id.as_str()),
            _ => None,
        });
        decides.collect::<Vec<_>>()
    };
    let lacking: Vec<Vec<&str>> = (0..5).map(lacks).collect();
    assert_eq!(lacking, [vec!["completion"], vec![], vec!["completion"], vec!["record"], vec!["credit"]]);
    // What is not known is neither yes nor no.
    assert!(found.totals[5].is_nan() && found.classes[5] == NO_CLASS);
}

#[test]
fn specialised_firms() {
    let table = "id,years_in_niche,rd_wan,revenue_wan,equity_2_years_wan,evaluation_points
on,2,100,1000,,60
years,1.9,100,1000,,60
spending,2,99,1000,,60
share,2,100,3334,,60
share-on,2,120,4000,,60
size,2,100,999,,60
equity,2,100,500,2000,60
points,2,100,1000,,59.9
";
    let expected = ["qualifies", "fails", "fails", "fails", "qualifies", "fails", "qualifies", "fails"];
    assert_eq!(classes("sme-specialised-2022", table), expected);
}

#[test]
fn little_giants() {
    let head = "id,years_in_niche,main_business_share,growth_2_years,debt_ratio,market_share,rd_wan,revenue_wan,rd_staff,staff\n";
    let table = format!(
        "{head}on,3,0.7,0.05,0.7,0.1,300,10000,25,100
years,2,0.7,0.05,0.7,0.1,300,10000,25,100
main,3,0.69,0.05,0.7,0.1,300,10000,25,100
growth,3,0.7,0.049,0.7,0.1,300,10000,25,100
debt,3,0.7,0.05,0.71,0.1,300,10000,25,100
market,3,0.7,0.05,0.7,0.09,300,10000,25,100
rd,3,0.7,0.05,0.7,0.1,299,10000,25,100
middle,3,0.7,0.05,0.7,0.1,300,5000,25,100
middle-rd,3,0.7,0.05,0.7,0.1,300,9999,25,100
staff,3,0.7,0.05,0.7,0.1,300,10000,24,100
small,3,0.7,0.05,0.7,0.1,900,4999,25,100
"
    );
    let expected =
        ["qualifies", "fails", "fails", "fails", "fails", "fails", "fails", "qualifies", "fails", "fails", ""];
    assert_eq!(classes("sme-little-giant-2022", &table), expected);
}

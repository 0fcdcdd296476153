//! Names of columns and names of items are not confused.

use lantu_appraisal::evaluate::NO_RANK;

use super::support::{graded, read_rules, units_for};

const RULES: &str = r#"
kind = "appraisal"
series = "names"
name = { zh = "名", en = "names" }
jurisdiction = { zh = "某地", en = "somewhere" }
unit = { zh = "企业", en = "firm" }
valid_from = 2024-01-01
source = "ours"

[[sources]]
id = "ours"
title = "made up"
confidence = "own"

[total]
aggregate = "sum"

[[item]]
id = "tax"
name = { zh = "亩均税收", en = "tax per mu" }
value = "tax / land"

[[item]]
id = "energy"
name = { zh = "亩均能耗", en = "energy per mu" }
value = "coal / land"
weight = 0

[[class]]
id = "fair"

[[exception]]
id = "much"
reason = { zh = "能耗高", en = "much energy" }
when = "energy > 5"
exempt = true
"#;

/// `tax` is a column although an item has its name; `energy` in the condition is the item, for there is no such column.
#[test]
fn an_item_may_have_the_name_of_a_column_that_it_is_computed_from() {
    let rules = read_rules(RULES);
    let units = units_for(&rules, "id,tax,land,coal\none,30,2,8\nother,30,2,12\n");
    let found = graded(&rules, &units);
    assert_eq!(found.totals[0], 15.0);
    assert_eq!(found.ranks, [1, NO_RANK]);
}

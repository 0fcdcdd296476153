//! Two methods of choosing among alternatives, whole: as a rule file over a table. Expected digits are those of other programs.

use lantu_appraisal::evaluate::{Context, prepare};

use super::support::{graded, read_rules, units_for};

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-14, "{found} is not {expected}");
}

/// The head of a rule file, with a total.
fn head(total: &str) -> String {
    format!(
        r#"
kind = "appraisal"
series = "choice"
name = {{ zh = "选择", en = "choice" }}
jurisdiction = {{ zh = "教科书", en = "textbook" }}
unit = {{ zh = "方案", en = "alternative" }}
valid_from = 2024-01-01
source = "book"

[[sources]]
id = "book"
title = "the book named in the test"
confidence = "B"

[total]
{total}
"#
    )
}

fn item(id: &str, rest: &str) -> String {
    format!("[[item]]\nid = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\n{rest}\n")
}

/// TOPSIS: the four units of Tzeng and Huang (2011), *Multiple attribute decision making*; `test_TOPSIS_tzeng2011multiple` of
/// `scikit-criteria`, digits of its version 0.10, and the same with a second item of which less is better.
#[test]
fn nearness_to_the_ideal() {
    let table = "id,one,two,three\na,5,8,4\nb,7,6,8\nc,8,8,6\nd,7,4,6\n";
    let cases = [
        (
            "higher",
            [0.503_719_658_579_518_8, 0.658_084_771_961_813_8, 0.748_248_659_940_623_8, 0.333_997_436_943_342],
            [3, 2, 1, 4],
        ),
        ("lower", [0.0, 0.658_084_771_961_813_8, 0.388_560_346_048_332_45, 0.718_231_057_229_778_1], [4, 2, 3, 1]),
    ];
    for (second, closeness, ranks) in cases {
        let items = [
            item("one", "weight = 0.3"),
            item("two", &format!("weight = 0.4\nbetter = \"{second}\"")),
            item("three", "weight = 0.3"),
        ];
        let rules = read_rules(&(head("aggregate = \"topsis\"") + &items.concat()));
        let found = graded(&rules, &units_for(&rules, table));
        found.totals.iter().zip(closeness).for_each(|(found, expected)| near(*found, expected));
        assert_eq!(found.ranks, ranks);
    }
}

/// AHP: which drink is drunk more in the United States (Saaty 2008, table 2, published .177 .019 .042 .116 .190 .129 .327);
/// digits of `pymcdm` 1.4.0. A drink that is all there is totals its own weight.
#[test]
fn weights_from_comparisons_in_pairs() {
    let drinks = ["coffee", "wine", "tea", "beer", "sodas", "milk", "water"];
    let pairs = [
        [1.0, 9.0, 5.0, 2.0, 1.0, 1.0, 1.0 / 2.0],
        [1.0 / 9.0, 1.0, 1.0 / 3.0, 1.0 / 9.0, 1.0 / 9.0, 1.0 / 9.0, 1.0 / 9.0],
        [1.0 / 5.0, 3.0, 1.0, 1.0 / 3.0, 1.0 / 4.0, 1.0 / 3.0, 1.0 / 9.0],
        [1.0 / 2.0, 9.0, 3.0, 1.0, 1.0 / 2.0, 1.0, 1.0 / 3.0],
        [1.0, 9.0, 4.0, 2.0, 1.0, 2.0, 1.0 / 2.0],
        [1.0, 9.0, 3.0, 1.0, 1.0 / 2.0, 1.0, 1.0 / 3.0],
        [2.0, 9.0, 9.0, 3.0, 2.0, 3.0, 1.0],
    ];
    let expected = [
        0.177_456_747_445_716_82,
        0.019_149_476_024_353_605,
        0.041_831_181_662_097_88,
        0.116_417_031_734_858_7,
        0.189_572_375_326_176_24,
        0.128_780_548_538_722_53,
        0.326_792_639_268_074_34,
    ];
    let total = format!("aggregate = \"arithmetic\"\nweights = \"pairwise\"\npairs = {pairs:?}");
    let rules = read_rules(&(head(&total) + &drinks.map(|drink| item(drink, "")).concat()));
    let alone = |drink: &str| drinks.map(|other| if other == drink { "1" } else { "0" }).join(",");
    let rows = drinks.map(|drink| format!("{drink},{}\n", alone(drink))).concat();
    let units = units_for(&rules, &format!("id,{}\n{rows}", drinks.join(",")));
    let (prepared, problems) = prepare(&rules, &units, &Context::default());
    assert!(problems.is_empty(), "{problems:#?}");
    let found = graded(&rules, &units);
    for (part, expected) in expected.into_iter().enumerate() {
        near(prepared.weights.get(0, part, 0).unwrap(), expected);
        near(found.totals[part], expected);
    }
    assert_eq!(found.ranks, [3, 7, 6, 5, 2, 4, 1]);
}

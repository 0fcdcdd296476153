//! What is wrong in rules or tables has a defined result or a located diagnostic, and no unit is lost.

use lantu_appraisal::diagnostic::{Code, Severity};
use lantu_appraisal::evaluate::{Appraisal, Context, NO_CLASS, NO_RANK, Reason, appraise};
use lantu_appraisal::expression::Cause;
use lantu_appraisal::read::{rules, units, versions};
use lantu_appraisal::rules::RuleSet;
use lantu_appraisal::units::Units;
use proptest::prelude::*;

use super::support::{file, graded, made_up, read_rules, rules_of};

const HEAD: &str = "id,group,tax_wan,va_wan,land_mu,energy_tce,pollutant_t,staff,rd_wan,revenue_wan,power_mwh\n";

fn huangyan() -> RuleSet {
    rules_of("huangyan-per-mu-2022")
}

/// Reads and grades; what was said about the table.
fn told(rules: &RuleSet, rows: &str) -> (Units, Appraisal, Vec<(Code, usize)>) {
    let (units, problems) = units::read(&format!("{HEAD}{rows}"), &units::Wanted::by(rules));
    let units = units.unwrap();
    let (found, more) = appraise(rules, &units, &Context::default());
    assert_eq!(units.len(), rows.lines().count(), "every row is a unit");
    assert_eq!((found.totals.len(), found.ranks.len(), found.classes.len()), (units.len(), units.len(), units.len()));
    (units, found, problems.iter().chain(&more).map(|problem| (problem.code, problem.line)).collect())
}

fn refused(found: &Appraisal, row: usize) -> Vec<Reason> {
    assert!(found.totals[row].is_nan());
    assert_eq!((found.ranks[row], found.classes[row]), (NO_RANK, NO_CLASS));
    found.reasons_of(row).cloned().collect()
}

#[test]
fn land_of_zero_is_no_benchmark_and_says_so() {
    let rules = huangyan();
    let (_, found, problems) =
        told(&rules, "a,above,30,150,0,50,0.03,7.5,3,100,\nb,above,30,150,1,50,0.03,7.5,3,100,\n");
    assert!(problems.is_empty());
    let expected: Vec<Reason> = ["tax_per_mu", "va_per_mu"]
        .iter()
        .map(|item| Reason::NoValue { item: rules.item(item).unwrap(), cause: Some(Cause::ZeroDivisor), refused: true })
        .collect();
    assert_eq!(refused(&found, 0), expected);
    assert_eq!(
        (found.ranks[1], found.classes[1]),
        (1, 3),
        "one unit alone is the last of its group: 20 % of one is none"
    );
}

#[test]
fn negative_value_added_scores_the_floor() {
    let (_, found, problems) = told(&huangyan(), "a,above,24.097,-150,1,50,0.03,7.5,0.0302,1,\n");
    assert!(problems.is_empty());
    // 30 points for tax, 10 for R&D, none for four items of value added.
    assert!((found.totals[0] - 40.0).abs() < 1e-9);
}

#[test]
fn no_group_and_an_unknown_one_are_not_graded() {
    let (_, found, problems) =
        told(&huangyan(), "a,,30,150,1,50,0.03,7.5,3,100,\nb,middle,30,150,1,50,0.03,7.5,3,100,\n");
    assert_eq!(refused(&found, 0), [Reason::NoGroup]);
    assert_eq!(refused(&found, 1), [Reason::NoGroup]);
    // Nobody's group, an unknown one, and those that nobody is in.
    assert_eq!(problems, [(Code::BadGroup, 0); 3]);
}

#[test]
fn what_is_no_number_is_told_where_it_stands() {
    let rows = "a,above,NaN,150,1,50,0.03,7.5,3,100,\nb,above,inf,150,1,50,0.03,7.5,3,100,\nc,above,1e400,150,1,50,0.03,7.5,3,100,\n\
        d,above,about 3,150,1,50,0.03,7.5,3,100,\ne,above,\"1,234.5\",150,1,50,0.03,7.5,3,100,\nf,above,NA,150,1,50,0.03,7.5,3,100,\n";
    let (units, found, problems) = told(&huangyan(), rows);
    assert_eq!(problems, [2, 3, 4, 5].map(|line| (Code::BadNumber, line)));
    for row in [0, 1, 2, 3, 5] {
        let missing = Reason::NoValue { item: 0, cause: Some(Cause::Missing("tax_wan".into())), refused: true };
        assert_eq!(refused(&found, row), [missing]);
    }
    assert_eq!(units.columns["tax_wan"].number(4), 1234.5);
}

#[test]
fn no_emission_data_gets_the_average_score_of_the_group() {
    let rows =
        "a,above,30,150,1,50,0.03,7.5,3,100,\nb,above,30,150,1,50,0.06,7.5,3,100,\nc,above,30,150,1,50,,7.5,3,100,\n";
    let rules = huangyan();
    let (_, found, _) = told(&rules, rows);
    assert!((found.totals[2] - f64::midpoint(found.totals[0], found.totals[1])).abs() < 1e-9);
    let item = rules.item("va_per_pollutant").unwrap();
    let filled = Reason::NoValue { item, cause: Some(Cause::Missing("pollutant_t".into())), refused: false };
    assert_eq!(found.reasons_of(2).collect::<Vec<_>>(), [&filled]);
}

#[test]
fn a_unit_in_two_groups_is_graded_in_none() {
    let rows = "a,above,30,150,1,50,0.03,7.5,3,100,\nb,above,30,150,1,50,0.03,7.5,3,100,\na,below,15,,1,,,,,,750\n,below,15,,1,,,,,,750\n";
    let (_, found, problems) = told(&huangyan(), rows);
    assert_eq!(problems, [(Code::BadId, 2), (Code::BadId, 4), (Code::BadId, 5)]);
    for row in [0, 2, 3] {
        assert_eq!((found.ranks[row], found.classes[row]), (NO_RANK, NO_CLASS));
        assert_eq!(found.reasons_of(row).next(), Some(&Reason::Double));
    }
    assert_eq!(found.ranks[1], 1);
}

const SPREAD: &str = r#"
[total]
aggregate = "arithmetic"
[[item]]
id = "a"
name = "a"
normalise = { method = "METHOD" }
"#;

#[test]
fn without_spread_all_stand_in_the_middle() {
    for (method, middle) in [("min_max", 0.5), ("rank", 0.5), ("z_score", 0.0)] {
        let rules = read_rules(&made_up(&SPREAD.replace("METHOD", method)));
        let (units, problems) = units::read("id,a\nx,7\ny,7\nz,7\n", &units::Wanted::by(&rules));
        assert!(problems.is_empty());
        let units = units.unwrap();
        let (found, problems) = appraise(&rules, &units, &Context::default());
        assert_eq!(found.totals, [middle; 3], "{method}");
        assert_eq!(found.ranks, [1; 3]);
        assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::NoSpread]);
    }
}

#[test]
fn a_million_ties_share_a_rank_and_a_class() {
    let rules = huangyan();
    let count = 1_000_000;
    let same = |value: f64| vec![value; count];
    let mut units = Units::new((0..count).map(|at| at.to_string()).collect())
        .with_words("group", std::iter::repeat_n("above", count));
    for (name, value) in
        [("tax_wan", 30.0), ("va_wan", 150.0), ("land_mu", 1.0), ("energy_tce", 50.0), ("pollutant_t", 0.03)]
    {
        units = units.with_numbers(name, same(value));
    }
    for (name, value) in [("staff", 7.5), ("rd_wan", 3.0), ("revenue_wan", 100.0), ("power_mwh", 1.0)] {
        units = units.with_numbers(name, same(value));
    }
    let found = graded(&rules, &units);
    assert!(found.ranks.iter().all(|rank| *rank == 1));
    assert!(found.classes.iter().all(|class| *class == 0), "ties go to the better class, as the rule says");
}

#[test]
fn mistakes_in_rules_are_told_with_their_lines() {
    let sound = file("rules/huangyan-per-mu-2022.toml");
    let cases: [(&str, &str, Code); 19] = [
        ("above = 30, below = 50", "above = 31, below = 50", Code::WeightSum),
        ("until = 0.60", "until = 0.10", Code::ClassBounds),
        ("until = 1\n", "until = 0.99\n", Code::ClassBounds),
        ("until = 0.20", "at_least = 90", Code::ClassBounds),
        ("tax_wan / land_mu", "tax_wan / / land_mu", Code::BadFormula),
        ("source = \"notice\"\n", "", Code::NoSource),
        ("source = \"usual\"", "source = \"usal\"", Code::UnknownName),
        ("groups = [\"above\"]", "groups = [\"abov\"]", Code::UnknownName),
        ("method = \"ratio\"", "method = \"ration\"", Code::BadValue),
        ("benchmark = 136.16", "benchmark = \"average\"", Code::BadValue),
        ("benchmark = 136.16", "bench = 136.16", Code::MissingKey),
        ("weight_sum = 100", "weight_summ = 100", Code::UnknownKey),
        ("valid_to = 2022-12-31", "valid_to = 2021-12-31", Code::Validity),
        ("id = \"va_per_mu\"", "id = \"tax_per_mu\"", Code::DuplicateName),
        ("id = \"rd_share\"", "id = \"class\"", Code::BadValue),
        ("weight = { above = 30, below = 50 }", "weight = { above = 30 }", Code::MissingKey),
        ("tax_wan / land_mu", "1 < tax_wan < 2", Code::BadFormula),
        ("kind = \"appraisal\"", "kind = \"apraisal\"", Code::NotARuleSet),
        ("weight = 20", "weight = -20", Code::BadValue),
    ];
    for (from, to, code) in cases {
        assert!(sound.contains(from), "{from}");
        let text = sound.replacen(from, to, 1);
        let (found, problems) = rules::read(&text);
        assert!(found.is_none(), "{to}");
        let lines = text.lines().count();
        assert!(problems.iter().any(|problem| problem.code == code), "{to}: {problems:?}");
        for problem in &problems {
            assert!((1..=lines).contains(&problem.line) && problem.severity == Severity::Error, "{problem:?}");
            assert!(!problem.message.zh.is_empty() && !problem.message.en.is_empty());
        }
    }
}

/// A sample of water is never measured for all that the standard names.
#[test]
fn columns_of_items_that_may_be_left_out_may_be_missing() {
    let rules = rules_of("water-gb3838-2002-river");
    let (units, problems) = units::read("station,nh3n,tp\na,0.4,0.08\n", &units::Wanted::by(&rules));
    assert_eq!(
        problems.iter().map(|problem| (problem.code, problem.severity)).collect::<Vec<_>>(),
        [(Code::MissingColumn, Severity::Note)]
    );
    let found = appraise(&rules, &units.unwrap(), &Context::default()).0;
    assert_eq!(rules.classes.as_ref().unwrap().list[usize::from(found.classes[0])].id, "II");
    let (nothing, problems) = units::read("id,group\na,above\n", &units::Wanted::by(&huangyan()));
    assert!(nothing.is_none());
    assert!(problems.iter().all(|problem| problem.severity == Severity::Error));
}

/// What last year's table calls the classes, and the firms, has to be what this year's does.
#[test]
fn earlier_results_of_other_words_are_told() {
    let rules = huangyan();
    let (units, _) = units::read(
        &format!("{HEAD}a,above,1,1,1,1,1,1,1,1,1\nb,above,1,1,1,1,1,1,1,1,1\n"),
        &units::Wanted::by(&rules),
    );
    let units = units.unwrap();
    let told = |text: &str| {
        let (history, problems) = units::history(text);
        assert!(problems.is_empty());
        history.unwrap().told(&rules, &units).iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert!(told("firm,class\na,D\nb,A\n").is_empty());
    assert_eq!(told("firm,class\na,丁\nb,A\n"), [Code::UnknownName]);
    assert_eq!(told("firm,class\n甲,D\n乙,A\n"), [Code::BadId]);
}

const TWO_CLASSES: &str = r#"
[[class]]
id = "A"
at_least = 90
at_most = 100
[[class]]
id = "B"
below = 90
"#;

/// Mistakes that are no mistakes of writing: an open end, a direction, a limit, two scales.
#[test]
fn rules_that_do_not_hold_together_are_told() {
    let sound = made_up(&SPREAD.replace("METHOD", "min_max"));
    let steps = "steps = [{ at_most = 1, score = 1 }]";
    let cases: [(String, Code); 9] = [
        (sound.clone() + TWO_CLASSES, Code::ClassBounds),
        (
            sound
                .replace("method = \"min_max\"", "method = \"ratio\", benchmark = 3")
                .replace("name = \"a\"\n", "name = \"a\"\nbetter = \"lower\"\n"),
            Code::BadValue,
        ),
        (sound.replace("method = \"min_max\"", "method = \"goalposts\", low = 5, high = 0"), Code::BadValue),
        (sound.replace("method = \"min_max\"", "method = \"ratio\", benchmark = 0"), Code::BadValue),
        (
            sound
                .replace(
                    "[total]",
                    "[[dimension]]\nid = \"d\"\nname = \"d\"\nweight = -1\naggregate = \"sum\"\n[total]",
                )
                .replace("id = \"a\"\n", "id = \"a\"\nparent = \"d\"\n"),
            Code::BadValue,
        ),
        (sound.replace("arithmetic", "topsis") + "[[item]]\nid = \"b\"\nname = \"b\"\n", Code::BadValue),
        (
            sound.clone() + "[[exception]]\nid = \"x\"\nreason = \"x\"\nwhen = \"total < 1\"\nexempt = true\n",
            Code::BadValue,
        ),
        (
            sound.clone() + &(0..201).map(|at| format!("[[class]]\nid = \"c{at}\"\nuntil = 1\n")).collect::<String>(),
            Code::BadValue,
        ),
        (sound.replace("method = \"min_max\"", &format!("method = \"steps\", {steps}, scale = \"x\"")), Code::BadValue),
    ];
    for (text, code) in cases {
        let (_, problems) = rules::read(&text);
        assert!(problems.iter().any(|problem| problem.code == code && problem.line > 0), "{text}\n{problems:#?}");
    }
    let (found, problems) = rules::read(&sound);
    assert!(found.is_some() && problems.is_empty(), "{problems:#?}");
}

const SUM: &str = r#"
[total]
aggregate = "sum"
[[item]]
id = "a"
name = "a"
[[item]]
id = "b"
name = "b"
[[item]]
id = "c"
name = "c"
"#;

fn sums(more: &str, rows: &str) -> (RuleSet, Units, Appraisal) {
    let rules = read_rules(&(made_up(SUM) + more));
    let (units, problems) = units::read(&format!("id,a,b,c\n{rows}"), &units::Wanted::by(&rules));
    assert!(problems.is_empty(), "{problems:#?}");
    let units = units.unwrap();
    let found = graded(&rules, &units);
    (rules, units, found)
}

/// 0.1 + 0.2 + 0.3 is not 0.3 + 0.2 + 0.1 for a computer, and 0.1 × 3 is above 0.3.
#[test]
fn what_computing_leaves_over_decides_nothing() {
    let shares = "[[class]]\nid = \"A\"\nuntil = 0.5\n[[class]]\nid = \"B\"\nuntil = 1\n";
    let (_, _, found) = sums(shares, "x,0.1,0.2,0.3\ny,0.3,0.2,0.1\nz,0.6,0,0\n");
    assert_eq!((found.ranks, found.classes), (vec![1; 3], vec![0; 3]));
    let bounds = "[[class]]\nid = \"A\"\nat_least = 0.6\n[[class]]\nid = \"B\"\nbelow = 0.6\n";
    let (_, _, found) = sums(bounds, "x,0.1,0.2,0.3\ny,0.2,0.2,0.2\nz,0.6,0,0\nless,0.1,0.2,0.2999999\n");
    assert_eq!(found.classes, [0, 0, 0, 1]);
}

/// A condition of what follows may name items and the total, as those of exceptions do.
#[test]
fn what_follows_knows_items_and_the_total() {
    let more = "[[class]]\nid = \"A\"\nat_least = 0\n[[class]]\nid = \"B\"\nbelow = 0\n[[consequence]]\nid = \"k\"\nname = \"k\"\n\
        classes = [\"A\"]\nsteps = [1]\nother = \"total * 10\"\nunless = \"b > 5\"\n";
    let (_, _, found) = sums(more, "x,1,2,3\ny,1,6,3\n");
    assert_eq!(
        found.outcomes.iter().map(|o| (o.other, o.waived)).collect::<Vec<_>>(),
        [(Some(60.0), false), (Some(100.0), true)]
    );
}

/// A column of codes can be a number in one formula and a word in another.
#[test]
fn one_column_as_number_and_as_word() {
    let more = "[[item]]\nid = \"d\"\nname = \"d\"\nvalue = \"if(a == '4', 100, 0)\"\n";
    let (_, _, found) = sums(more, "x,4,0,0\ny,5,0,0\n");
    assert_eq!(found.totals, [104.0, 5.0]);
}

#[test]
fn rows_with_other_than_all_fields_are_told() {
    let rules = read_rules(&made_up(SUM));
    let read = |text: &str| {
        units::read(text, &units::Wanted::by(&rules)).1.iter().map(|p| (p.code, p.line)).collect::<Vec<_>>()
    };
    assert_eq!(read("id,a,b,c\nx,1,234.5,7,8\ny,1\nz,1,2,3,,\n"), [(Code::NotATable, 2), (Code::NotATable, 3)]);
}

/// Names that a spreadsheet would run are written with a mark before them, and are the same names when they come back.
#[test]
fn names_come_back_from_tables_of_results() {
    let (history, _) = units::history("firm,class\n'=X,D\n'@y,D\n'plain,D\n");
    let names: Vec<String> = history.unwrap().classes.into_keys().collect();
    assert_eq!(names, ["'plain", "=X", "@y"]);
}

/// One mistake is one message, not a list of what follows from it.
#[test]
fn a_mistake_is_told_once() {
    let sound = file("rules/huangyan-per-mu-2022.toml");
    for (from, to) in [
        ("tax_wan / land_mu", "tax_wan / / land_mu"),
        ("source = \"notice\"\n", "source = \"notise\"\n"),
        ("confidence = \"A\"", "confidence = \"AA\""),
        ("until = 1\n", "until = 0.99\n"),
    ] {
        let (_, problems) = rules::read(&sound.replacen(from, to, 1));
        assert_eq!(problems.len(), 1, "{to}: {problems:#?}");
    }
}

#[test]
fn rules_of_one_series_follow_each_other() {
    let (old, new) = (file("rules/huangyan-per-mu-2021.toml"), file("rules/huangyan-per-mu-2022.toml"));
    let (before, after) = (read_rules(&old), read_rules(&new));
    assert!(versions::between(&[("2022", &after), ("2021", &before)]).is_empty());
    let gap = read_rules(&new.replace("2022-01-01", "2022-02-01"));
    let problems = versions::between(&[("2021", &before), ("2022", &gap)]);
    assert_eq!(
        problems.iter().map(|(at, problem)| (*at, problem.severity)).collect::<Vec<_>>(),
        [(1, Severity::Warning)]
    );
    let open = read_rules(&old.replace("valid_to = 2021-12-31\n", ""));
    let problems = versions::between(&[("2021", &open), ("2022", &after)]);
    assert_eq!(
        problems.iter().map(|(at, problem)| (*at, problem.severity)).collect::<Vec<_>>(),
        [(1, Severity::Error)]
    );
}

proptest! {
    /// Whatever the cells hold, every row is a unit, and each is in one class, in none, or told why.
    #[test]
    fn nothing_is_lost(rows in proptest::collection::vec(proptest::collection::vec("[0-9]{0,3}|-?[0-9]e[0-9]{1,3}|NA|x|", 11), 1..30)) {
        let rules = huangyan();
        let text: String = rows.iter().enumerate().map(|(at, cells)| {
            let group = ["above", "below", "", "other"][at % 4];
            let rest = cells.iter().skip(2).cloned().collect::<Vec<_>>().join(",");
            format!("u{},{group},{rest}\n", at / 2 * 2 + usize::from(at % 5 > 0))
        }).collect();
        let (units, found, _) = told(&rules, &text);
        for row in 0..units.len() {
            let graded = found.ranks[row] != NO_RANK;
            prop_assert_eq!(graded, found.classes[row] != NO_CLASS);
            prop_assert!(graded || found.reasons_of(row).next().is_some());
            prop_assert!(!graded || found.totals[row].is_finite());
        }
        let ranked: usize = found.ranking.bands.iter().map(|band| band.rows.len()).sum();
        prop_assert_eq!(ranked, found.ranks.iter().filter(|rank| **rank != NO_RANK).count());
    }
}

//! Lights and slips of projects and tasks, as five places publish them.

use super::support::{classes, rules_of, units_for};
use lantu_appraisal::evaluate::{Context, History, appraise};

const YINCHUAN: &str = "id,expected_pct,actual_pct,start_overdue_months,start_reason,required_payment_pct,paid_pct,unregistered_months,registration_reason\n";

fn yinchuan(rows: &str) -> Vec<String> {
    classes("yinchuan-lights-2025", &format!("{YINCHUAN}{rows}"))
}

#[test]
fn yinchuan_progress() {
    let rows = "on,60,60,0,,,,,\nnine,60,51,0,,,,,\nten,60,50,0,,,,,\nthirty,60,30,0,,,,,\nmore,60,29.9,0,,,,,\nahead,60,80,0,,,,,\n";
    assert_eq!(yinchuan(rows), ["green", "green", "yellow", "yellow", "red", "green"]);
    // By the decimals of the table these are 10 and 30; 16.4 - 6.4 in binary is 9.999999999999998.
    assert_eq!(yinchuan("ten,16.4,6.4,0,,,,,\nthirty,46.7,16.7,0,,,,,\n"), ["yellow", "yellow"]);
}

#[test]
fn yinchuan_start_payment_and_registration() {
    // Planned for March: 1 on 31 March, 2 in April, 3 on 31 May.
    let rows = "march,0,0,1,,,,,\napril,0,0,2,,,,,\nmay,0,0,3,,,,,\nreason,0,0,3,1,,,,\n";
    assert_eq!(yinchuan(rows), ["yellow", "yellow", "red", "green"]);
    assert_eq!(yinchuan("paid,0,0,0,,50,50,,\nshort,0,0,0,,50,49.9,,\n"), ["green", "red"]);
    let rows = "at-once,0,0,0,,,,0.9,\nmonth,0,0,0,,,,1,\ntwo,0,0,0,,,,2,\nmore,0,0,0,,,,2.1,\nreason,0,0,0,,,,5,1\n";
    assert_eq!(yinchuan(rows), ["green", "yellow", "yellow", "red", "green"]);
    // Progress that is not known is no green light.
    assert_eq!(yinchuan("unknown,60,,0,,,,,\n"), [""]);
}

#[test]
fn suqian_slips() {
    let table = "id,deadline_near,behind,poor_quality,overdue
fine,0,0,0,0
near,1,0,0,0
behind,1,1,0,0
poor,0,0,1,0
late,1,1,0,1
";
    assert_eq!(classes("suqian-lights-2025", table), ["none", "blue-slip", "yellow-slip", "yellow-slip", "red-slip"]);
}

#[test]
fn sanming_slips_go_up_step_by_step() {
    let table = "id,slip_needed,starts_at_orange,terms_missed
fine,0,0,0
first,1,0,0
second,1,,1
third,1,0,2
stays,1,0,7
urgent,1,1,0
urgent-late,1,1,1
";
    assert_eq!(classes("sanming-lights-2017", table), ["none", "blue", "orange", "red", "red", "orange", "red"]);
}

#[test]
fn guangyuan_points_off() {
    let table = "id,can_finish,slow,term_missed,yellow_count
fine,1,0,0,0
slow,1,1,0,1
again,1,0,1,2
never,0,1,1,1
";
    let name = "guangyuan-lights-2018";
    assert_eq!(classes(name, table), ["blue", "yellow", "yellow", "red"]);
    let rules = rules_of(name);
    let (found, _) = appraise(&rules, &units_for(&rules, table), &Context::default());
    let off: Vec<f64> = (0..4)
        .map(|row| found.outcomes_of(row).filter(|outcome| !outcome.waived).filter_map(|outcome| outcome.value).sum())
        .collect();
    assert_eq!(off, [0.0, 0.0, 1.0, 2.0]);
}

#[test]
fn longchang_interview_at_the_third_red_card_in_a_row() {
    let rules = rules_of("longchang-lights-2020");
    let round = |rows: &[(&str, &str)]| History {
        classes: rows.iter().map(|(id, card)| ((*id).to_owned(), (*card).to_owned())).collect(),
    };
    let previous = [
        round(&[("third", "red"), ("second", "red"), ("broken", "yellow")]),
        round(&[("third", "red"), ("second", "green"), ("broken", "red")]),
    ];
    let units = units_for(&rules, "id,card\nthird,red\nsecond,red\nbroken,red\nfine,green\nodd,blue\n");
    let (found, _) = appraise(&rules, &units, &Context { previous: &previous, ..Context::default() });
    let interview = |row: usize| {
        let mut of = found.outcomes_of(row).filter(|outcome| rules.consequences[outcome.consequence].id == "interview");
        of.next().and_then(|outcome| outcome.value)
    };
    assert_eq!((0..5).map(interview).collect::<Vec<_>>(), [Some(1.0), Some(0.0), Some(0.0), None, None]);
    assert!(found.totals[4].is_nan());
}

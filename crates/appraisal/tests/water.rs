//! Surface water: every limit of every item, as another program holds them (tests/appraisal/README.md), and the single-factor rule.

use super::support::{classes, file, graded, rules_of, units_for};
use lantu_appraisal::evaluate::{Reason, appraise, prepare};
use lantu_appraisal::rules::Confidence;
use lantu_appraisal::units::Units;

const WATERS: [&str; 2] = ["river", "lake"];

#[test]
fn every_limit_of_every_item() {
    let limits = file("tests/appraisal/water/silence_water.csv");
    for water in WATERS {
        let rules = rules_of(&format!("water-gb3838-2002-{water}"));
        let mut seen = 1;
        for line in limits.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            if cells[1] != "both" && cells[1] != water {
                continue;
            }
            seen += 1;
            let bounds: Vec<f64> = cells[2..].iter().map(|cell| cell.parse().unwrap()).collect();
            let more_is_better = cells[0] == "oxygen";
            // On each limit, and one part in a thousand worse than it.
            let worse = if more_is_better { 0.999 } else { 1.001 };
            let values: Vec<f64> = bounds.iter().flat_map(|bound| [*bound, bound * worse]).collect();
            let column = if more_is_better { "oxygen_mg_l" } else { cells[0] };
            let units =
                Units::new(values.iter().map(ToString::to_string).collect()).with_numbers(column, values.clone());
            let (prepared, _) = prepare(&rules, &units, &Default::default());
            let scores = &prepared.scores[rules.item(cells[0]).unwrap()];
            for (value, score) in values.iter().zip(scores) {
                let holds = |bound: &f64| if more_is_better { value >= bound } else { value <= bound };
                let class = bounds.iter().position(holds).unwrap_or(5) + 1;
                assert_eq!(*score, class as f64, "{water} {} {value}", cells[0]);
            }
        }
        // pH has no limits by class.
        assert_eq!(seen, rules.items.len());
    }
}

#[test]
fn total_nitrogen_is_for_lakes_only() {
    let has = |name: &str| rules_of(name).item("tn").is_some();
    assert!(has("water-gb3838-2002-lake") && !has("water-gb3838-2002-river"));
}

const HEAD: &str = "id,ph,oxygen_mg_l,oxygen_saturation_pct,codmn,cod,bod5,nh3n,tp,cu,zn,fluoride,se,as,hg,cd,cr6,pb,cyanide,phenol,oil,las,sulfide\n";

#[test]
fn the_worst_item_decides() {
    let rest = |ph: &str, oxygen: &str, saturation: &str, nh3n: &str, tp: &str| {
        format!("{ph},{oxygen},{saturation},2,15,3,{nh3n},{tp},,,,,,,,,,,,,,\n")
    };
    let rows = [
        (
            "clean",
            rest("7", "7.5", "", "0.15", "0.02"),
            "I",
            vec!["ph", "oxygen", "codmn", "cod", "bod5", "nh3n", "tp"],
        ),
        // 7 mg/L would be class II, were it not saturated.
        ("warm", rest("7", "7", "92", "0.15", "0.02"), "I", vec!["ph", "oxygen", "codmn", "cod", "bod5", "nh3n", "tp"]),
        ("less", rest("7", "7", "89.9", "0.15", "0.02"), "II", vec!["oxygen"]),
        ("two", rest("7", "8", "", "1.2", "0.25"), "IV", vec!["nh3n", "tp"]),
        ("foul", rest("7", "8", "", "2.01", "0.25"), "worse", vec!["nh3n"]),
        ("sour", rest("5.9", "8", "", "0.1", "0.02"), "worse", vec!["ph"]),
        // Below zero is no concentration.
        ("wrong", rest("7", "8", "", "-0.1", "0.1"), "II", vec!["tp"]),
    ];
    let table: String = rows.iter().map(|(id, row, ..)| format!("{id},{row}")).collect();
    let table = format!("{HEAD}{table}");
    let rules = rules_of("water-gb3838-2002-river");
    let units = units_for(&rules, &table);
    let found = graded(&rules, &units);
    let classes = classes("water-gb3838-2002-river", &table);
    for (row, (id, _, class, deciding)) in rows.iter().enumerate() {
        assert_eq!(classes[row], *class, "{id}");
        let decide = found.reasons_of(row).filter_map(|reason| match reason {
            Reason::Decides { item } => Some(rules.items[*item].id.as_str()),
            _ => None,
        });
        assert_eq!(decide.collect::<Vec<_>>(), *deciding, "{id}");
    }
}

#[test]
fn nothing_measured_has_no_class() {
    let rules = rules_of("water-gb3838-2002-lake");
    let (found, _) = appraise(&rules, &Units::new(vec!["a".into()]), &Default::default());
    assert!(found.totals[0].is_nan());
    assert_eq!(super::support::class(&rules, &found, 0), "");
}

#[test]
fn limits_that_were_checked_and_limits_that_were_not() {
    let checked = ["oxygen", "codmn", "cod", "nh3n", "tp", "tn"];
    for water in WATERS {
        let rules = rules_of(&format!("water-gb3838-2002-{water}"));
        for item in &rules.items {
            let expected =
                if checked.contains(&item.id.as_str()) { Confidence::Secondary } else { Confidence::Assumed };
            // A weight that the file does not write is nobody's number.
            let marks: Vec<Confidence> =
                item.numbers().into_iter().filter_map(|number| Some(rules.origin(number)?.0.confidence)).collect();
            assert!(marks.len() > 4 && marks.iter().all(|mark| *mark == expected), "{}", item.id);
        }
    }
}

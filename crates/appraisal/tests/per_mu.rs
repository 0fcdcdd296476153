//! One county's two published years.
//!
//! Weights and benchmarks are those of the notices of Huangyan District (rules/huangyan-per-mu-*.toml has the sources); the
//! expected points are the arithmetic of the published formula, worked out by hand beforehand.

use super::support::{graded, rules_of, units_for};

const ABOVE: &str = "id,group,tax_wan,va_wan,land_mu,energy_tce,pollutant_t,staff,rd_wan,revenue_wan,power_mwh
one,above,30,150,1,50,0.03,7.5,3,100,
average,above,{tax},{va},1,{energy},{pollutant},{staff},{rd},1,
";
const BELOW: &str = "id,group,tax_wan,va_wan,land_mu,energy_tce,pollutant_t,staff,rd_wan,revenue_wan,power_mwh
small,below,15,,1,,,,,,750
";

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 5e-7, "{found} is not {expected}");
}

#[test]
fn a_firm_above_scale_in_both_years() {
    let items = ["tax_per_mu", "va_per_mu", "va_per_energy", "va_per_pollutant", "productivity", "rd_share"];
    for (year, points, total, benchmarks) in [
        (
            2022,
            [37.349048, 22.032902, 22.271715, 10.142379, 11.025358, 9.933775],
            112.755177,
            [24.097, 136.16, 2.694, 4929.81, 18.14, 0.0302],
        ),
        (
            2021,
            [34.602076, 22.680880, 23.622047, 10.285780, 11.461318, 9.836066],
            112.488167,
            [26.01, 132.27, 2.54, 4861.08, 17.45, 0.0305],
        ),
    ] {
        let [tax, va, energy, pollutant, staff, rd] = benchmarks;
        let table = ABOVE
            .replace("{tax}", &tax.to_string())
            .replace("{va}", &va.to_string())
            .replace("{energy}", &(va / energy).to_string())
            .replace("{pollutant}", &(va / pollutant).to_string())
            .replace("{staff}", &(va / staff).to_string())
            .replace("{rd}", &rd.to_string());
        // Value added per mu 150: energy 3, pollutant 5000, productivity 20 follow from it.
        let rules = rules_of(&format!("huangyan-per-mu-{year}"));
        let units = units_for(&rules, &table);
        let (prepared, problems) = lantu_appraisal::evaluate::prepare(&rules, &units, &Default::default());
        assert!(problems.is_empty(), "{problems:?}");
        for (id, expected) in items.iter().zip(points) {
            let item = rules.item(id).unwrap();
            near(prepared.scores[item][0] * rules.items[item].weight.of(0).unwrap().value, expected);
        }
        let found = graded(&rules, &units);
        near(found.totals[0], total);
        near(found.totals[1], 100.0);
    }
}

#[test]
fn a_firm_below_scale_in_both_years() {
    for (year, total) in [(2022, 107.210103), (2021, 87.449524)] {
        let rules = rules_of(&format!("huangyan-per-mu-{year}"));
        near(graded(&rules, &units_for(&rules, BELOW)).totals[0], total);
    }
}

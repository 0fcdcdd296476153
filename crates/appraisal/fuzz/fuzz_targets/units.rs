//! Any text as a table of units, of earlier results and of events. As many units as rows.
#![no_main]

use lantu_appraisal::evaluate::{Context, appraise};
use lantu_appraisal::read::{rules, units};
use libfuzzer_sys::fuzz_target;

const RULES: &str = include_str!("../../../../rules/huangyan-per-mu-2022.toml");

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (Some(rules), _) = rules::read(RULES) else { return };
    let head = "id,group,tax_wan,va_wan,land_mu,energy_tce,pollutant_t,staff,rd_wan,revenue_wan,power_mwh\n";
    let wanted = units::Wanted::by(&rules);
    for table in [text.to_string(), format!("{head}{text}")] {
        let (Some(found), _) = units::read(&table, &wanted) else { continue };
        let (graded, _) = appraise(&rules, &found, &Context::default());
        assert_eq!(graded.totals.len(), found.len());
        let _ = units::events(&format!("unit,item,date,points\n{text}"), &rules, &found);
    }
    let _ = units::history(&text);
});

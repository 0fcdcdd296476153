//! One file per verb.

pub(crate) mod appraise;
pub(crate) mod assign;
mod assign_criticality;
mod assign_edits;
mod assign_routes;
pub(crate) mod calibrate;
pub(crate) mod check;
mod check_rules;
pub(crate) mod diff;
pub(crate) mod efficiency;
mod efficiency_output;
pub(crate) mod inequality;
pub(crate) mod locate;
pub(crate) mod model_check;
pub(crate) mod new;
mod put;
pub(crate) mod query;
pub(crate) mod reach;
mod rule_files;
pub(crate) mod sensitivity;
pub(crate) mod serve;
pub(crate) mod simulate;
pub(crate) mod status;
pub(crate) mod test;
pub(crate) mod told;
pub(crate) mod why;

use lantu_blueprint::{Code, Diagnostic, Lang, Severity};
use lantu_city::City;

use crate::arguments::CityAt;
use crate::text::style;

/// Opens the city; problems are told on standard error, so that they are not overlooked and never mixed into output.
fn open(at: &CityAt, lang: Lang) -> anyhow::Result<City> {
    let city = City::open(&at.city, at.as_of())?;
    // `check` runs no query, so a query that fails is told in full here.
    for d in city.diagnostics().iter().filter(|d| d.code == Code::FailedQuery) {
        anstream::eprintln!("{} {} {}", style::bad(d.code.word()), d.location, d.message.get(lang));
    }
    let count = |severity| city.diagnostics().iter().filter(|d| d.severity() == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors > 0 {
        let folder = at.city.display();
        let line = match lang {
            Lang::Zh => format!("{errors} 个错误，{warnings} 个警告；详见 lantu check {folder}"),
            Lang::En => {
                format!("{}, {}; see lantu check {folder}", several(errors, "error"), several(warnings, "warning"))
            }
        };
        anstream::eprintln!("{}", style::bad(&line));
    }
    Ok(city)
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity() == Severity::Error)
}

/// So many of something, in English.
pub(crate) fn several(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// One of two words.
pub(crate) fn say(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

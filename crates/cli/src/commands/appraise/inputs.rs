//! The tables of an appraisal: units, earlier results, events.

use std::path::Path;

use lantu_appraisal::diagnostic::{Code, Diagnostic, Severity};
use lantu_appraisal::evaluate::{Context, Event, History};
use lantu_appraisal::read::units::{self, Wanted};
use lantu_appraisal::rules::{Day, Item, Method, RuleSet};
use lantu_appraisal::units::Units;
use lantu_blueprint::Lang;

use crate::arguments_appraise::Appraise;
use crate::commands::told::tell_appraisal;
use crate::text::file;

/// What was read.
pub(super) struct Inputs {
    pub(super) units: Units,
    /// What the table calls its first column, or the column that was asked for.
    pub(super) id: String,
    previous: Vec<History>,
    events: Option<(Vec<Event>, Day)>,
}

impl Inputs {
    /// Reads the units and the tables beside them, and tells what is wrong with them; whether something is. Nothing where a table
    /// cannot be used.
    pub(super) fn read(
        command: &Appraise,
        data: &Path,
        rules: &RuleSet,
        wanted: &Wanted,
        day: Option<Day>,
        lang: Lang,
    ) -> anyhow::Result<(Option<Self>, bool)> {
        let (found, mut problems) = units::read(&file::read(data, lang)?, wanted);
        // Columns that events speak for are not missed.
        let spared = Wanted::by(rules).optional;
        let has = |name: &String| found.as_ref().is_some_and(|units| units.columns.contains_key(name));
        if command.events.is_some() && wanted.optional.iter().all(|name| has(name) || !spared.contains(name)) {
            problems.retain(|problem| problem.severity != Severity::Note || problem.code != Code::MissingColumn);
        }
        if found.is_none() && command.events.is_none() && lacks_deductions(rules, &problems) {
            problems.push(Diagnostic::note(
                Code::MissingColumn,
                0,
                "这份规则按事项扣分：用 --events 和 --as-of 给出事项表，这些列就不需要",
                "these rules take points off by events: with a table of events (--events and --as-of) the columns are not needed",
            ));
        }
        let mut told = tell_appraisal(&problems, data, lang);
        let Some(units) = found else { return Ok((None, true)) };
        let id = units.id_name.clone();
        let mut previous = Vec::new();
        for path in &command.previous {
            let (history, problems) = units::history(&file::read(path, lang)?);
            told |= tell_appraisal(&problems, path, lang);
            // A year that cannot be read would shift all years before it.
            let Some(history) = history else { return Ok((None, true)) };
            told |= tell_appraisal(&history.told(rules, &units), path, lang);
            previous.push(history);
        }
        let mut events = None;
        if let Some((path, day)) = command.events.as_ref().zip(day) {
            let (found, problems) = units::events(&file::read(path, lang)?, rules, &units);
            told |= tell_appraisal(&problems, path, lang);
            // Without them everybody would have full points.
            let Some(found) = found else { return Ok((None, true)) };
            events = Some((found, day));
        }
        Ok((Some(Self { units, id, previous, events }), told))
    }

    /// The same as the kernel takes it.
    pub(super) fn context(&self) -> Context<'_> {
        let events = self.events.as_ref().map(|(events, day)| (events.as_slice(), *day));
        Context { previous: &self.previous, events }
    }
}

/// Whether columns are missing, and the rules have items that events could speak for.
fn lacks_deductions(rules: &RuleSet, problems: &[Diagnostic]) -> bool {
    let deducts = |item: &Item| matches!(item.normalise.method, Method::Deduction { .. });
    let missing = |problem: &Diagnostic| problem.severity == Severity::Error && problem.code == Code::MissingColumn;
    rules.items.iter().any(deducts) && problems.iter().any(missing)
}

/// Columns that rules need of a table.
pub(super) fn wanted(rules: &[&RuleSet], command: &Appraise) -> Wanted {
    let by = if command.events.is_some() { Wanted::with_events } else { Wanted::by };
    rules.iter().map(|rules| by(rules)).reduce(Wanted::and).unwrap_or_default()
}

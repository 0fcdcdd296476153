//! The tables of an appraisal: units, earlier results, events.

use std::path::Path;

use anyhow::bail;
use lantu_appraisal::evaluate::{Context, Event, History};
use lantu_appraisal::read::units::{self, Wanted};
use lantu_appraisal::rules::{Day, RuleSet};
use lantu_appraisal::units::Units;
use lantu_blueprint::Lang;

use crate::arguments_appraise::Appraise;
use crate::commands::say;
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
        let text = file::read(data, lang)?;
        let (found, problems) = units::read(&text, wanted);
        let mut told = tell_appraisal(&problems, data, lang);
        let id = rules.id_column.clone().unwrap_or_else(|| first_column(&text));
        let mut previous = Vec::new();
        for path in &command.previous {
            let (history, problems) = units::history(&file::read(path, lang)?);
            told |= tell_appraisal(&problems, path, lang);
            // A year that cannot be read would shift all years before it.
            let Some(history) = history else { return Ok((None, true)) };
            previous.push(history);
        }
        let Some(units) = found else { return Ok((None, true)) };
        let mut events = None;
        if let Some((path, day)) = command.events.as_ref().zip(day) {
            let (found, problems) = units::events(&file::read(path, lang)?, rules, &units);
            told |= tell_appraisal(&problems, path, lang);
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

/// Columns that rules need, and that with a name beside the id.
pub(super) fn wanted(rules: &[&RuleSet], title: Option<&str>, lang: Lang) -> anyhow::Result<Wanted> {
    let all = rules.iter().map(|rules| Wanted::by(rules));
    let mut wanted = all.reduce(Wanted::and).unwrap_or_default();
    let Some(title) = title else { return Ok(wanted) };
    if wanted.numbers.contains(title) {
        bail!("--name {title}: {}", say(lang, "这一列是规则要算的数", "the rules compute with this column"));
    }
    wanted.words.insert(title.to_owned());
    Ok(wanted)
}

fn first_column(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    reader.headers().ok().and_then(|head| head.get(0)).filter(|name| !name.is_empty()).unwrap_or("id").to_owned()
}

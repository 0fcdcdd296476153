//! The plan itself: the city, its goals, programmes, measures, milestones, and the documents they are written in.

use super::{Area, AreaLevel, DataFile, Indicator, RuleSet, Target};
use crate::{Date, Frequency, Lang, Location, Period, Text};

/// When figures come out, unless an indicator says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    /// Usual frequency.
    pub frequency: Frequency,
    /// Months from the end of a period to its publication.
    pub lag_months: u16,
    /// Months of patience after that.
    pub grace_months: u16,
}

/// `blueprint.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct City {
    /// Folder name.
    pub id: String,
    /// Name of the place.
    pub name: Text,
    /// Title of the plan.
    pub title: Text,
    /// Remark that every page shows: what is invented, what is a reading.
    pub notice: Text,
    /// First period of the plan.
    pub from: Option<Period>,
    /// Last period of the plan.
    pub to: Option<Period>,
    /// Languages, the main one first.
    pub languages: Vec<Lang>,
    /// Area that targets speak of when they name none.
    pub area: String,
    /// Reporting calendar.
    pub calendar: Calendar,
    /// Id of the light rule set.
    pub light_rules: Option<String>,
}

/// An end state of the whole plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// Id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Place of the heading.
    pub location: Location,
}

/// A way of working that the plan wants changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Transformation {
    /// Id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Place of the heading.
    pub location: Location,
}

/// A chapter of action.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// Id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Goals served by all of its measures, unless a measure says otherwise.
    pub serves: Vec<String>,
    /// Transformations it works through, unless a measure says otherwise.
    pub via: Vec<String>,
    /// Place of the heading.
    pub location: Location,
}

/// A section of a programme; the unit somebody owns.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Programme it belongs to.
    pub programme: Option<String>,
    /// Body that owns it, when a source names one.
    pub owner: Option<String>,
    /// Goals served.
    pub serves: Vec<String>,
    /// Transformations it works through.
    pub via: Vec<String>,
    /// Other measures, goals or targets it depends on or feeds.
    pub needs: Vec<String>,
    /// Place of the heading.
    pub location: Location,
}

/// What was seen to be done.
#[derive(Debug, Clone, PartialEq)]
pub struct MilestoneEvidence {
    /// Day it was done.
    pub done: Date,
    /// Where that is published.
    pub source: String,
    /// Address.
    pub source_url: Option<String>,
}

/// A thing to have done by a date, with evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Milestone {
    /// Id.
    pub id: String,
    /// What.
    pub title: Text,
    /// Remark.
    pub note: Text,
    /// Measure it stands under.
    pub measure: Option<String>,
    /// Programme it stands under.
    pub programme: Option<String>,
    /// When.
    pub by: Option<Period>,
    /// Evidence that it is done; `None` is "not known", never "not done".
    pub evidence: Option<MilestoneEvidence>,
    /// Id of the source in `sources.toml`.
    pub source: Option<String>,
    /// The fence of its block.
    pub location: Location,
}

/// A text that commitments come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Address.
    pub url: Option<String>,
    /// Day of the text.
    pub date: Option<Date>,
    /// True for the plan that this blueprint is about; its targets come first.
    pub own: bool,
    /// True when the text was read only in a third party's words.
    pub secondary: bool,
    /// Place in `sources.toml`.
    pub location: Location,
}

/// A piece of a plan document, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading; `id` when it declares a goal, transformation, programme or measure.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Id declared.
        id: Option<String>,
        /// Title.
        title: Text,
    },
    /// Prose, as sanitised HTML per language.
    Prose(Text),
    /// The target declared here.
    Target(String),
    /// The milestone declared here.
    Milestone(String),
}

/// One plan file with its language siblings.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// File name without language and extension: `01-innovation`.
    pub id: String,
    /// Path of the main-language file.
    pub path: String,
    /// Content.
    pub blocks: Vec<Block>,
}

/// The whole blueprint, typed. Vectors are in the order of the files, so output order is stable.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// `blueprint.toml`.
    pub city: City,
    /// Goals.
    pub goals: Vec<Goal>,
    /// Transformations.
    pub transformations: Vec<Transformation>,
    /// Programmes.
    pub programmes: Vec<Programme>,
    /// Measures.
    pub measures: Vec<Measure>,
    /// Targets.
    pub targets: Vec<Target>,
    /// Milestones.
    pub milestones: Vec<Milestone>,
    /// Sources.
    pub sources: Vec<Source>,
    /// Indicators, sorted by id.
    pub indicators: Vec<Indicator>,
    /// Areas.
    pub areas: Vec<Area>,
    /// Rule sets.
    pub rule_sets: Vec<RuleSet>,
    /// Data files.
    pub data: Vec<DataFile>,
    /// Documents.
    pub documents: Vec<Document>,
}

impl Plan {
    /// The indicator of that id.
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        let at = self.indicators.binary_search_by(|i| i.id.as_str().cmp(id)).ok()?;
        self.indicators.get(at)
    }

    /// The areas of one level, in file order.
    pub fn areas_of(&self, level: AreaLevel) -> impl Iterator<Item = &Area> {
        self.areas.iter().filter(move |area| area.level == level)
    }
}

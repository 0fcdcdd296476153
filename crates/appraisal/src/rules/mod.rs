//! A rule set as plain data: what is computed, weighed, classed, excepted, and what follows, each number with its origin.

mod classes;
mod day;
mod item;
mod normalise;

pub use classes::{Class, Classes, Consequence, Effect, Exception, Limits, Rounding, Share, Ties};
pub use day::Day;
pub use item::{Average, Item, Missing, Outliers, Spread, Transform};
pub use normalise::{Age, Benchmark, Beyond, Method, Normalise, RatioKind, Round, Step, Within};

pub use crate::diagnostic::Text;

/// How far a number can be relied on, as the source was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// The official text was read.
    Official,
    /// The text of a law or regulation was read.
    Law,
    /// An official text of another place.
    OtherPlace,
    /// A secondary source was read.
    Secondary,
    /// General knowledge, no source read: a default, never shown as official.
    Assumed,
    /// Our own arithmetic or choice.
    Own,
}

impl Confidence {
    /// Every mark, by the word that stands in a file.
    pub const ALL: &'static [(&'static str, Confidence)] = &[
        ("A", Self::Official),
        ("A-law", Self::Law),
        ("A-loc", Self::OtherPlace),
        ("B", Self::Secondary),
        ("C", Self::Assumed),
        ("own", Self::Own),
    ];

    /// The word that stands in a file.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, mark)| *mark == self).map_or("", |(word, _)| word)
    }

    /// Whether the text of those who set the rule, or the law, was read.
    #[must_use]
    pub fn is_official(self) -> bool {
        matches!(self, Self::Official | Self::Law)
    }
}

/// A text that numbers come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its name in the file.
    pub id: String,
    /// Its title: as published, or what it is.
    pub title: Text,
    /// Where it can be read.
    pub url: Option<String>,
    /// How far what is taken from it can be relied on.
    pub confidence: Confidence,
    /// The clause that holds for the whole set.
    pub clause: Option<String>,
}

/// Where a number comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// Place among the sources of the set.
    pub source: usize,
    /// Clause of the source.
    pub clause: Option<String>,
    /// How far it can be relied on; that of the source where nothing else is said.
    pub confidence: Confidence,
    /// Line of the file.
    pub line: usize,
}

/// A number with its origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sourced {
    /// The number.
    pub value: f64,
    /// Place among [`RuleSet::origins`].
    pub origin: usize,
}

/// A number that may differ from group to group.
#[derive(Clone, Debug, PartialEq)]
pub enum PerGroup {
    /// The same for all.
    Same(Sourced),
    /// By the group's place in [`RuleSet::groups`].
    ByGroup(Vec<Option<Sourced>>),
}

impl PerGroup {
    /// The number for a group.
    #[must_use]
    pub fn of(&self, group: usize) -> Option<Sourced> {
        match self {
            Self::Same(number) => Some(*number),
            Self::ByGroup(numbers) => numbers.get(group).copied().flatten(),
        }
    }

    /// Every number in it.
    pub fn each(&self) -> impl Iterator<Item = Sourced> + '_ {
        let (one, many) = match self {
            Self::Same(number) => (Some(*number), [].as_slice()),
            Self::ByGroup(numbers) => (None, numbers.as_slice()),
        };
        one.into_iter().chain(many.iter().copied().flatten())
    }
}

/// Units that are compared with each other only.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The word in the column of groups.
    pub id: String,
    /// Name.
    pub name: Text,
}

/// What people call a column of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The column.
    pub column: String,
    /// Name.
    pub name: Text,
    /// Unit of its numbers.
    pub unit: Option<Text>,
}

/// How the parts of a dimension come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// Σ weight × score: points.
    Sum,
    /// Σ weight × score ÷ Σ weight.
    Arithmetic,
    /// Π score^(weight ÷ Σ weight).
    Geometric,
    /// Σ weight ÷ Σ (weight ÷ score).
    Harmonic,
    /// The least score; weights say only which parts count.
    Minimum,
    /// The greatest score; weights say only which parts count.
    Maximum,
    /// Closeness to the ideal (TOPSIS).
    Topsis,
}

/// Where weights come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Weighing {
    /// The rules give them.
    Given,
    /// All the same.
    Equal,
    /// From how unevenly scores are spread (entropy).
    Entropy,
    /// From spread and conflict of scores (CRITIC).
    Critic,
    /// From the principal components of scores.
    Principal,
    /// From comparisons in pairs (AHP), parts in the order in which the file has them.
    Pairwise(Vec<Vec<f64>>),
}

/// A part of a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Place among the items.
    Item(usize),
    /// Place among the dimensions.
    Dimension(usize),
}

/// Items, or other dimensions, taken together. The first of a set is the total.
#[derive(Clone, Debug, PartialEq)]
pub struct Dimension {
    /// Name in columns and in other parts of the file.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Weight within the dimension above.
    pub weight: PerGroup,
    /// What it is part of; none for the total.
    pub parent: Option<usize>,
    /// How its parts come together.
    pub aggregate: Aggregate,
    /// Where the weights of its parts come from.
    pub weighing: Weighing,
    /// What comes out is multiplied by this; by nothing where the rules say nothing.
    pub scale: Option<Sourced>,
    /// Its parts, in the order of the file.
    pub parts: Vec<Part>,
    /// Line of the file.
    pub line: usize,
}

/// One file of rules.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSet {
    /// What versions of the same rules have in common.
    pub series: String,
    /// Name.
    pub name: Text,
    /// Whose rules they are.
    pub jurisdiction: Text,
    /// What is appraised.
    pub unit: Text,
    /// What a reader must know: what the source leaves open, and what was chosen.
    pub note: Option<Text>,
    /// Whether all of it is invented, to show how rules are written.
    pub invented: bool,
    /// First day on which they hold.
    pub valid_from: Day,
    /// Last day on which they hold; none where no end is known.
    pub valid_to: Option<Day>,
    /// Texts that numbers come from.
    pub sources: Vec<Source>,
    /// Origins of numbers.
    pub origins: Vec<Origin>,
    /// The column with the names of units; the first one where nothing is said.
    pub id_column: Option<String>,
    /// The column with what people call the units.
    pub name_column: Option<String>,
    /// What people call columns.
    pub labels: Vec<Label>,
    /// The column that says which group a unit is in.
    pub group_column: Option<String>,
    /// Groups; where there is a column and no list, every word of the column is one.
    pub groups: Vec<Group>,
    /// What is looked at.
    pub items: Vec<Item>,
    /// The total first, then whatever is between it and the items.
    pub dimensions: Vec<Dimension>,
    /// Whether a greater total is better.
    pub better_high: bool,
    /// Decimals to which the total is rounded before ranks and classes.
    pub decimals: Option<u8>,
    /// What decides between equal totals: items, the first first.
    pub then_by: Vec<usize>,
    /// Whether ranks run within groups, or through all units.
    pub rank_within_groups: bool,
    /// Classes.
    pub classes: Option<Classes>,
    /// What changes a class.
    pub exceptions: Vec<Exception>,
    /// What follows from a class.
    pub consequences: Vec<Consequence>,
}

impl Dimension {
    /// What comes out is multiplied by this.
    #[must_use]
    pub fn factor(&self) -> f64 {
        self.scale.map_or(1.0, |scale| scale.value)
    }
}

impl RuleSet {
    /// Where a number comes from, and the text it is in.
    #[must_use]
    pub fn origin(&self, number: Sourced) -> Option<(&Origin, &Source)> {
        let origin = self.origins.get(number.origin)?;
        Some((origin, self.sources.get(origin.source)?))
    }

    /// What people call a column, where the rules say it.
    #[must_use]
    pub fn label(&self, column: &str) -> Option<&Label> {
        self.labels.iter().find(|label| label.column == column)
    }

    /// Place of an item.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<usize> {
        self.items.iter().position(|item| item.id == id)
    }

    /// Whether a unit of a group is looked at under this item.
    #[must_use]
    pub fn counts(&self, item: &Item, group: usize) -> bool {
        item.groups.is_empty() || item.groups.contains(&group)
    }

    /// Every column that the rules name: its name, and whether words are expected in it.
    pub fn columns<'a>(&'a self, with: &mut impl FnMut(&'a str, bool)) {
        for column in [&self.group_column, &self.name_column].into_iter().flatten() {
            with(column, true);
        }
        for item in &self.items {
            item.value.columns(with);
            for column in item.within_columns() {
                with(column, true);
            }
            if let Some(Spread::Columns(low, high)) = &item.spread {
                with(low, false);
                with(high, false);
            }
        }
        for exception in &self.exceptions {
            exception.when.columns(with);
        }
        for consequence in &self.consequences {
            for formula in [&consequence.unless, &consequence.other].into_iter().flatten() {
                formula.columns(with);
            }
        }
    }
}

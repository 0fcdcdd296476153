//! Diagnostics: what is wrong, where, and what to do, in Chinese and English.
//!
//! Wording: say what was found, then what was expected; name the thing in quotation marks 「」/`…`; the hint
//! is an order the reader can follow. Never blame, never guess silently.

use std::fmt;

use crate::{Location, Text};

/// How bad it is. Errors make `check` exit with 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The part named is left out of the plan.
    Error,
    /// The part named is kept and may mislead.
    Warning,
    /// Worth knowing: coverage and open questions.
    Note,
}

impl Severity {
    /// Every severity, worst first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal, $severity:ident;)+) => {
        /// Every kind of diagnostic. Each has a page `docs/diagnostics/<code>.md`; a test compares the two lists.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in the order of the index page.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            /// The word shown to users.
            pub fn word(self) -> &'static str {
                match self { $(Code::$name => $word,)+ }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    /// A file cannot be read, is a link that leaves the folder, or is too large.
    UnreadableFile = "unreadable-file", Error;
    /// A text file is not UTF-8.
    NotUtf8 = "not-utf8", Error;
    /// TOML that does not parse.
    BadToml = "bad-toml", Error;
    /// Front matter, heading attributes or a block that cannot be understood.
    BadMarkup = "bad-markup", Error;
    /// SQL that does not parse, or is not one SELECT.
    BadSql = "bad-sql", Error;
    /// An indicator test file that does not parse.
    BadTestFile = "bad-test-file", Error;
    /// A table that cannot be read, or a row that cannot.
    BadTable = "bad-table", Error;
    /// A key or column that is required and absent.
    MissingField = "missing-field", Error;
    /// A key or column that nothing reads.
    UnknownField = "unknown-field", Warning;
    /// A value of the wrong type or outside its range.
    BadValue = "bad-value", Error;
    /// The folder has no `blueprint.toml`, or a file it needs is absent.
    MissingFile = "missing-file", Error;
    /// A reference to something that does not exist.
    UnknownReference = "unknown-reference", Error;
    /// The same id twice.
    DuplicateId = "duplicate-id", Error;
    /// Things that depend on each other in a circle.
    Cycle = "cycle", Error;
    /// A target whose indicator is not in the catalogue.
    UnknownIndicator = "unknown-indicator", Error;
    /// A target in another unit than its indicator.
    UnitMismatch = "unit-mismatch", Error;
    /// A deadline before the plan starts or after it ends.
    DeadlineOutsidePeriod = "deadline-outside-period", Warning;
    /// A relative target without a baseline: legal text, unmeasured target.
    RelativeWithoutBaseline = "relative-without-baseline", Warning;
    /// A measure with neither target nor milestone.
    MeasureWithoutTarget = "measure-without-target", Warning;
    /// A measure that nobody owns.
    MeasureWithoutOwner = "measure-without-owner", Note;
    /// A text without its translation.
    MissingTranslation = "missing-translation", Warning;
    /// A data file that the manifest does not name.
    NotInManifest = "not-in-manifest", Error;
    /// A data file whose content is not the one the manifest describes.
    ChecksumMismatch = "checksum-mismatch", Error;
    /// A data file whose next edition is overdue.
    OverdueData = "overdue-data", Warning;
    /// Targets for one indicator and deadline that cannot all be met.
    ContradictoryTargets = "contradictory-targets", Warning;
    /// A computed indicator that cannot be computed.
    FailedQuery = "failed-query", Error;
    /// A computed indicator that gives one number for figures that are intervals.
    LostInterval = "lost-interval", Warning;
    /// Rules of appraisal that cannot be applied.
    BadRules = "bad-rules", Error;
    /// Rules of appraisal that can be applied and may mislead.
    DoubtfulRules = "doubtful-rules", Warning;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One problem, with its place and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where.
    pub location: Location,
    /// Which kind.
    pub code: Code,
    /// What was found.
    pub message: Text,
    /// What to do; may be empty.
    pub hint: Text,
}

impl Diagnostic {
    /// A diagnostic without a hint.
    pub fn new(code: Code, location: Location, message: Text) -> Diagnostic {
        Diagnostic { location, code, message, hint: Text::default() }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: Text) -> Diagnostic {
        self.hint = hint;
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// The candidate closest to `word`, when it is close enough to be a slip of the hand.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The hint for an unknown name: the closest candidate, or `otherwise`.
pub fn suggestion<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>, otherwise: Text) -> Text {
    match did_you_mean(word, candidates) {
        Some(close) => Text::new(format!("是不是「{close}」？"), format!("did you mean `{close}`?")),
        None => otherwise,
    }
}

//! What a reader of networks has to say about a file: every message with a code, a line and both languages.
//!
//! The shape is that of the simulation's diagnostics, written again because a kernel uses no other crate of ours; these have
//! lines where those have spans.

/// The same sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// What is named is left out.
    Error,
    /// What is named is taken, and may mislead.
    Warning,
    /// Worth knowing.
    Note,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal;)+) => {
        /// Every kind of diagnostic.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            /// The word shown to users.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Code::$name => $word,)+ }
            }
        }
    };
}

codes! {
    /// A file that is no network, or no complete one.
    NotANetwork = "network-not-a-network";
    /// A field that is no number, or not one that can stand there.
    BadNumber = "network-bad-number";
    /// A row with too few fields.
    ShortRow = "network-short-row";
    /// A quote in a table without its other end.
    OpenQuote = "network-open-quote";
    /// A table without a column that is needed.
    MissingColumn = "network-missing-column";
    /// A node that is not in the network.
    UnknownNode = "network-unknown-node";
    /// A count in the head of the file that the rows do not bear out.
    WrongCount = "network-wrong-count";
    /// Two links from one node to the same other one.
    DuplicateLink = "network-duplicate-link";
    /// A link whose time does not depend on the flow though its head gives a delay.
    NoDelay = "network-no-delay";
    /// A value that the file does not have, for which the usual one is taken.
    Default = "network-default";
    /// Two rows of the same node.
    DuplicateNode = "network-duplicate-node";
    /// Links that no car may use.
    NotForCars = "network-not-for-cars";
    /// A unit that is not known.
    UnknownUnit = "network-unknown-unit";
    /// Points that make no delay.
    BadCurve = "network-bad-curve";
    /// A type that no link has.
    UnknownType = "network-unknown-type";
    /// An id that is not in the table that should have it.
    UnknownId = "network-unknown-id";
    /// An id, or a pair of them, that stands above already.
    DuplicateId = "network-duplicate-id";
    /// A feed without stops, trips or their times.
    NotAFeed = "transit-not-a-feed";
    /// A time or a date that is none, or times that go backwards.
    BadTime = "transit-bad-time";
    /// A stop, trip or service that no file describes.
    UnknownName = "transit-unknown-name";
    /// Two rows with one name.
    DuplicateName = "transit-duplicate-name";
    /// A trip with fewer than two calls.
    ShortTrip = "transit-short-trip";
    /// Nothing runs on the day.
    NoService = "transit-no-service";
    /// Something of a feed that is not taken into account.
    NotUsed = "transit-not-used";
    /// More rows, trips or walks than fit into memory.
    TooMany = "transit-too-many";
    /// A file that is no OpenStreetMap extract, or a broken one.
    NotStreets = "transit-not-streets";
    /// A place with no street near it.
    FarFromStreets = "transit-far-from-streets";
    /// A table without points.
    NoPoints = "transit-no-points";
}

/// One thing to say about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// The file of a folder that is read as one; empty where there is but one.
    pub file: &'static str,
    /// The line, from 1; 0 where it is about the whole file.
    pub line: usize,
    /// What was found and what was expected.
    pub message: Text,
}

impl Diagnostic {
    /// Something that is left out.
    #[must_use]
    pub fn error(code: Code, line: usize, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, file: "", line, message: Text { zh: zh.into(), en: en.into() } }
    }

    /// Something that may mislead.
    #[must_use]
    pub fn warning(code: Code, line: usize, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, line, zh, en) }
    }

    /// The same about a file of a folder.
    #[must_use]
    pub(crate) fn of(self, file: &'static str) -> Self {
        Self { file, ..self }
    }

    /// Something worth knowing.
    #[must_use]
    pub fn note(code: Code, line: usize, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, line, zh, en) }
    }
}

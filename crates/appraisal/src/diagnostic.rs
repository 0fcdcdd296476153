//! What is wrong with a rule set or a table of units: every message with a code, a line and both languages.
//!
//! The shape is that of the network's diagnostics, written again because a kernel uses no other crate of ours.

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
    /// A file that is no rule set: not TOML, or without what every rule set has.
    NotARuleSet = "rules-not-a-rule-set";
    /// A key that must be there.
    MissingKey = "rules-missing-key";
    /// A key that means nothing here.
    UnknownKey = "rules-unknown-key";
    /// A value that cannot stand there.
    BadValue = "rules-bad-value";
    /// A name of something that the file does not have.
    UnknownName = "rules-unknown-name";
    /// A name that stands above already.
    DuplicateName = "rules-duplicate-name";
    /// A formula that cannot be read.
    BadFormula = "rules-bad-formula";
    /// A number without source or confidence.
    NoSource = "rules-no-source";
    /// Weights that do not come to what the file says.
    WeightSum = "rules-weight-sum";
    /// Classes that share a value, or leave one out.
    ClassBounds = "rules-class-bounds";
    /// Two rule sets of one series and place in force on the same day, or none between two.
    Validity = "rules-validity";
    /// A table that cannot be read.
    NotATable = "units-not-a-table";
    /// A table without a column that the rules name.
    MissingColumn = "units-missing-column";
    /// A field that is no number.
    BadNumber = "units-bad-number";
    /// A unit without a name, or with one that stands above already.
    BadId = "units-bad-id";
    /// A unit without a group, or in one that the rules do not have.
    BadGroup = "units-bad-group";
    /// A row with nothing that could be compared: all inputs or all outputs of it are zero.
    NoValue = "units-no-value";
    /// A column without spread, where the method needs one.
    NoSpread = "units-no-spread";
}

/// One thing to say about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// The line, from 1; 0 where it is about the whole file.
    pub line: usize,
    /// What was found and what was expected.
    pub message: Text,
}

impl Diagnostic {
    /// Something that is left out.
    #[must_use]
    pub fn error(code: Code, line: usize, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, line, message: Text { zh: zh.into(), en: en.into() } }
    }

    /// Something that may mislead.
    #[must_use]
    pub fn warning(code: Code, line: usize, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, line, zh, en) }
    }

    /// Something worth knowing.
    #[must_use]
    pub fn note(code: Code, line: usize, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, line, zh, en) }
    }
}

/// "; did you mean …?", where one of `known` is near.
pub(crate) fn nearest<'k>(written: &str, known: impl Iterator<Item = &'k str>) -> Text {
    // Names longer than this are no slips of the pen, and comparing them takes its time.
    let known = known.filter(|word| word.len() <= 100 && written.len() <= 100);
    let near = known.map(|word| (strsim::damerau_levenshtein(written, word), word)).min();
    match near.filter(|(distance, word)| *distance <= 2.max(word.len() / 4) && *distance < word.chars().count()) {
        Some((_, word)) => Text { zh: format!("；是不是「{word}」？"), en: format!("; did you mean `{word}`?") },
        None => Text { zh: String::new(), en: String::new() },
    }
}

//! What a reader of models has to say about a file: every message with a code, a place and both languages.

use crate::model::Span;

/// The same sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// Both languages at once.
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The model cannot be run.
    Error,
    /// The model runs and may mislead.
    Warning,
    /// Worth knowing.
    Note,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal;)+) => {
        /// Every kind of diagnostic, in the order of the work: reading, names, arrays, equations, data, units.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            /// The word shown to users; `docs/model-diagnostics.md` has a part for each.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Code::$name => $word,)+ }
            }
        }
    };
}

codes! {
    /// XML that does not parse.
    BadXml = "model-bad-xml";
    /// A file that is no model, or no complete one.
    NotAModel = "model-not-a-model";
    /// An equation that does not parse.
    Syntax = "model-syntax";
    /// Parentheses within parentheses without end.
    TooDeep = "model-too-deep";
    /// More than can be held: elements, operations, steps.
    TooLarge = "model-too-large";
    /// The same name twice.
    DuplicateName = "model-duplicate-name";
    /// A name that nothing defines.
    UnknownName = "model-unknown-name";
    /// A function that is neither built in nor defined.
    UnknownFunction = "model-unknown-function";
    /// Too few, too many, or the wrong kind of arguments.
    WrongArguments = "model-wrong-arguments";
    /// A dimension or element that nothing defines.
    UnknownDimension = "model-unknown-dimension";
    /// Brackets that do not fit the variable.
    SubscriptMismatch = "model-subscript-mismatch";
    /// A variable, or some of its elements, without an equation.
    MissingEquation = "model-missing-equation";
    /// Variables that need each other at the same moment.
    AlgebraicLoop = "model-algebraic-loop";
    /// Points of a graphical function that are not numbers or do not rise.
    BadTable = "model-bad-table";
    /// Start, stop or step that cannot be.
    BadTime = "model-bad-time";
    /// Data from other files that are not there or not as asked for.
    ExternalData = "model-external-data";
    /// Something of the format that is not carried out.
    Unsupported = "model-unsupported";
    /// A unit that cannot be read.
    BadUnit = "model-bad-unit";
    /// Units on the two sides that differ.
    UnitClash = "model-unit-clash";
}

/// One thing to say about a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// Where, when it is at one place.
    pub span: Span,
    /// What was found and what was expected.
    pub message: Text,
    /// What to do.
    pub hint: Option<Text>,
}

impl Diagnostic {
    /// Something that keeps the model from running.
    #[must_use]
    pub fn error(code: Code, span: Span, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, span, message: Text::new(zh, en), hint: None }
    }

    /// Something that may mislead.
    #[must_use]
    pub fn warning(code: Code, span: Span, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, zh, en) }
    }

    /// Something worth knowing.
    #[must_use]
    pub fn note(code: Code, span: Span, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, span, zh, en) }
    }

    /// With an order that the reader can follow.
    #[must_use]
    pub fn hint(self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { hint: Some(Text::new(zh, en)), ..self }
    }
}

/// The line and column of a place in a text, both from 1; columns count characters.
#[must_use]
pub fn position(text: &str, byte: usize) -> (usize, usize) {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = text.get(..end).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

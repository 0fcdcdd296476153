//! Diagnostics and the files they point into.

use lantu_blueprint::Diagnostic;
use lantu_city::City;
use serde::Serialize;
use utoipa::ToSchema;

use super::TextItem;
use super::words::SeverityWord;

/// A diagnostic.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProblemItem {
    /// Kind; has a page in the documentation.
    pub code: &'static str,
    /// `error`, `warning`, `note`.
    #[schema(value_type = SeverityWord)]
    pub severity: &'static str,
    /// What was found.
    pub message: TextItem,
    /// What to do.
    pub hint: TextItem,
    /// File inside the blueprint.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The line itself, when the file is a definition file.
    #[schema(required = true)]
    pub excerpt: Option<String>,
}

/// Longest line shown with a diagnostic.
const LONGEST_EXCERPT: usize = 200;

impl ProblemItem {
    /// A diagnostic with the line it points at.
    pub fn new(city: &City, diagnostic: &Diagnostic) -> ProblemItem {
        let at = &diagnostic.location;
        let line = city.text(&at.file).and_then(|text| text.lines().nth(at.line.saturating_sub(1) as usize));
        ProblemItem {
            code: diagnostic.code.word(),
            severity: diagnostic.severity().word(),
            message: (&diagnostic.message).into(),
            hint: (&diagnostic.hint).into(),
            file: at.file.to_string(),
            line: at.line,
            column: at.column,
            excerpt: line.map(|line| line.chars().take(LONGEST_EXCERPT).collect()),
        }
    }
}

/// A definition file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SourceText {
    /// Path inside the blueprint.
    pub file: String,
    /// Content.
    pub text: String,
}

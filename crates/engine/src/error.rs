//! What a caller is told when a query or a table cannot be had. DataFusion's own errors end here.

use lantu_blueprint::Text;

/// A query that cannot run, with its place in the SQL text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryProblem {
    /// What was found.
    pub message: Text,
    /// What to do; may be empty.
    pub hint: Text,
    /// Line in the SQL text, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl QueryProblem {
    /// A problem without a better place than the start of the text.
    pub(crate) fn new(message: Text, hint: Text) -> QueryProblem {
        QueryProblem { message, hint, line: 1, column: 1 }
    }
}

/// Why a table or a query result cannot be handed out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// The query cannot run.
    #[error("{}", .0.message.en)]
    Query(Box<QueryProblem>),
    /// There is no table of that name.
    #[error("there is no table `{name}`")]
    UnknownTable {
        /// The name asked for.
        name: String,
        /// A similar name, in words.
        hint: Text,
    },
    /// The table exists and cannot be read.
    #[error("{}", .0.en)]
    Unreadable(Text),
}

impl EngineError {
    /// The message in both languages.
    pub fn message(&self) -> Text {
        match self {
            EngineError::Query(problem) => problem.message.clone(),
            EngineError::UnknownTable { name, .. } => {
                Text::new(format!("没有名为「{name}」的表"), format!("there is no table `{name}`"))
            }
            EngineError::Unreadable(text) => text.clone(),
        }
    }

    /// What to do about it; may be empty.
    pub fn hint(&self) -> Text {
        match self {
            EngineError::Query(problem) => problem.hint.clone(),
            EngineError::UnknownTable { hint, .. } => hint.clone(),
            EngineError::Unreadable(_) => Text::default(),
        }
    }
}

impl From<QueryProblem> for EngineError {
    fn from(problem: QueryProblem) -> EngineError {
        EngineError::Query(Box::new(problem))
    }
}

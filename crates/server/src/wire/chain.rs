//! Chains of custody.

use lantu_city::ChainNode;
use serde::Serialize;
use utoipa::ToSchema;

use super::TextItem;
use super::words::ChainWord;

/// One link with what it rests on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChainLink {
    /// `verdict`, `reason`, `rule`, `target`, `indicator`, `observation`, `query`, `table`, `row`, `source`.
    #[schema(value_type = ChainWord)]
    pub kind: &'static str,
    /// What it says.
    pub label: TextItem,
    /// A value, when it has one.
    #[schema(required = true)]
    pub value: Option<String>,
    /// File inside the blueprint.
    #[schema(required = true)]
    pub file: Option<String>,
    /// Line of the file.
    #[schema(required = true)]
    pub line: Option<u32>,
    /// Address outside the blueprint.
    #[schema(required = true)]
    pub url: Option<String>,
    /// What it rests on.
    #[schema(no_recursion)]
    pub children: Vec<ChainLink>,
    /// What it rests on besides, too much to send.
    pub omitted: usize,
}

impl From<&ChainNode> for ChainLink {
    fn from(node: &ChainNode) -> ChainLink {
        ChainLink {
            kind: node.kind.word().0,
            label: (&node.label).into(),
            value: node.value.clone(),
            file: node.location.as_ref().map(|l| l.file.to_string()),
            line: node.location.as_ref().map(|l| l.line),
            url: node.url.clone(),
            children: node.children.iter().map(ChainLink::from).collect(),
            omitted: node.omitted,
        }
    }
}

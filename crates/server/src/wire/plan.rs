//! The plan as a document.

use lantu_blueprint::model::{Block, Plan};
use serde::Serialize;
use utoipa::ToSchema;

use super::TextItem;
use super::words::HeadingWord;

/// A piece of a document, in reading order.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum BlockItem {
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Id declared.
        #[schema(required = true)]
        id: Option<String>,
        /// `goal`, `transformation`, `programme`, `measure`.
        #[schema(value_type = Option<HeadingWord>, required = true)]
        kind: Option<&'static str>,
        /// Title.
        title: TextItem,
    },
    /// Prose, as safe HTML.
    Prose {
        /// HTML per language.
        html: TextItem,
    },
    /// A target.
    Target {
        /// Id.
        id: String,
    },
    /// A milestone.
    Milestone {
        /// Id.
        id: String,
    },
}

/// A document.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DocumentItem {
    /// Name of the file without language.
    pub id: String,
    /// Path of the main-language file.
    pub path: String,
    /// Content.
    pub blocks: Vec<BlockItem>,
}

/// Every document of the plan.
pub(crate) fn documents(plan: &Plan) -> Vec<DocumentItem> {
    let block = |block: &Block| match block {
        Block::Heading { level, id, title } => BlockItem::Heading {
            level: *level,
            id: id.clone(),
            kind: id.as_deref().and_then(|id| kind(plan, id)),
            title: title.into(),
        },
        Block::Prose(html) => BlockItem::Prose { html: html.into() },
        Block::Target(id) => BlockItem::Target { id: id.clone() },
        Block::Milestone(id) => BlockItem::Milestone { id: id.clone() },
    };
    let document = |d: &lantu_blueprint::model::Document| DocumentItem {
        id: d.id.clone(),
        path: d.path.clone(),
        blocks: d.blocks.iter().map(block).collect(),
    };
    plan.documents.iter().map(document).collect()
}

fn kind(plan: &Plan, id: &str) -> Option<&'static str> {
    if plan.goals.iter().any(|x| x.id == id) {
        Some("goal")
    } else if plan.transformations.iter().any(|x| x.id == id) {
        Some("transformation")
    } else if plan.programmes.iter().any(|x| x.id == id) {
        Some("programme")
    } else {
        plan.measures.iter().any(|x| x.id == id).then_some("measure")
    }
}

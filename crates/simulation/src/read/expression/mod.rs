//! Equations: one grammar, two dialects.

mod parser;
mod token;

pub(crate) use parser::{Parser, expression};
pub(crate) use token::{Token, comment_length};

//! Files of other programs to a model.

pub(crate) mod expression;
pub mod vensim;
pub mod xmile;

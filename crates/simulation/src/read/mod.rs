//! Files of other programs to a model.

pub mod cin;
pub(crate) mod expression;
pub mod vensim;
pub mod xmile;

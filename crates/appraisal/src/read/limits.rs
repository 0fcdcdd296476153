//! The ends of a range, as steps and classes have them.

use super::fields::Fields;
use super::origins::Origins;
use crate::diagnostic::Code;
use crate::rules::Limits;

/// The ends of a range: `at_least` or `above`, `at_most` or `below`.
pub(super) fn limits(fields: &Fields<'_>, origins: &Origins, origin: Option<usize>) -> Limits {
    let end = |closed: &str, open: &str| {
        if fields.has(closed) && fields.has(open) {
            fields.page.error(
                Code::BadValue,
                fields.line(open),
                format!("「{closed}」与「{open}」只能写一个"),
                format!("only one of `{closed}` and `{open}` can stand here"),
            );
        }
        let closed = origins.number(fields, closed, origin).map(|number| (number, true));
        closed.or_else(|| origins.number(fields, open, origin).map(|number| (number, false)))
    };
    Limits { from: end("at_least", "above"), to: end("at_most", "below") }
}

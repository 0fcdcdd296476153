//! The sentences about units.

use super::names::Names;
use super::parse::Unreadable;
use super::unit::Unit;
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::model::{Span, Variable};

/// A unit in both languages.
pub(super) fn written(unit: &Unit, names: &Names) -> Text {
    if unit.is_none() {
        return Text::new("无单位量", "no unit");
    }
    let text = names.written(unit);
    Text::new(format!("「{text}」"), format!("`{text}`"))
}

/// `what` comes to something else than wanted.
pub(super) fn clash(span: Span, what: &Text, wanted: &Text, bare_number: bool) -> Diagnostic {
    let found = Diagnostic::warning(
        Code::UnitClash,
        span,
        format!("{}，应为{}", what.zh, wanted.zh),
        format!("{}, expected {}", what.en, wanted.en),
    );
    if bare_number {
        // A rate or a conversion written as a number is the usual cause.
        return found.hint(
            "请把方程里的数字改为带单位的变量，或改正单位",
            "make the number in the equation a variable with a unit, or correct the units",
        );
    }
    found.hint("请改正方程或声明的单位", "correct the equation or the declared units")
}

/// Characters of a unit that are repeated in a message.
const UNIT_SHOWN: usize = 80;

/// The unit of a variable is left out of the check.
pub(super) fn unreadable(variable: &Variable, label: &str, problem: Unreadable) -> Diagnostic {
    let text = variable.units.as_deref().unwrap_or_default();
    let text = text.char_indices().nth(UNIT_SHOWN).map_or(text, |(end, _)| text.get(..end).unwrap_or(text));
    let (zh, en) = match problem {
        Unreadable::Form => {
            ("无法读出，应为名称及 *、/、^ 与括号", "cannot be read, expected names with `*`, `/`, `^` and parentheses")
        }
        Unreadable::Number => ("含有数字，应只含名称", "holds a number, expected names only"),
    };
    Diagnostic::warning(
        Code::BadUnit,
        variable.span,
        format!("「{label}」的单位「{text}」{zh}；该单位未参与检查"),
        format!("the unit `{text}` of `{label}` {en}; it was left out of the check"),
    )
    .hint("请改写单位，例如「people/year」", "write the unit anew, such as `people/year`")
}

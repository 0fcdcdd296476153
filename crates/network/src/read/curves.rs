//! Delays by type of link: points, a table with columns `type,saturation,factor`, rows of one type in the order of their saturation;
//! or conical ones, a table with columns `type,alpha`.

use crate::curve::{Curve, Misfit};
use crate::diagnostic::{Code, Diagnostic};
use crate::names::List;
use crate::network::Network;
use crate::read::table::Table;
use crate::types::Shape;

/// Points of one type, with the lines they are in.
type Points = (Vec<(f64, f64)>, Vec<usize>);

/// Reads curves and gives them to the links of their types. A curve that is none is left out and said.
#[must_use]
pub fn curves(text: &str, network: &mut Network) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let table = Table::new(text, Some(b'#'));
    if table.column("alpha").is_some() {
        return conical(table, network);
    }
    let Some([kind, saturation, factor]) = table.needed(["type", "saturation", "factor"], &mut problems) else {
        return problems;
    };
    let mut types = List::default();
    let mut found: Vec<Points> = Vec::new();
    table.each(|row| {
        let (place, new) = types.add(row.get(kind));
        if new {
            found.push(Points::default());
        }
        // What is no number rises above nothing: the curve says so at this line.
        let number = |column| row.get(column).parse().unwrap_or(f64::NAN);
        if let Some((points, lines)) = found.get_mut(place as usize) {
            points.push((number(saturation), number(factor)));
            lines.push(row.line);
        }
    });
    if found.is_empty() {
        problems.push(Diagnostic::error(Code::BadCurve, 1, "没有读到曲线", "no curves were read"));
    }
    for (name, (points, lines)) in types.names().zip(found) {
        let line = |place: usize| lines.get(place).copied().unwrap_or_default();
        match Curve::new(&points) {
            Ok(curve) => {
                if !network.types.set(name, Shape::Points(curve)) {
                    problems.push(Diagnostic::error(
                        Code::UnknownType,
                        line(0),
                        format!("没有「{name}」类的路段；这条曲线没有用"),
                        format!("no link has the type `{name}`; its curve is left out"),
                    ));
                }
            }
            Err(misfit) => {
                let (place, zh, en) = words(misfit);
                problems.push(Diagnostic::error(
                    Code::BadCurve,
                    line(place),
                    format!("「{name}」的曲线：{zh}；这条曲线没有用"),
                    format!("the curve of `{name}`: {en}; it is left out"),
                ));
            }
        }
    }
    problems
}

/// The conical delay of Spiess (1990) by type.
fn conical(table: Table<'_>, network: &mut Network) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let Some([kind, alpha]) = table.needed(["type", "alpha"], &mut problems) else { return problems };
    table.each(|row| {
        let (name, text) = (row.get(kind), row.get(alpha));
        match text.parse::<f64>().ok().filter(|alpha| *alpha > 1.0 && alpha.is_finite()) {
            Some(alpha) if network.types.set(name, Shape::Conical(alpha)) => {}
            Some(_) => problems.push(Diagnostic::error(
                Code::UnknownType,
                row.line,
                format!("没有「{name}」类的路段；该行没有用"),
                format!("no link has the type `{name}`; the row is left out"),
            )),
            None => problems.push(Diagnostic::error(
                Code::BadCurve,
                row.line,
                format!("alpha 应为大于 1 的数，而不是「{text}」；该行没有用"),
                format!("alpha must be a number above 1, not `{text}`; the row is left out"),
            )),
        }
    });
    problems
}

fn words(misfit: Misfit) -> (usize, &'static str, &'static str) {
    match misfit {
        Misfit::Start => {
            (0, "第一行应为饱和度 0、倍数 1", "its first row must have a saturation of 0 and a factor of 1")
        }
        Misfit::NotRising(place) => {
            (place, "饱和度应比上一行大", "the saturation must be above that of the row before")
        }
        Misfit::Falling(place) => (place, "倍数应不小于上一行", "the factor must not be below that of the row before"),
    }
}

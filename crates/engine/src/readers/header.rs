//! Column names: trimmed, never empty, never twice.

use std::collections::BTreeSet;
use std::sync::Arc;

use lantu_blueprint::{Code, Diagnostic, Location, Text};

use crate::problems::Problems;

/// Cleans the names of a header. `place` gives the place of a column's name; `used` says whether any record has a
/// value in that column: unnamed columns without values (trailing commas of a spreadsheet) are no problem.
pub(super) fn clean(
    file: &Arc<str>,
    names: &[String],
    place: impl Fn(usize) -> Location,
    used: impl Fn(usize) -> bool,
    problems: &mut Problems,
) -> Vec<String> {
    let mut taken: BTreeSet<String> = names.iter().map(|name| name.trim().to_owned()).collect();
    let mut seen = BTreeSet::new();
    let mut clean = Vec::with_capacity(names.len());
    for (at, name) in names.iter().enumerate() {
        let name = name.trim();
        if name.is_empty() {
            let made = free(&mut taken, &format!("column_{}", at + 1));
            if used(at) {
                problems.say("unnamed-column", file, || {
                    Diagnostic::new(
                        Code::BadTable,
                        place(at),
                        Text::new(
                            format!("第 {} 列没有列名，暂用「{made}」", at + 1),
                            format!("column {} has no name and is read as `{made}`", at + 1),
                        ),
                    )
                    .hint(Text::new("请在表头写上列名", "name the column in the header"))
                });
            }
            clean.push(made);
        } else if seen.insert(name.to_owned()) {
            clean.push(name.to_owned());
        } else {
            let made = free(&mut taken, &format!("{name}_2"));
            problems.say("duplicate-column", file, || {
                Diagnostic::new(
                    Code::DuplicateId,
                    place(at),
                    Text::new(
                        format!("列名「{name}」出现两次，后一列暂用「{made}」"),
                        format!("there are two columns `{name}`; the later one is read as `{made}`"),
                    ),
                )
                .hint(Text::new("请给其中一列改名", "rename one of them"))
            });
            clean.push(made);
        }
    }
    clean
}

/// `wanted`, or `wanted` with the next free number. Tables are no wider than a few thousand columns.
fn free(taken: &mut BTreeSet<String>, wanted: &str) -> String {
    let mut name = wanted.to_owned();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        number += 1;
        name = format!("{wanted}_{number}");
    }
    name
}

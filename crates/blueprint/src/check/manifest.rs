//! The manifest against the folder: files it does not name, files that are not as it says, editions overdue.

use std::collections::BTreeSet;

use super::Context;
use crate::{Code, Diagnostic, Location, Text};

const PATH: &str = "data/MANIFEST.toml";

/// Compares both ways.
pub(super) fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let named: BTreeSet<&str> = context.plan.data.iter().map(|file| file.path.as_str()).collect();
    let readable = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        // Words about the data are not data.
        !(name.starts_with('.') || name.ends_with(".md") || name.starts_with("LICENSE"))
    };
    for path in context.sources.data.keys().filter(|path| readable(path) && !named.contains(path.as_str())) {
        out.push(
            Diagnostic::new(
                Code::NotInManifest,
                Location::start(path.as_str()),
                Text::new("数据清单里没有这个文件", "the manifest does not name this file"),
            )
            .hint(Text::new(
                format!("在 {PATH} 加一个 [[file]]，写明来源和许可"),
                format!("add a [[file]] to {PATH} with its source and licence"),
            )),
        );
    }
    for file in &context.plan.data {
        match context.sources.data.get(&file.path) {
            None => out.push(
                Diagnostic::new(
                    Code::MissingFile,
                    file.location.clone(),
                    Text::new(format!("没有文件 {}", file.path), format!("there is no file {}", file.path)),
                )
                .hint(Text::new("请补上文件，或从清单里删去", "put the file there, or remove it from the manifest")),
            ),
            Some(fact) => {
                if file.sha256.as_ref().is_some_and(|sum| *sum != fact.sha256) {
                    out.push(
                        Diagnostic::new(
                            Code::ChecksumMismatch,
                            file.location.clone(),
                            Text::new(
                                format!("{} 的内容与清单不符（现为 {}）", file.path, fact.sha256),
                                format!(
                                    "{} is not the file that the manifest describes (now {})",
                                    file.path, fact.sha256
                                ),
                            ),
                        )
                        .hint(Text::new(
                            "核对改动后更新 sha256 和 retrieved",
                            "check the change, then update sha256 and retrieved",
                        )),
                    );
                }
            }
        }
        if let Some(due) = file.next_due.filter(|due| *due < context.as_of) {
            out.push(
                Diagnostic::new(
                    Code::OverdueData,
                    file.location.clone(),
                    Text::new(
                        format!("{} 应在 {due} 前更新", file.path),
                        format!("the next edition of {} was due on {due}", file.path),
                    ),
                )
                .hint(Text::new("取得新一版数据，或改写 next_due", "get the new edition, or change next_due")),
            );
        }
    }
}

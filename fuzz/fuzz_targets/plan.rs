//! Any bytes as any definition file of a small clean blueprint: reading and checking it must end, without a panic,
//! and every diagnostic must point into a file.
//!
//! The first byte chooses the file, the rest is its content.

#![no_main]

use lantu_blueprint::{Date, Sources, check};
use libfuzzer_sys::fuzz_target;

const PATHS: [&str; 10] = [
    "blueprint.toml",
    "sources.toml",
    "areas.csv",
    "plan/01-river.zh.md",
    "plan/01-river.en.md",
    "indicators/indicators.csv",
    "indicators/density.sql",
    "indicators/density.test.yaml",
    "rules/lights-yinchuan-2025.toml",
    "data/MANIFEST.toml",
];

/// The template town, compiled in so that a run needs no files.
const TOWN: [(&str, &[u8]); 5] = [
    ("blueprint.toml", include_bytes!("../../cities/template/blueprint.toml")),
    ("areas.csv", include_bytes!("../../cities/template/areas.csv")),
    ("sources.toml", include_bytes!("../../cities/template/sources.toml")),
    ("plan/01-river.zh.md", include_bytes!("../../cities/template/plan/01-river.zh.md")),
    ("indicators/indicators.csv", include_bytes!("../../cities/template/indicators/indicators.csv")),
];

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, content)) = bytes.split_first() else { return };
    let mut sources = Sources { name: "town".to_owned(), ..Sources::default() };
    for (path, content) in TOWN {
        sources.texts.insert(path.to_owned(), content.to_vec());
    }
    let path = PATHS[usize::from(*choice) % PATHS.len()];
    sources.texts.insert(path.to_owned(), content.to_vec());
    let (_, diagnostics) = check::read(&sources, Date::constant(2026, 6, 30));
    for diagnostic in diagnostics {
        assert!(!diagnostic.location.file.is_empty() && diagnostic.location.line > 0 && diagnostic.location.column > 0);
        assert!(!diagnostic.message.zh.is_empty() && !diagnostic.message.en.is_empty());
    }
});

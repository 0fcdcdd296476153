//! Which folder of `web/src` may import which, and that no files import each other in a circle.

use std::collections::{BTreeMap, BTreeSet};

use crate::{arrows, tree};

const SRC: &str = "web/src/";

/// Relative imports by file, both as paths below `web/src`.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let sources: Vec<&tree::File> =
        tree::files().iter().filter(|f| f.path.starts_with(SRC) && f.is(&[".ts", ".svelte"])).collect();
    let names: BTreeSet<&str> = sources.iter().filter_map(|f| f.path.strip_prefix(SRC)).collect();
    let mut found = BTreeMap::new();
    for file in sources {
        let name = file.path.strip_prefix(SRC).unwrap_or_default();
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let below = modules(&file.text).map(|module| {
            let path = join(folder, module);
            let endings = ["", ".ts", ".svelte"];
            endings.iter().map(|e| format!("{path}{e}")).find(|p| names.contains(p.as_str())).unwrap_or(path)
        });
        found.insert(name.to_owned(), below.collect());
    }
    found
}

/// What a file names in `from '…'`, `import '…'` and `import('…')`, when it starts with a dot.
fn modules(text: &str) -> impl Iterator<Item = &str> {
    let after = ["from '", "import '", "import('", "from \"", "import \"", "import(\""];
    after.into_iter().flat_map(|start| text.split(start).skip(1)).filter_map(|rest| {
        let module = rest.split(['\'', '"']).next()?;
        module.starts_with('.').then_some(module)
    })
}

fn join(folder: &str, module: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in module.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

fn folder(path: &str) -> Option<&str> {
    path.split_once('/').map(|(folder, _)| folder)
}

#[test]
fn folders_import_downwards_only() {
    let policy = arrows::policy().web;
    let all = imports();
    let mut wrong = Vec::new();
    for (file, below) in &all {
        // main.ts and App.svelte stand above every folder.
        let Some(home) = folder(file) else { continue };
        let Some(allowed) = policy.get(home) else {
            wrong.push(format!("{file}: arrows.toml does not know the folder {home}"));
            continue;
        };
        for path in below {
            if folder(path).is_none_or(|f| f != home && !allowed.iter().any(|a| a == f)) {
                wrong.push(format!("{file} may not import {path}"));
            }
        }
    }
    let used: BTreeSet<&str> = all.keys().filter_map(|file| folder(file)).collect();
    wrong.extend(policy.keys().filter(|f| !used.contains(f.as_str())).map(|f| format!("there is no folder {f}")));
    tree::none(&wrong);
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut rest = imports();
    for (file, below) in &mut rest {
        // A component may draw itself again inside itself: trees do.
        below.remove(file);
    }
    // Take away what imports nothing that is left, until nothing can be taken away.
    loop {
        let left: BTreeSet<String> = rest.keys().cloned().collect();
        let before = rest.len();
        rest.retain(|_, below| below.iter().any(|path| left.contains(path)));
        if rest.len() == before {
            break;
        }
    }
    // What is left lies on a circle or above one.
    tree::none(&rest.into_keys().collect::<Vec<_>>());
}

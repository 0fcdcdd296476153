//! Every verb on the template town.

use super::{city, code, edit, json, lantu, text, town};

const AS_OF: &str = "2026-06-30";

#[test]
fn the_template_is_clean_and_shows_every_verdict() {
    let root = city("template");
    let root = root.to_str().unwrap();
    let check = lantu(&["check", root, "--as-of", AS_OF, "--format", "json"]);
    assert_eq!(code(&check), 0);
    assert_eq!(json(&check).as_array().unwrap().len(), 0, "{}", text(&check));
    let status = json(&lantu(&["status", root, "--as-of", AS_OF, "--format", "json"]));
    for (verdict, count) in status["summary"].as_object().unwrap() {
        assert!(count.as_u64().unwrap() > 0, "the template shows no `{verdict}`");
    }
    let tests = lantu(&["test", root, "--as-of", AS_OF]);
    assert_eq!(code(&tests), 0, "{}", text(&tests));
}

#[test]
fn every_format_of_every_verb() {
    let root = city("template");
    let root = root.to_str().unwrap();
    let status = json(&lantu(&["status", root, "--as-of", AS_OF, "--format", "json"]));
    let target = status["targets"][0]["id"].as_str().unwrap().to_owned();
    let verbs: [&[&str]; 5] = [
        &["check", root],
        &["status", root],
        &["test", root],
        &["query", root, "SELECT verdict, count(*) AS n FROM verdicts GROUP BY verdict ORDER BY verdict"],
        &["why", root, &target],
    ];
    for verb in verbs {
        for format in ["text", "json", "csv"] {
            for lang in ["zh", "en"] {
                let mut arguments = verb.to_vec();
                arguments.extend(["--as-of", AS_OF, "--format", format, "--lang", lang]);
                let output = lantu(&arguments);
                assert_eq!(code(&output), 0, "{arguments:?}: {}", text(&output));
                assert!(!output.stdout.is_empty() || verb[0] == "check", "{arguments:?}");
                assert!(!text(&output).contains('\u{1b}'), "colours without a terminal: {arguments:?}");
            }
        }
    }
}

#[test]
fn why_ends_at_source_rows() {
    let root = city("template");
    let chain = text(&lantu(&["why", root.to_str().unwrap(), "density", "--as-of", AS_OF]));
    assert!(chain.contains("indicators/density.sql:1"), "{chain}");
    assert!(chain.contains("data/"), "{chain}");
}

#[test]
fn a_filter_that_names_nothing_is_refused() {
    let root = city("template");
    let output = lantu(&["status", root.to_str().unwrap(), "--programme", "no-such"]);
    assert_eq!(code(&output), 2, "{}", text(&output));
}

#[test]
fn a_changed_target_moves_its_verdict() {
    let (folder, root) = town();
    let old = folder.path().join("old");
    let made = lantu(&["new", old.to_str().unwrap()]);
    assert_eq!(code(&made), 0);
    let status = json(&lantu(&["status", root.to_str().unwrap(), "--as-of", AS_OF, "--format", "json"]));
    let met = status["targets"]
        .as_array()
        .unwrap()
        .iter()
        .find(|t| t["verdict"] == "met" && t["form"] == "at_least")
        .unwrap();
    let id = met["target_id"].as_str().unwrap();
    let wanted = format!("\"{id}\"");
    for entry in std::fs::read_dir(root.join("plan")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        edit(&root, &format!("plan/{name}"), |plan| match plan.find(&wanted) {
            Some(at) if name.ends_with(".zh.md") => {
                let (before, after) = plan.split_at(at);
                format!("{before}{}", after.replacen("at_least", "at_least = 999_999_999_999 #", 1))
            }
            _ => plan,
        });
    }
    let moved =
        json(&lantu(&["diff", root.to_str().unwrap(), old.to_str().unwrap(), "--as-of", AS_OF, "--format", "json"]));
    let definitions = moved["definitions"].as_array().unwrap();
    assert!(definitions.iter().any(|d| d["id"] == id && d["change"] == "changed"), "{moved}");
    let verdicts = moved["verdicts"].as_array().unwrap();
    // A target that judges each area has one verdict per area; the one that was met must fall.
    let was_met = &met["id"];
    assert!(verdicts.iter().any(|v| v["id"] == *was_met && v["from"] == "met" && v["to"] == "missed"), "{moved}");
}

#[test]
fn diff_reads_a_git_revision() {
    // The city is a folder of a repository that holds other things too, and has a link in it.
    let (folder, root) = town();
    std::fs::write(folder.path().join("blueprint.toml"), "not this one").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("figures.csv", root.join("data/link.csv")).unwrap();
    let git = |arguments: &[&str]| {
        let who = ["-c", "user.name=t", "-c", "user.email=t@t.example"];
        let done =
            std::process::Command::new("git").arg("-C").arg(folder.path()).args(who).args(arguments).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "first"]);
    let same = lantu(&["diff", root.to_str().unwrap(), "HEAD", "--as-of", AS_OF, "--format", "json"]);
    assert_eq!(json(&same), serde_json::json!({ "definitions": [], "verdicts": [] }), "{}", text(&same));
    edit(&root, "blueprint.toml", |text| text.replacen("grace_months = ", "grace_months = 1", 1));
    let output = lantu(&["diff", root.to_str().unwrap(), "HEAD", "--as-of", AS_OF, "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    assert_eq!(json(&output)["definitions"][0]["id"], "blueprint.toml");
    assert_eq!(code(&lantu(&["diff", root.to_str().unwrap(), "no-such-revision"])), 2);
}

#[test]
fn new_never_overwrites() {
    let (_folder, root) = town();
    let again = lantu(&["new", root.to_str().unwrap()]);
    assert_eq!(code(&again), 2, "{}", text(&again));
}

#[test]
fn the_second_run_gives_the_same_bytes() {
    let (_folder, root) = town();
    let arguments = ["status", root.to_str().unwrap(), "--as-of", AS_OF, "--format", "json"];
    let (first, second) = (lantu(&arguments), lantu(&arguments));
    assert_eq!(first.stdout, second.stdout);
    std::fs::remove_dir_all(root.join(".lantu")).unwrap();
    assert_eq!(first.stdout, lantu(&arguments).stdout);
}

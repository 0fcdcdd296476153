//! `.lantu/`: what is still true is not computed again, and nothing that is wrong with it matters.

use std::fs;

use super::town::{FIGURES, Town, brief, of};

fn with_land() -> Town {
    let mut town = Town::new();
    town.data("land.csv", "table = \"land\"", b"area,km2\neast,4\nwest,10\n");
    town.formula("density", "SELECT p.area, p.period, p.value / l.km2 AS value FROM people p JOIN land l ON l.area = p.area WHERE p.year = 2020");
    town.formula("twice", "SELECT area, period, 2 * value AS value FROM density");
    town.formula("homes_copy", "SELECT area, period, value FROM homes");
    town
}

fn cache(town: &Town) -> std::path::PathBuf {
    town.root().join(".lantu/results.bin")
}

#[test]
fn unchanged_results_need_no_data_file() {
    let town = with_land();
    let first = town.computed();
    assert_eq!(first.diagnostics, []);
    let written = fs::read(cache(&town)).unwrap();
    // With the file gone (and its checksum still known), a computation could only fail.
    fs::remove_file(town.root().join("data/land.csv")).unwrap();
    let second = town.computed();
    assert_eq!(format!("{second:?}"), format!("{first:?}"));
    assert_eq!(fs::read(cache(&town)).unwrap(), written, "nothing new to write");
    assert_eq!(fs::read_to_string(town.root().join(".lantu/.gitignore")).unwrap(), "*\n");
}

#[test]
fn a_change_reaches_exactly_what_depends_on_it() {
    let mut town = with_land();
    town.computed();
    town.data("land.csv", "", b"area,km2\neast,5\nwest,10\n");
    let computed = town.computed();
    assert_eq!(brief(&of(&computed, "density")), ["east 2020 20", "west 2020 20"]);
    assert_eq!(brief(&of(&computed, "twice")), ["east 2020 40", "west 2020 40"]);

    town.figures(FIGURES.replace("people,east,2020,100", "people,east,2020,105").as_bytes());
    assert_eq!(brief(&of(&town.computed(), "twice")), ["east 2020 42", "west 2020 40"]);

    town.formula("twice", "SELECT area, period, 3 * value AS value FROM density");
    assert_eq!(brief(&of(&town.computed(), "twice")), ["east 2020 63", "west 2020 60"]);
}

#[test]
fn damage_is_survived_in_silence() {
    let town = with_land();
    let first = format!("{:?}", town.computed());
    let good = fs::read(cache(&town)).unwrap();
    let mut damaged: Vec<Vec<u8>> =
        vec![Vec::new(), b"LANTU".to_vec(), vec![0xFF; 5000], good[..good.len() / 2].to_vec()];
    for at in (0..good.len()).step_by(97) {
        let mut bad = good.clone();
        bad[at] ^= 0xA5;
        damaged.push(bad);
    }
    for bad in damaged {
        fs::write(cache(&town), bad).unwrap();
        assert_eq!(format!("{:?}", town.computed()), first);
        assert_eq!(fs::read(cache(&town)).unwrap(), good, "and written anew");
    }
    fs::remove_dir_all(town.root().join(".lantu")).unwrap();
    fs::write(town.root().join(".lantu"), "a file where the folder should be").unwrap();
    assert_eq!(format!("{:?}", town.computed()), first);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_has_no_cache() {
    use std::os::unix::fs::PermissionsExt;

    let town = with_land();
    fs::set_permissions(town.root(), fs::Permissions::from_mode(0o555)).unwrap();
    assert_eq!(of(&town.computed(), "twice").len(), 2);
    fs::set_permissions(town.root(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn failures_are_remembered_and_forgotten() {
    let mut town = with_land();
    town.formula("bad", "SELECT area, period, value FROM nowhere");
    let first = town.computed();
    assert_eq!(first.diagnostics.len(), 1);
    assert_eq!(town.computed().diagnostics, first.diagnostics);
    town.formula("bad", "SELECT area, period, value FROM homes");
    assert_eq!(town.computed().diagnostics, []);
    town.texts.remove("indicators/bad.sql");
    let before = fs::read(cache(&town)).unwrap().len();
    town.computed();
    assert!(fs::read(cache(&town)).unwrap().len() < before, "results of removed indicators go");
}

#[test]
fn checks_of_data_files_are_remembered() {
    let mut town = Town::new();
    town.data("land.csv", "", b"area,km2\neast\n");
    let first = town.open().0.check_tables();
    assert_eq!(first.len(), 1);
    fs::remove_file(town.root().join("data/land.csv")).unwrap();
    assert_eq!(town.open().0.check_tables(), first);
    town.data("land.csv", "", b"area,km2\neast,1\n");
    assert_eq!(town.open().0.check_tables(), []);
}

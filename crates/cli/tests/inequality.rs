//! Inequality as a user asks for it.

use crate::{city, code, json, lantu, text};

/// Gini, Theil T and L, Palma, shares of the lowest 40 and the highest 10 per cent, mean: of all, and by districts. Then the
/// part of T between districts, and the Gini coefficient of those in dormitories and on boats.
const ALL: [f64; 7] = [
    0.297_071_022_499_021_45,
    0.141_200_691_644_125,
    0.149_155_615_023_304_63,
    1.041_286_614_373_442,
    0.209_416_987_604_175_7,
    0.218_063_106_014_637_2,
    55_121.501_706_484_64,
];
const NORTH: [f64; 7] = [
    0.203_256_036_804_338_18,
    0.069_130_990_537_214_66,
    0.069_339_329_171_716_6,
    0.694_584_419_401_495_1,
    0.272_349_344_610_215_6,
    0.189_169_611_400_464_3,
    74_319.765_166_340_51,
];
const SOUTH: [f64; 7] = [
    0.262_583_693_977_834_8,
    0.115_617_260_297_110_22,
    0.113_542_768_370_203_73,
    0.901_143_552_311_435_3,
    0.240_369_619_463_505_96,
    0.216_607_532_751_091_68,
    46_738.952_164_009_11,
];
const ISLAND: [f64; 7] = [
    0.206_429_138_993_905,
    0.066_248_904_887_092_87,
    0.069_863_799_384_839_64,
    0.635_262_276_066_503_1,
    0.254_118_494_743_392_43,
    0.161_431_893_361_281_16,
    27_507.207_207_207_208,
];
const BETWEEN: f64 = 0.057_577_61;
const TOGETHER: f64 = 0.254_269_143_685_603_77;

fn households() -> String {
    city("template").join("incomes/households.csv").to_str().unwrap().to_owned()
}

fn run(lang: &str, data: &str, more: &[&str]) -> std::process::Output {
    lantu(&[&["--lang", lang, "inequality", "--data", data, "--value", "income"], more].concat())
}

fn near(found: &serde_json::Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found / expected - 1.0).abs() < 1e-11, "{found} is not {expected}");
}

/// What `inequality` 1.1.2 of PySAL and NumPy 2.4.6 give with each row repeated as often as its weight says (L by its
/// definition, the Palma ratio read off PySAL's Lorenz curve).
#[test]
fn the_town_is_measured_as_others_do() {
    let output = run("zh", &households(), &["--weight", "households", "--by", "district", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let found = json(&output);
    let cells = [
        (&found["all"], ALL),
        (&found["groups"][0], NORTH),
        (&found["groups"][1], SOUTH),
        (&found["groups"][2], ISLAND),
    ];
    for (cell, expected) in cells {
        let names = ["gini", "theil_t", "theil_l", "palma", "lowest_40", "highest_10", "mean"];
        names.iter().zip(expected).for_each(|(name, expected)| near(&cell[*name], expected));
    }
    let apart = &found["decomposition"]["theil_t"];
    assert!((apart["between"].as_f64().unwrap() - BETWEEN).abs() < 1e-8, "{apart}");
    near(&apart["total"], ALL[1]);
    let share: f64 = (0..3).map(|group| found["groups"][group]["share_of_total"].as_f64().unwrap()).sum();
    near(&share.into(), 1.0);
}

/// Three and four rows are too few to be shown, and are shown together; the total stays.
#[test]
fn small_groups_are_not_shown() {
    let all = ["--weight", "households", "--by", "housing"];
    let output = run("en", &households(), &all);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let told = text(&output);
    for wanted in ["2 others together", "fewer than 5 rows", "share between", "lowest 40%"] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    assert!(!told.contains("boat") && !told.contains("dormitory"), "{told}");
    let told = text(&run("zh", &households(), &all));
    assert!(told.contains("其余 2 组合计") && told.contains("基尼系数") && told.contains("组间占比"), "{told}");
    let table = run("en", &households(), &[&all[..], &["--format", "csv"]].concat());
    let lines: Vec<String> = String::from_utf8_lossy(&table.stdout).lines().map(str::to_owned).collect();
    let kinds: Vec<&str> = lines.iter().map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(kinds, ["kind", "all", "group", "group", "together", "within", "between"]);
    let found = json(&run("en", &households(), &[&all[..], &["--format", "json"]].concat()));
    assert_eq!((found["groups"][2]["group"].is_null(), found["groups"][2]["rows"].as_u64()), (true, Some(7)));
    near(&found["groups"][2]["gini"], TOGETHER);
    // Three groups of 20 rows are fewer than 21, so that the last joins them: all are one, and nothing is taken apart.
    let output = run("en", &households(), &[&all[..], &["--fewest", "21", "--format", "json"]].concat());
    let found = json(&output);
    assert_eq!(
        (&found["groups"][0]["groups_together"], &found["decomposition"]),
        (&4.into(), &serde_json::Value::Null)
    );
    assert!(found["groups"][1].is_null(), "{found}");
    assert_eq!(code(&run("en", &households(), &["--fewest", "4"])), 2);
}

fn write(folder: &tempfile::TempDir, content: &str) -> String {
    let path = folder.path().join("data.csv");
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn bad_rows_are_told_with_their_line() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "income,weight,area\n1,1,a\n2,1,a\nmuch,1,a\n3,-1,a\n4,1,\n5,1,a\n,1,a\n6,0,a\n7,1,a\n8,1,a\n";
    let data = write(&folder, rows);
    let output = run("en", &data, &["--weight", "weight", "--by", "area", "--format", "json"]);
    assert_eq!(code(&output), 1, "{}", text(&output));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    for wanted in
        ["data.csv:4", "data.csv:5", "data.csv:6", "units-bad-number", "units-bad-group", "1 rows without value"]
    {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    let found = json(&output);
    let counted = [&found["all"]["rows"], &found["missing"], &found["weightless"]].map(serde_json::Value::as_u64);
    assert_eq!(counted, [Some(5), Some(1), Some(1)]);
    let told = text(&run("zh", &data, &["--weight", "weight"]));
    assert!(told.contains("应为数") && told.contains("该行未读入"), "{told}");
}

/// A figure that does not exist is a dash, empty or `null`, with its reason; the others are there.
#[test]
fn figures_that_do_not_exist_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let data = write(&folder, "income\n0\n0\n0\n0\n5\n10\n");
    let output = run("en", &data, &[]);
    assert_eq!(code(&output), 0, "{}", text(&output));
    for wanted in ["all: no Theil L: a value is 0", "all: no Palma: the bottom 40 per cent have nothing"] {
        assert!(text(&output).contains(wanted), "{wanted}: {}", text(&output));
    }
    let found = json(&run("en", &data, &["--format", "json"]));
    assert!(found["all"]["theil_l"].is_null() && found["all"]["gini"].is_number());
    assert_eq!(found["all"]["undefined"]["theil_l"], "a value is 0");
    let data = write(&folder, "income\n-9\n1\n2\n3\n1\n");
    let told = text(&run("zh", &data, &[]));
    assert!(told.contains("总和不大于 0"), "{told}");
}

#[test]
fn what_cannot_be_measured_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("", 1, "there is no row of names"),
        ("income\n", 1, "no row has a value"),
        ("money\n1\n", 1, "there is no column `income`; there are: money"),
        ("income\n1\n2\n3\n4\n", 1, "fewer than 5 rows are not shown"),
        ("income\n\"1\n2\n3\n4\n5\n", 1, "a quote without its other end"),
    ];
    for (content, wanted, words) in cases {
        let output = run("en", &write(&folder, content), &[]);
        assert_eq!(code(&output), wanted, "{content:?}: {}", text(&output));
        assert!(text(&output).contains(words), "{content:?}: {}", text(&output));
        assert!(output.stdout.is_empty(), "{content:?}");
    }
    assert_eq!(code(&run("en", "no such file.csv", &[])), 2);
    assert_eq!(code(&lantu(&["inequality", "--data", &households()])), 2);
}

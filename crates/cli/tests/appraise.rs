//! Grades as a user has them made. The invented firms of tests/appraise are worked out by hand: 60 points at 20 (10 below
//! scale) of tax per mu and 40 at 100 of value added per mu, each up to one and a half times.

use std::path::Path;

use tempfile::TempDir;

use crate::{code, edit, json, lantu, text, town};

pub(crate) fn repository(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path).to_str().unwrap().to_owned()
}

pub(crate) fn sample(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/appraise").join(name).to_str().unwrap().to_owned()
}

pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), content).unwrap();
        self.path(name)
    }
}

/// The sample with the two years before it.
pub(crate) fn firms(lang: &str, more: &[&str]) -> std::process::Output {
    let (rules, data) = (sample("rules-2024.toml"), sample("firms.csv"));
    let (last, before) = (sample("last.csv"), sample("before.csv"));
    let all = ["--lang", lang, "appraise", "--rules", &rules, "--data", &data, "--previous", &last];
    lantu(&[&all, ["--previous", &before].as_slice(), more].concat())
}

/// UNDP's own column of indices and groups beside ours.
#[test]
fn the_published_index_comes_out_in_the_order_of_the_table() {
    let (rules, data) = (repository("rules/undp-hdi.toml"), repository("tests/appraisal/hdi/hdr_2023_24.csv"));
    let output = lantu(&["appraise", "--rules", &rules, "--data", &data, "--format", "csv"]);
    assert_eq!(code(&output), 1, "two countries have no index: {}", text(&output));
    let table = String::from_utf8(output.stdout).unwrap();
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let head = rows.headers().unwrap().clone();
    let wanted = "iso3,le,eys,mys,gnipc,score_le,score_eys,score_mys,score_gnipc,score_education,total,rank,class,reasons,consequences";
    assert_eq!(head.iter().collect::<Vec<_>>().join(","), wanted);
    let published = std::fs::read_to_string(&data).unwrap();
    let mut published = csv::Reader::from_reader(published.as_bytes());
    let mut graded = 0;
    let found: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let published: Vec<csv::StringRecord> = published.records().map(Result::unwrap).collect();
    assert_eq!(found.len(), published.len());
    for (found, published) in found.iter().zip(&published) {
        assert_eq!(found[0], published[0]);
        if published[1].is_empty() {
            assert_eq!((&found[10], &found[11], &found[12]), ("", "", ""));
            assert!(found[13].contains("不评价"), "{found:?}");
            continue;
        }
        graded += 1;
        assert_eq!(found[10].parse::<f64>().unwrap(), published[1].parse::<f64>().unwrap());
        if !published[2].is_empty() {
            assert_eq!(found[12], published[2].to_lowercase().replace(' ', "-"));
        }
    }
    assert_eq!(graded, 204);
}

#[test]
fn firms_are_graded_with_reasons_and_consequences() {
    let output = firms("zh", &["--format", "csv"]);
    assert_eq!(code(&output), 1, "{}", text(&output));
    let table = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(table.lines().count(), 19, "one row for each of 18 in the table: {table}");
    for wanted in [
        "甲厂,40,100,90,40,130,3,B,,\n",
        "乙厂,30,150,90,60,150,2,A,专精特新企业上调一档：由 B 改为 A,减征城镇土地使用税：按规则免除\n",
        "戊厂,90,300,90,60,150,1,D,发生安全事故：由 A 改为 D,电价加价 0.1 元/千瓦时（第 1 年，前提：书面告知）\n",
        "己厂,1,1,3,0.4,,,,公用事业企业：不参加评价，按「B」对待,\n",
        "庚厂,16,,48,0,48,6,D,亩均增加值：缺「va_wan」，得 0 分,电价加价 0.2 元/千瓦时（第 1 年，取同类中较高者，本条为 0.1，前提：书面告知）\n",
        "辛厂,5,20,15,8,23,7,D,,电价加价 0.5 元/千瓦时（连续第 3 年，前提：书面告知）\n",
        "丑坊,,,,0,,,,亩均税收：除数为零，不评价；亩均增加值：除数为零，得 0 分,\n",
        "寅坊,1,10,,,,,,列「scale」没有写组别，不评价,\n",
        "卯坊,1,10,,,,,,规则里没有组别「huge」，不评价,\n",
        "巳坊,1,10,6,4,,,,同名的不止一行，都不评价,\n",
    ] {
        assert!(table.contains(wanted), "{wanted}\n{table}");
    }
    let english = text(&firms("en", &[]));
    for wanted in [
        "numbers that are not official:\n  C (unchecked default): 6 numbers: tax per mu, cap; value added per mu, cap; classes, shares",
        "above scale    8  1  2  1  3           1",
        "a utility: not graded, treated as `B`",
        "7 not graded:",
        "units-bad-id",
        "firms.csv:18",
    ] {
        assert!(english.contains(wanted), "{wanted}\n{english}");
    }
    let found = json(&firms("en", &["--format", "json"]));
    assert_eq!(found["rules"]["valid_from"], "2024-01-01");
    assert_eq!(found["rules"]["sources"][1]["confidence"], "C");
    let summary = &found["summary"];
    assert_eq!((&summary["units"], &summary["graded"], &summary["not_graded"]), (&18.into(), &11.into(), &7.into()));
    assert_eq!(summary["classes"], serde_json::json!({"A": 2, "B": 3, "C": 2, "D": 4}));
    let unit = &found["units"][7];
    assert_eq!((&unit["id"], &unit["class"], &unit["class_by_total"]), (&"辛厂".into(), &"D".into(), &"D".into()));
    assert_eq!((&unit["consequences"][0]["value"], &unit["consequences"][0]["year"]), (&0.5.into(), &3.into()));
}

#[test]
fn results_of_this_year_are_the_earlier_ones_of_the_next() {
    let folder = Folder::new();
    let out = folder.path("grades.csv");
    firms("zh", &["--out", &out]);
    let (rules, data) = (sample("rules-2024.toml"), sample("firms.csv"));
    let again = lantu(&["appraise", "--rules", &rules, "--data", &data, "--previous", &out, "--format", "csv"]);
    assert!(text(&again).contains("电价加价 0.3 元/千瓦时（连续第 2 年"), "{}", text(&again));
}

#[test]
fn parquet_is_read_back_by_the_engine() {
    let folder = Folder::new();
    let (_keep, root) = town();
    let out = root.join("data/grades.parquet");
    let output = firms("zh", &["--out", out.to_str().unwrap()]);
    assert_eq!(code(&output), 1, "{}", text(&output));
    edit(&root, "data/MANIFEST.toml", |manifest| {
        format!(
            "{manifest}\n[[file]]\npath = \"grades.parquet\"\nrole = \"table\"\ntitle = {{ zh = \"评价\", en = \"Grades\" }}\nsource = \"test\"\nlicence = \"CC0\"\nsha256 = \"0\"\ninvented = true\n"
        )
    });
    let sql = "SELECT count(*) AS n, count(total) AS graded, max(rank) AS last, min(firm) AS firm FROM grades";
    let rows = json(&lantu(&["query", root.to_str().unwrap(), sql, "--format", "json"]));
    assert_eq!((&rows[0]["n"], &rows[0]["graded"], &rows[0]["last"]), (&18.into(), &11.into(), &7.into()), "{rows}");
    assert!(rows[0]["firm"].is_string());
    let nowhere = firms("zh", &["--format", "parquet"]);
    assert_eq!(code(&nowhere), 2);
    drop(folder);
}

#[test]
fn the_rules_of_the_day_are_taken() {
    let folder = Folder::new();
    let of_2024 = std::fs::read_to_string(sample("rules-2024.toml")).unwrap();
    folder.write("b.toml", &of_2024);
    folder.write("a.toml", of_2024.replace("2024-", "2023-").replace("样例镇工业", "去年的"));
    folder.write("lights.toml", "[lights]\nslipping_from_pp = 10\noff_track_above_pp = 30\n");
    let (rules, data) = (folder.path(""), sample("firms.csv"));
    let on = |more: &[&str]| lantu(&[&["appraise", "--rules", &rules, "--data", &data], more].concat());
    let output = on(&["--as-of", "2023-06-30"]);
    assert!(text(&output).contains("去年的") && code(&output) == 1, "{}", text(&output));
    for (more, wanted) in [
        (vec![], "规则不止一份"),
        (vec!["--as-of", "2020-01-01"], "没有有效的规则"),
        (vec!["--as-of", "someday"], "a day such as"),
    ] {
        let output = on(&more);
        assert_eq!(code(&output), 2, "{more:?}: {}", text(&output));
        assert!(text(&output).contains(wanted), "{more:?}: {}", text(&output));
    }
    folder.write("c.toml", of_2024.replace("2024-01-01", "2024-06-01"));
    let output = on(&["--as-of", "2024-07-01"]);
    assert_eq!(code(&output), 2, "{}", text(&output));
    for wanted in ["rules-validity", "c.toml:1", "这一天有效的规则不止一份"] {
        assert!(text(&output).contains(wanted), "{wanted}: {}", text(&output));
    }
}

#[test]
fn one_unit_is_explained_and_years_are_compared() {
    let output = firms("en", &["--explain", "庚厂"]);
    // Three quarters of seven are five places in C or better. The fifth has 50; 48 needs 2 more, that is 2/3 at 60 points for 20.
    for wanted in ["a total > 50.00 is `C`", "tax_wan", "+4.2%", "land_mu", "-4.0%"] {
        assert!(text(&output).contains(wanted), "{wanted}: {}", text(&output));
    }
    assert_eq!(code(&firms("en", &["--explain", "nobody"])), 2);
    let found = json(&firms("en", &["--explain", "丙厂", "--format", "json"]));
    assert_eq!((&found["items"][0]["points"], &found["items"][1]["points"]), (&60.0.into(), &32.0.into()), "{found}");

    let folder = Folder::new();
    let rules = std::fs::read_to_string(sample("rules-2024.toml")).unwrap();
    let old =
        folder.write("old.toml", rules.replace("weight = 60", "weight = 50").replace("weight = 40", "weight = 50"));
    let table = std::fs::read_to_string(sample("firms.csv")).unwrap();
    let was = folder.write("was.csv", table.replace("子坊,below,,no,20", "未坊,below,,no,20"));
    let output = firms("en", &["--compare-rules", &old, "--compare-data", &was, "--format", "csv"]);
    // 甲厂 has 40 and 100 in both: 75 + 50 becomes 90 + 40, all of it by weights.
    for wanted in ["甲厂,kept,125,130,3,3,B,B,0,0,5,0,75,90,50,40\n", "子坊,joined,", "未坊,left,"] {
        let table = text(&output).replace("4.999999999999999", "5");
        assert!(table.contains(wanted), "{wanted}: {table}");
    }
    assert!(text(&firms("en", &["--compare-rules", &old])).contains("0 joined, 0 left"));
}

#[test]
fn draws_are_the_same_for_the_same_seed() {
    let run = |seed: &str| {
        let output = firms("zh", &["--uncertainty", "200", "--seed", seed, "--format", "csv"]);
        String::from_utf8(output.stdout).unwrap()
    };
    let first = run("7");
    assert_eq!(first, run("7"));
    assert!(first.lines().next().unwrap().ends_with("rank_p05,rank_p50,rank_p95,share_A,share_B,share_C,share_D"));
    // 戊厂 is ahead in both items at their caps and by tax per mu.
    let row = first.lines().find(|row| row.starts_with("戊厂")).unwrap();
    assert!(row.ends_with(",1,1,1,1,0,0,0"), "{row}");
    assert!(text(&firms("en", &["--uncertainty", "100"])).contains("100 draws"));
}

#[test]
fn rules_are_checked_alone_in_a_folder_and_in_a_city() {
    let rules = std::fs::read_to_string(sample("rules-2024.toml")).unwrap();
    let bad = rules.replace("value = \"va_wan / land_mu\"", "value = \"va_wan / (land_mu\"");
    let folder = Folder::new();
    let alone = folder.write("bad.toml", &bad);
    for path in [&alone, &folder.path("")] {
        let output = lantu(&["check", path, "--format", "json"]);
        assert_eq!(code(&output), 1, "{}", text(&output));
        let found = json(&output);
        let formula = found.as_array().unwrap().iter().find(|one| one["code"] == "rules-bad-formula").unwrap();
        assert_eq!(formula["line"], 53, "{found}");
        assert!(formula["file"].as_str().unwrap().ends_with("bad.toml"));
    }
    folder.write("bad.toml", &rules);
    folder.write("next.toml", rules.replace("valid_from = 2024-01-01", "valid_from = 2024-12-01"));
    let output = lantu(&["--lang", "en", "check", &folder.path("")]);
    assert!(code(&output) == 1 && text(&output).contains("rules-validity"), "{}", text(&output));
    let output = lantu(&["check", &repository("rules")]);
    assert_eq!(code(&output), 0, "{}", text(&output));

    let (_keep, root) = town();
    let check = || lantu(&["check", root.to_str().unwrap(), "--as-of", "2026-06-30", "--format", "json"]);
    std::fs::write(root.join("rules/per-mu.toml"), &rules).unwrap();
    let output = check();
    assert_eq!((code(&output), json(&output)), (0, serde_json::json!([])));
    std::fs::write(root.join("rules/per-mu.toml"), &bad).unwrap();
    let output = check();
    assert_eq!(code(&output), 1, "{}", text(&output));
    let found = json(&output);
    let wanted = |one: &&serde_json::Value| one["file"] == "rules/per-mu.toml" && one["line"] == 53;
    assert_eq!(found.as_array().unwrap().iter().find(wanted).unwrap()["code"], "bad-rules", "{found}");
    let status = lantu(&["status", root.to_str().unwrap(), "--as-of", "2026-06-30"]);
    assert_eq!(code(&status), 0, "the plan is read all the same: {}", text(&status));
}

#[test]
fn bad_input_is_told_and_nothing_is_overwritten() {
    let folder = Folder::new();
    let rules = sample("rules-2024.toml");
    let run = |data: &str| {
        let data = folder.write("data.csv", data);
        lantu(&["--lang", "en", "appraise", "--rules", &rules, "--data", &data])
    };
    let head = "firm,scale,kind,giant,tax_wan,va_wan,land_mu,accidents,arrears,differential\n";
    for (data, expected, wanted) in [
        (String::new(), 1, "units-not-a-table"),
        (head.to_owned(), 0, "all"),
        ("firm,scale\na,above\n".to_owned(), 1, "there is no column `tax_wan`"),
        (format!("{head}a,above,,,nan,1,1,0,0,\nb,above,,,inf,1,1,0,0,\n"), 1, "data.csv:2"),
        (format!("{head}a,above,,,1,1,1,0,0,\na,above,,,1,1,1,0,0,\n"), 1, "data.csv:3"),
        (format!("{head}a,above,,,1\n"), 1, "no `land_mu`"),
        (format!("{head}\"a,above,,,1,1,1,0,0,\n"), 1, "data.csv"),
    ] {
        let output = run(&data);
        assert_eq!(code(&output), expected, "{data}: {}", text(&output));
        assert!(text(&output).contains(wanted), "{data}: {}", text(&output));
        assert!(!text(&output).contains("panicked"), "{}", text(&output));
    }
    let gbk = folder.write("gbk.csv", [head.as_bytes(), b"\xC4\xFE\xB2\xA8,above,,,1,1,1,0,0,\n"].concat());
    let output = lantu(&["appraise", "--rules", &rules, "--data", &gbk]);
    assert!(code(&output) == 0 && text(&output).contains("宁波"), "{}", text(&output));

    let keep = folder.write("keep.csv", std::fs::read(sample("firms.csv")).unwrap());
    let own = folder.write("own.toml", std::fs::read(&rules).unwrap());
    let before = std::fs::read(&keep).unwrap();
    let page = folder.path("page.html");
    for more in [
        vec!["--out", keep.as_str()],
        vec!["--out", own.as_str(), "--format", "csv"],
        vec!["--notice", keep.as_str()],
        vec!["--notice", page.as_str(), "--out", page.as_str()],
    ] {
        let output = lantu(&[&["appraise", "--rules", &own, "--data", &keep], more.as_slice()].concat());
        assert_eq!(code(&output), 2, "{more:?}: {}", text(&output));
    }
    assert_eq!(std::fs::read(&keep).unwrap(), before);
    for more in [vec!["--events", keep.as_str()], vec!["--group", "nowhere"], vec!["--id", "nowhere"]] {
        let output = lantu(&[&["appraise", "--rules", &own, "--data", &keep], more.as_slice()].concat());
        assert_ne!(code(&output), 0, "{more:?}: {}", text(&output));
    }
    assert_eq!(code(&lantu(&["appraise", "--rules", &folder.path("none.toml"), "--data", &keep])), 2);
    let none = lantu(&["appraise", "--rules", &keep, "--data", &keep]);
    assert!(code(&none) == 1 && text(&none).contains("rules-not-a-rule-set"), "{}", text(&none));
}

#[test]
fn columns_may_have_other_names() {
    let folder = Folder::new();
    let table = std::fs::read_to_string(sample("firms.csv")).unwrap().replace("firm,scale,", "企业,规模,");
    let data = folder.write("data.csv", table);
    let rules = sample("rules-2024.toml");
    let all = ["appraise", "--rules", &rules, "--data", &data, "--id", "企业", "--group", "规模", "--format", "csv"];
    let output = lantu(&all);
    assert!(text(&output).starts_with("企业,tax_per_mu"), "{}", text(&output));
    assert!(text(&output).contains("甲厂,40,100,90,40,130,3,B,,\n"), "{}", text(&output));
}

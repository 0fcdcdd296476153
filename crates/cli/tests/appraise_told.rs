//! What `lantu appraise` tells beside grades: names, borders, rules that differ, rules out of force, what is not official.

use crate::appraise::{Folder, firms, repository, sample};
use crate::{code, json, lantu, text};

/// The sample with a column of names; 乙厂 and 丙厂 share one.
fn named(folder: &Folder) -> String {
    let table = std::fs::read_to_string(sample("firms.csv")).unwrap();
    let name = |line: &str| match line.split(',').next().unwrap() {
        "firm" => "title".to_owned(),
        "乙厂" | "丙厂" => "two of them".to_owned(),
        id => format!("works of {}", id.replace('"', "")),
    };
    let lines: Vec<String> = table.lines().map(|line| format!("{line},{}", name(line))).collect();
    folder.write("named.csv", lines.join("\n") + "\n")
}

#[test]
fn a_name_stands_beside_the_id() {
    let folder = Folder::new();
    let (rules, data, notice) = (sample("rules-2024.toml"), named(&folder), folder.path("notice.html"));
    let run = |more: &[&str]| {
        lantu(&[&["--lang", "en", "appraise", "--rules", &rules, "--data", &data, "--name", "title"], more].concat())
    };
    let output = run(&["--notice", &notice]);
    let row = "   1  戊厂  works of 戊厂  above scale  150.00  D";
    assert!(text(&output).contains(row), "{}", text(&output));
    assert!(std::fs::read_to_string(&notice).unwrap().contains("<th scope=\"row\">甲厂</th><td>works of 甲厂</td>"));
    assert!(text(&run(&["--format", "csv"])).starts_with("firm,title,tax_per_mu,"));
    assert_eq!(json(&run(&["--format", "json"]))["units"][0]["name"], "works of 甲厂");
    assert_eq!(json(&run(&["--explain", "works of 甲厂", "--format", "json"]))["id"], "甲厂");
    assert_eq!(json(&run(&["--explain", "乙厂", "--format", "json"]))["name"], "two of them");
    for unit in ["two of them", ""] {
        assert_eq!(code(&run(&["--explain", unit])), 2, "{unit:?}");
    }
}

/// Ranks and no classes: nothing is "not graded".
#[test]
fn rules_without_classes_say_nothing_of_classes() {
    let folder = Folder::new();
    let rules = repository("cities/ningbo/rules/districts-people.toml");
    let data = folder.write(
        "d.csv",
        "area,years,college_pct,space_m2,toilet_pct,bath_pct,residents_2024,residents_2020,urban_pct\na,10,20,30,90,95,110,100,80\nb,12,30,40,95,99,120,100,90\nc,11,25,,92,98,100,100,85\n",
    );
    let pages = folder.path("pages");
    let all =
        ["--lang", "en", "appraise", "--rules", &rules, "--data", &data, "--explain", "b", "--certificates", &pages];
    let output = lantu(&all);
    let page = std::fs::read_to_string(format!("{pages}/2-b.html")).unwrap();
    for said in [&text(&output), &page] {
        assert!(said.contains("schooling") && said.contains("from the data"), "{said}");
        assert!(!said.contains("not graded"), "{said}");
    }
    assert!(!text(&output).contains("class") && !page.contains(">class<"), "{}", text(&output));
    // Best in everything: a third of the points from each of three dimensions, half of that from each of two items.
    let found = json(&lantu(&[&all[..9], &["--format", "json"]].concat()));
    assert_eq!((&found["total"], &found["dimensions"][0]["name"]), (&100.0.into(), &"schooling".into()), "{found}");
    for dimension in found["dimensions"].as_array().unwrap() {
        assert!((dimension["points"].as_f64().unwrap() - 100.0 / 3.0).abs() < 1e-9, "{found}");
    }
    assert!((found["items"][0]["points"].as_f64().unwrap() - 100.0 / 6.0).abs() < 1e-9, "{found}");
    let basis = &found["items"][0]["basis"];
    assert_eq!((&basis[0]["of"], &basis[0]["from"]), (&"benchmark".into(), &"from the data".into()), "{basis}");
    assert_eq!(basis[1]["of"], "weight", "{basis}");
    let sure = text(&lantu(&["--lang", "en", "appraise", "--rules", &rules, "--data", &data, "--uncertainty", "50"]));
    assert!(sure.contains("5%–95%") && sure.contains("1–1"), "{sure}");
}

#[test]
fn rules_out_of_force_are_a_finding() {
    let folder = Folder::new();
    let table = std::fs::read_to_string(sample("firms.csv")).unwrap();
    let graded: String = table.lines().take(6).map(|line| format!("{line}\n")).collect();
    let (rules, data, notice) = (sample("rules-2024.toml"), folder.write("d.csv", graded), folder.path("notice.html"));
    let run =
        |day: &[&str]| lantu(&[&["appraise", "--rules", &rules, "--data", &data, "--notice", &notice], day].concat());
    assert_eq!((code(&run(&[])), code(&run(&["--as-of", "2024-12-31"]))), (0, 0));
    let output = run(&["--as-of", "2025-01-01"]);
    assert_eq!(code(&output), 1, "{}", text(&output));
    let wanted = "规则在 2025-01-01 不在有效期内（2024-01-01 至 2024-12-31）";
    assert!(String::from_utf8_lossy(&output.stderr).contains(wanted), "{}", text(&output));
    assert!(std::fs::read_to_string(&notice).unwrap().contains(wanted));
    assert!(String::from_utf8_lossy(&output.stdout).contains(wanted));
}

#[test]
fn a_group_that_would_do_nothing_is_refused() {
    let folder = Folder::new();
    let data = folder.write("d.csv", "day,pm25\n2015-01-01,80\n");
    let rules = repository("cities/ningbo/rules/pm25-days.toml");
    let output = lantu(&["--lang", "en", "appraise", "--rules", &rules, "--data", &data, "--group", "day"]);
    assert_eq!(code(&output), 2, "{}", text(&output));
    assert!(text(&output).contains("these rules know no groups"), "{}", text(&output));
}

/// One predicate everywhere: what is neither A nor A-law is told.
#[test]
fn secondary_sources_are_told_too() {
    let folder = Folder::new();
    let (rules, data) = (repository("rules/undp-hdi.toml"), repository("tests/appraisal/hdi/hdr_2023_24.csv"));
    let notice = folder.path("notice.html");
    let output = lantu(&["appraise", "--rules", &rules, "--data", &data, "--notice", &notice]);
    let line = "B（二手来源）：";
    assert!(text(&output).contains(line), "{}", text(&output));
    assert!(std::fs::read_to_string(&notice).unwrap().contains(line));
    let found = json(&lantu(&["appraise", "--rules", &rules, "--data", &data, "--format", "json"]));
    let told = found["rules"]["not_official"].as_array().unwrap();
    let secondary: Vec<_> = told.iter().filter(|one| one["confidence"] == "B").collect();
    let least =
        |of: &serde_json::Value| of["of"] == "出生时预期寿命" && of["what"] == "下限" && of["values"][0] == "20";
    assert!(secondary[0]["numbers"].as_array().unwrap().iter().any(least), "{told:?}");
}

#[test]
fn rules_of_one_title_are_told_apart() {
    let folder = Folder::new();
    let rules = std::fs::read_to_string(sample("rules-2024.toml")).unwrap();
    let changed = rules
        .replace("weight = 60", "weight = 50")
        .replace("weight = 40", "weight = 50")
        .replace("below = 10 }", "below = 12 }")
        .replace("until = 0.25", "until = 0.2")
        .replace("id = \"giant\"", "id = \"champion\"");
    let old = folder.write("other.toml", changed);
    let output = firms("en", &["--compare-rules", &old]);
    for wanted in [
        "other.toml",
        "the rules differ in 7 places:",
        "weight                   50 → 60",
        "benchmark (below scale)  12 → 10",
        "shares (A)               first 20% → first 25%",
        "shares (B)               20–50% → 25–50%",
        "exception                – → giant",
        "exception                champion → –",
    ] {
        assert!(text(&output).contains(wanted), "{wanted}: {}", text(&output));
    }
    let found = json(&firms("en", &["--compare-rules", &old, "--format", "json"]));
    assert_eq!(
        found["differences"][0],
        serde_json::json!({"of": "tax per mu", "what": "weight", "before": "50", "after": "60"})
    );
    // 甲厂: twice the benchmark and the benchmark itself; the first is capped at one and a half.
    let unit = &found["units"][0];
    assert_eq!(unit["points"]["tax_per_mu"], serde_json::json!({"before": 75.0, "after": 90.0}));
    assert_eq!(unit["points"]["va_per_mu"], serde_json::json!({"before": 50.0, "after": 40.0}));
    let one = json(&firms("en", &["--compare-rules", &old, "--explain", "甲厂", "--format", "json"]));
    assert_eq!(&one["unit"], unit);
    let told = text(&firms("zh", &["--compare-rules", &old, "--explain", "甲厂"]));
    for wanted in ["125.00 → 130.00（+5.00）", "因权重", "亩均增加值    50    40  -10.00"] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    let csv = text(&firms("en", &["--compare-rules", &old, "--format", "csv"]));
    assert!(csv.contains("points_before_tax_per_mu,points_after_tax_per_mu"), "{csv}");
    let same = firms("en", &["--compare-rules", &folder.write("same.toml", &rules)]);
    assert!(text(&same).contains("all numbers of both rule sets are the same"), "{}", text(&same));
}

#[test]
fn one_unit_is_told_how_sure_it_is() {
    let draws = ["--explain", "戊厂", "--uncertainty", "50"];
    let found = json(&firms("zh", &[&draws[..], &["--format", "json"]].concat()));
    assert_eq!(found["certainty"]["ranks"], serde_json::json!([1, 1, 1]));
    assert_eq!((&found["certainty"]["draws"], &found["certainty"]["classes"]["A"]), (&50.into(), &1.0.into()));
    let told = text(&firms("zh", &draws));
    assert!(told.contains("50 次抽样，名次 5%–95%：1–1，A 100%"), "{told}");
    // An accident puts it into D, whatever its total.
    assert!(told.contains("总分再高也升不了档：发生安全事故"), "{told}");
}

/// Excel in Chinese takes a file without the mark for GBK.
#[test]
fn csv_begins_with_the_mark_where_asked() {
    let folder = Folder::new();
    let out = folder.path("grades.csv");
    assert_eq!(code(&firms("zh", &["--out", &out, "--bom"])), 1);
    let bytes = std::fs::read(&out).unwrap();
    assert!(bytes.starts_with("\u{feff}firm,".as_bytes()));
    let again = firms("zh", &["--previous", &out, "--format", "csv"]);
    assert!(text(&again).contains("连续第"), "it is read back: {}", text(&again));
    assert!(!text(&firms("zh", &["--format", "csv"])).starts_with('\u{feff}'));
    assert_eq!(code(&firms("zh", &["--bom"])), 2);
    let households = repository("cities/template/incomes/households.csv");
    let all = ["inequality", "--data", &households, "--value", "income", "--bom", "--format", "csv"];
    assert!(text(&lantu(&all)).starts_with("\u{feff}kind,group,rows,"));
}

#[test]
fn efficiency_and_inequality_write_files() {
    let folder = Folder::new();
    let (clinics, households) =
        (repository("cities/template/efficiency/clinics.csv"), repository("cities/template/incomes/households.csv"));
    let dea = ["efficiency", "--data", &clinics, "--id", "clinic", "--inputs", "doctors", "--outputs", "visits"];
    let gini = ["inequality", "--data", &households, "--value", "income"];
    for (verb, data) in [(dea.as_slice(), &clinics), (gini.as_slice(), &households)] {
        for (ending, beginning) in [("csv", &b"clinic,"[..]), ("json", b"{"), ("parquet", b"PAR1"), ("txt", b"")] {
            let out = folder.path(&format!("{}.{ending}", verb[0]));
            let output = lantu(&[verb, &["--out", &out]].concat());
            assert_eq!((code(&output), output.stdout.len()), (0, 0), "{}", text(&output));
            let beginning = if ending == "csv" && verb[0] == "inequality" { b"kind,g" } else { beginning };
            let written = std::fs::read(&out).unwrap();
            assert!(written.starts_with(beginning) && (ending == "parquet" || !written.contains(&0x1b)), "{out}");
        }
        let before = std::fs::read(data).unwrap();
        assert_eq!(code(&lantu(&[verb, &["--out", data]].concat())), 2);
        assert_eq!(code(&lantu(&[verb, &["--format", "parquet"]].concat())), 2);
        assert_eq!(std::fs::read(data).unwrap(), before);
    }
}

#[test]
fn messages_are_in_the_language_of_the_user() {
    let folder = Folder::new();
    let rules = sample("rules-2024.toml");
    let head = "firm,scale,kind,giant,tax_wan,va_wan,land_mu,accidents,arrears,differential\n";
    let gbk = folder.write("gbk.csv", [head.as_bytes(), b"\xC4\xFE\xB2\xA8,above,,,1,1,1,0,0,\n"].concat());
    let run = |lang: &str, data: &str| text(&lantu(&["--lang", lang, "appraise", "--rules", &rules, "--data", data]));
    let (zh, en) = (run("zh", &gbk), run("en", &gbk));
    assert!(zh.contains("不是 UTF-8，按 GBK 读") && !zh.contains("not UTF-8"), "{zh}");
    assert!(en.contains("not UTF-8, read as GBK") && !en.contains("不是"), "{en}");
    let (zh, en) = (run("zh", &folder.path("none.csv")), run("en", &folder.path("none.csv")));
    assert!(zh.contains("没有这个文件或文件夹") && !zh.contains("No such"), "{zh}");
    assert!(en.contains("No such file"), "{en}");
    let bad = folder.write("bad.toml", std::fs::read_to_string(&rules).unwrap().replace("as = \"B\"", "as = \"E\""));
    let told = text(&lantu(&["--lang", "en", "check", &bad]));
    assert!(told.contains("1 error, 0 warnings, 0 notes"), "{told}");
}

/// Points of S0041 by hand: 20 of 30 once half and once whole; 15 of 40 too old to count. S0102 loses 12 of 30 and 18 of 30.
#[test]
fn events_take_points_off() {
    let (rules, data) =
        (repository("cities/template/rules/credit-2025.toml"), repository("cities/template/firms/firms-2025.csv"));
    let events = repository("cities/template/firms/events-2025.csv");
    let folder = Folder::new();
    let pages = folder.path("pages");
    let run = |more: &[&str]| lantu(&[&["appraise", "--rules", &rules, "--data", &data], more].concat());
    let given = ["--events", &events, "--as-of", "2025-12-31"];
    let output = run(&[&given[..], &["--format", "csv"]].concat());
    assert_eq!((code(&output), output.stderr.len()), (0, 0), "{}", text(&output));
    for wanted in [
        "S0041,虚构企业0041,0,30,0,40,0,30,70,",
        "S0102,虚构企业0102,0,12,18,40,18,12,70,",
        "S0022,虚构企业0022,0,0,0,40,30,30,100,1,A,",
    ] {
        assert!(text(&output).contains(wanted), "{wanted}");
    }
    let output = run(&[&given[..], &["--explain", "S0041", "--certificates", &pages]].concat());
    assert_eq!(code(&output), 0, "{}", text(&output));
    assert!(text(&output).contains("总分 ≥ 75 就到「B」"), "{}", text(&output));
    let page = std::fs::read_dir(&pages).unwrap().next().unwrap().unwrap().path();
    let page = std::fs::read_to_string(page).unwrap();
    for wanted in [
        // 15 points of tax are too old by then, and the older 20 count half: 40 − 30 of safety are left.
        "2023-06-01 纳税：扣 15 分，按规则已过期，不计",
        "2024-09-30 安全生产：扣 20 分，按规则折减，计 10 分",
        "2025-11-12 安全生产：扣 20 分</li>",
        "评价日期：",
        "2025-12-31",
        "虚构数据",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    // Without the events nobody knows of any points.
    let output = run(&[]);
    assert!(code(&output) == 1 && text(&output).contains("用 --events 和 --as-of"), "{}", text(&output));
}

#[test]
fn two_outputs_are_two_files() {
    let folder = Folder::new();
    let (rules, data) =
        (sample("rules-2024.toml"), folder.write("data.csv", std::fs::read(sample("firms.csv")).unwrap()));
    let before = std::fs::read(&data).unwrap();
    let linked = folder.path("linked.csv");
    std::fs::hard_link(&data, &linked).unwrap();
    let (page, dotted) = (folder.path("x.html"), folder.path("./x.html"));
    let (pages, inside) = (folder.path("pages"), folder.path("pages/notice.html"));
    for more in [
        ["--out", &page, "--notice", &dotted],
        ["--notice", &inside, "--certificates", &pages],
        ["--out", &inside, "--certificates", &pages],
        ["--out", &linked, "--format", "csv"],
    ] {
        let output = lantu(&[&["appraise", "--rules", &rules, "--data", &data], &more[..]].concat());
        assert_eq!(code(&output), 2, "{more:?}: {}", text(&output));
    }
    assert_eq!(std::fs::read(&data).unwrap(), before);
    assert!(!std::path::Path::new(&page).exists() && !std::path::Path::new(&pages).exists());
}

#[test]
fn broken_events_and_absent_rules_stop_everything() {
    let folder = Folder::new();
    let (rules, data) =
        (repository("cities/template/rules/credit-2025.toml"), repository("cities/template/firms/firms-2025.csv"));
    let (events, out) = (folder.write("events.csv", "unit,item,points\nS0041,tax,1\n"), folder.path("grades.csv"));
    let all =
        ["appraise", "--rules", &rules, "--data", &data, "--events", &events, "--as-of", "2025-12-31", "--out", &out];
    let output = lantu(&all);
    assert_eq!(code(&output), 1, "{}", text(&output));
    assert!(text(&output).contains("events.csv") && !std::path::Path::new(&out).exists(), "{}", text(&output));
    let output = lantu(&["--lang", "en", "check", &folder.path("none.toml")]);
    assert!(code(&output) == 2 && text(&output).contains("there is no such file"), "{}", text(&output));
}

/// Columns have the names that the rules give them wherever people read.
#[test]
fn columns_are_called_as_the_rules_call_them() {
    let (rules, data) =
        (repository("cities/template/rules/per-mu-2025.toml"), repository("cities/template/firms/firms-2025.csv"));
    let folder = Folder::new();
    let pages = folder.path("pages");
    let all = ["appraise", "--rules", &rules, "--data", &data, "--explain", "虚构企业0619", "--certificates", &pages];
    let output = lantu(&all);
    assert_eq!(code(&output), 0, "{}", text(&output));
    let page = std::fs::read_dir(&pages).unwrap().next().unwrap().unwrap().path();
    let page = std::fs::read_to_string(page).unwrap();
    let rules = std::fs::read_to_string(&rules).unwrap();
    let label =
        rules.split("[[column]]\nid = \"tax_wan\"\nname = { zh = \"").nth(1).unwrap().split('"').next().unwrap();
    assert!(text(&output).contains(&format!("  {label}（万元）")), "{}", text(&output));
    assert!(page.contains(&format!("<li><span>{label}（万元）</span> <b class=\"number\">212.04</b></li>")), "{page}");
}

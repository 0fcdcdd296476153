//! Public notices and certificates as a user has them made.

use std::path::PathBuf;

use crate::appraise::{Folder, firms, sample};
use crate::{code, lantu, text};

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn pages_hold_no_markup_of_a_name_and_no_script() {
    let folder = Folder::new();
    let (notice, pages) = (folder.path("notice.html"), folder.path("pages"));
    let more =
        ["--notice", &notice, "--certificates", &pages, "--objections-until", "2025-07-31", "--contact", "<i>局</i>"];
    let output = firms("zh", &more);
    assert_eq!(code(&output), 1, "{}", text(&output));
    let page = std::fs::read_to_string(&notice).unwrap();
    for wanted in [
        "虚构数据",
        "样例镇工业企业亩均评价：评价结果公示",
        "2024-01-01 至 2024-12-31",
        "小店 &lt;b&gt;&quot;壬&quot;&lt;/b&gt; &amp; 子",
        "请在 2025-07-31 以前提出",
        "&lt;i&gt;局&lt;/i&gt;",
        "公示单位：________",
        "数据：firms.csv（18 行）",
        "总分相同的，按亩均税收排",
        "C（没有核对的默认值）：6 个数字：亩均税收·封顶、亩均增加值·封顶、分档·份额",
        "<a href=\"#g1-D\">3</a>",
        "<h3 id=\"g1-D\">D · 3 个",
        "以下数字没有官方原文依据",
        "未评价（7 个）",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    let mut names: Vec<PathBuf> = std::fs::read_dir(&pages).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert_eq!(names.len(), 19, "18 firms and an index: {names:?}");
    for path in names.iter().chain([&PathBuf::from(&notice)]) {
        let page = std::fs::read_to_string(path).unwrap();
        for never in ["<b>\"", "<script", "<i>", "<link", "<img", "src=", "@import", "url("] {
            assert!(!page.contains(never), "{never} in {}", path.display());
        }
        assert!(page.ends_with("</html>\n"), "{}", path.display());
    }
    let one = std::fs::read_to_string(&names[7]).unwrap();
    for wanted in ["辛厂", "电价加价 0.5", "65.2%", "第八条", "7 / 7"] {
        assert!(one.contains(wanted), "{wanted}: {one}");
    }
    let english = firms("en", &["--notice", &notice, "--banner", "A trial"]);
    assert_eq!(code(&english), 1);
    let page = std::fs::read_to_string(&notice).unwrap();
    assert!(page.contains("A trial") && page.contains("notice of grades") && page.contains("lang=\"en\""), "{page}");
}

/// What a firm needs to confirm: its numbers, its borders, who issued the page and when.
#[test]
fn a_certificate_can_be_confirmed() {
    let folder = Folder::new();
    let pages = folder.path("pages");
    let more = ["--explain", "丙厂", "--certificates", &pages, "--issuer", "经发局 & 税务局", "--issued", "2025-07-01"];
    let output = firms("zh", &more);
    assert_eq!(code(&output), 1, "{}", text(&output));
    let names: Vec<String> =
        std::fs::read_dir(&pages).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, ["03-丙厂.html"], "one page, and no index");
    let page = read(&format!("{pages}/03-丙厂.html"));
    for wanted in [
        "<li><span>tax_wan</span> <b class=\"number\">200</b></li>",
        "<li><span>va_wan</span> <b class=\"number\">800</b></li>",
        "<li><span>differential</span> <b class=\"number\">0.2</b></li>",
        "<li><span>kind</span> <b>–</b></li>",
        "50–75% 为 C，共 7 个参加排名",
        // The fifth of seven is the last in C or better, the third the last in B: 甲厂 with 130.
        "总分 &gt; 130.00 就到「B」",
        "上次档次<b>D</b>",
        "公示单位：经发局 &amp; 税务局<br>日期：<span class=\"day\">2025-07-01</span>",
        "基准、权重：A [1] 第三条；封顶：C [2]",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    assert!(!page.contains("class=\"mark bound\""), "nothing is at a cap: {page}");
    // The first of a rank, both items at their caps; then one without a grade, of the other group.
    for (unit, file, wanted, never) in [
        ("戊厂", "05-戊厂.html", "<span class=\"mark bound\">封顶 1.5</span>", "就到"),
        ("己厂", "06-己厂.html", "未评价（按 B 对待）", ">100%<"),
    ] {
        assert_eq!(code(&firms("zh", &["--explain", unit, "--certificates", &pages])), 1);
        let page = read(&format!("{pages}/{file}"));
        assert!(page.contains(wanted) && !page.contains(never), "{unit}: {page}");
    }
    let page = read(&format!("{pages}/06-己厂.html"));
    let (reason, table) = (page.find("公用事业企业：不参加评价").unwrap(), page.find("逐项得分").unwrap());
    assert!(reason < table, "why there is no grade comes first");
    assert!(!page.contains(">总分<"), "who is not graded has no total: {page}");
    let early = firms(
        "zh",
        &["--notice", &folder.path("n.html"), "--issued", "2025-08-01", "--objections-until", "2025-07-31"],
    );
    assert_eq!(code(&early), 2);
}

/// Numbers that are not official are those of the unit's own group.
#[test]
fn a_certificate_lists_numbers_of_its_group() {
    let folder = Folder::new();
    let rules = read(&sample("rules-2024.toml"));
    let rules = rules.replace(
        "benchmark = { above = 20, below = 10 }",
        "benchmark = { above = { value = 20, source = \"usual\" }, below = { value = 10, source = \"usual\" } }",
    );
    let (rules, data, pages) = (folder.write("rules.toml", rules), sample("firms.csv"), folder.path("pages"));
    let run = |unit: &str| {
        let all = ["appraise", "--rules", &rules, "--data", &data, "--certificates", &pages, "--explain", unit];
        assert_eq!(code(&lantu(&all)), 1);
    };
    run("甲厂");
    run("癸坊");
    let (above, below) = (read(&format!("{pages}/01-甲厂.html")), read(&format!("{pages}/10-癸坊.html")));
    assert!(above.contains("基准值 规上企业 20；") && !above.contains("规下企业 10"), "{above}");
    assert!(below.contains("基准值 规下企业 10；") && !below.contains("规上企业 20"), "{below}");
}

#[test]
fn a_folder_with_other_files_is_left_alone() {
    let folder = Folder::new();
    let pages = folder.path("pages");
    let write = |more: &[&str]| firms("zh", &[&["--certificates", &pages], more].concat());
    assert_eq!(code(&write(&[])), 1);
    let count = || std::fs::read_dir(&pages).unwrap().count();
    // A page of an earlier run goes, whatever it is called.
    std::fs::rename(format!("{pages}/01-甲厂.html"), format!("{pages}/99-gone.html")).unwrap();
    let output = write(&[]);
    assert!(text(&output).contains("先清掉了以前写的 19 页"), "{}", text(&output));
    assert_eq!((count(), PathBuf::from(format!("{pages}/99-gone.html")).exists()), (19, false));
    for (name, content) in [("notes.txt", "mine"), ("mine.html", "<!doctype html><p>mine</p>")] {
        let mine = format!("{pages}/{name}");
        std::fs::write(&mine, content).unwrap();
        let output = write(&[]);
        assert_eq!(code(&output), 2, "{}", text(&output));
        assert!(text(&output).contains(name) && output.stdout.is_empty(), "{}", text(&output));
        assert_eq!((read(&mine).as_str(), count()), (content, 20));
        std::fs::remove_file(&mine).unwrap();
    }
    std::fs::write(format!("{pages}/01-甲厂.html"), "mine").unwrap();
    assert_eq!(code(&write(&["--explain", "甲厂"])), 2);
    assert_eq!(read(&format!("{pages}/01-甲厂.html")), "mine");
}

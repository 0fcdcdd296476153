//! Arguments of `lantu appraise`.

use std::path::PathBuf;

use clap::Args;
use lantu_blueprint::Date;

use crate::arguments::date;
use crate::arguments_output::Output;

#[derive(Debug, Args)]
pub(crate) struct Appraise {
    /// 评价规则：文件，或装着各年规则的文件夹（由 --as-of 取当日有效的一份） · the rules: a file, or a folder with those of several years, of which --as-of takes the one in force
    #[arg(long, required = true, value_name = "RULES.toml|FOLDER")]
    pub(crate) rules: Vec<PathBuf>,
    /// 评价对象，一行一个 · the units, a row each
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) data: PathBuf,
    /// 往年的结果（第一列与 class 列），从最近一年起依次给出 · results of earlier years (first column and `class`), the newest first
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) previous: Vec<PathBuf>,
    /// 扣分事项，一行一件：列 unit（对象）、item（指标项的 id）、date（认定日期）、points（扣几分） · events that take points off, a row each: the columns unit, item (its id), date (of the finding) and points
    #[arg(long, value_name = "FILE.csv", requires = "as_of")]
    pub(crate) events: Option<PathBuf>,
    /// 按哪一天的规则，扣分事项算到哪一天 · the day whose rules hold, and up to which events count
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) as_of: Option<Date>,
    /// 名称在哪一列，代替规则所写的 · the column with names, instead of what the rules say
    #[arg(long, value_name = "COLUMN")]
    pub(crate) id: Option<String>,
    /// 分组在哪一列，代替规则所写的 · the column with groups, instead of what the rules say
    #[arg(long, value_name = "COLUMN")]
    pub(crate) group: Option<String>,
    /// 编号之外的名称在哪一列（如企业名称） · the column with a name beside the id, such as that of the firm
    #[arg(long, value_name = "COLUMN")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
    /// 解释一个对象（编号，或不重复的名称）：逐项得分，单改一个数要改多少才升一档；可与 --uncertainty、--compare-…、--certificates 合用 · explain one unit (its id, or a name that only it has): item by item, and what alone would lift it by a class; goes with --uncertainty, --compare-… and --certificates
    #[arg(long, value_name = "ID", conflicts_with = "notice")]
    pub(crate) explain: Option<String>,
    #[command(flatten)]
    pub(crate) draws: Draws,
    #[command(flatten)]
    pub(crate) compare: Compare,
    #[command(flatten)]
    pub(crate) pages: Pages,
}

/// How sure ranks and classes are.
#[derive(Debug, Args)]
pub(crate) struct Draws {
    /// 名次和档次有多稳：抽样多少次 · how sure ranks and classes are: the number of draws
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) uncertainty: Option<u32>,
    /// 随机种子 · seed
    #[arg(long, default_value_t = 1, requires = "uncertainty")]
    pub(crate) seed: u64,
    /// 每个权重上下浮动多少 · how far each weight may be off
    #[arg(long, value_name = "SHARE", default_value_t = 0.25, requires = "uncertainty", value_parser = share)]
    pub(crate) weights_within: f64,
    /// 不换用别的标准化办法 · draw no other scales
    #[arg(long, requires = "uncertainty")]
    pub(crate) same_scales: bool,
}

/// What grades are compared with.
#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// 与另一份规则比：每个对象变了多少，因为什么 · compare with other rules: what changes for each unit, and why
    #[arg(long, value_name = "RULES.toml", conflicts_with_all = ["uncertainty", "notice", "certificates"])]
    pub(crate) compare_rules: Option<PathBuf>,
    /// 与另一份数据比，如上一年的 · compare with another table, such as that of the year before
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["uncertainty", "notice", "certificates"])]
    pub(crate) compare_data: Option<PathBuf>,
}

fn share(text: &str) -> Result<f64, String> {
    let value = text.parse::<f64>().ok().filter(|value| (0.0..=1.0).contains(value));
    value.ok_or_else(|| "应为 0 到 1 的数 · a number from 0 to 1".to_owned())
}

/// Pages to be printed and shown.
#[derive(Debug, Args)]
pub(crate) struct Pages {
    /// 公示名单，一个网页 · the public notice, one page
    #[arg(long, value_name = "FILE.html")]
    pub(crate) notice: Option<PathBuf>,
    /// 每个对象一页的评价结果通知单，写入此文件夹；其中只可有以前写的通知单，会先清掉 · one page per unit, into this folder, which may hold nothing but earlier pages of ours; they are removed first
    #[arg(long, value_name = "FOLDER")]
    pub(crate) certificates: Option<PathBuf>,
    /// 由谁发出 · who issues them
    #[arg(long, value_name = "TEXT")]
    pub(crate) issuer: Option<String>,
    /// 发出的日期 · the day on which they are issued
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) issued: Option<Date>,
    /// 异议在哪一天以前提出 · the day until which objections are taken
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) objections_until: Option<Date>,
    /// 异议向谁提出：单位、电话、地址 · whom to object to: office, telephone, address
    #[arg(long, value_name = "TEXT")]
    pub(crate) contact: Option<String>,
    /// 页首的横幅，如「虚构数据」 · a banner at the head of the pages, such as "invented data"
    #[arg(long, value_name = "TEXT")]
    pub(crate) banner: Option<String>,
}

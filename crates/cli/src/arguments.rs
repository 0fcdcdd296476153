//! Arguments, all in one place: what `--help` shows.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::ZonedDateTime;
use lantu_blueprint::{Date, Lang};

use crate::arguments_appraise::Appraise;
use crate::arguments_efficiency::Efficiency;
use crate::arguments_inequality::Inequality;
use crate::arguments_models::{Calibrate, Sensitivity, Simulate};
use crate::arguments_network::{Assign, Locate};
use crate::arguments_reach::Reach;

/// 蓝图：让一座城市的规划运行起来 · runs a city's plan
#[derive(Debug, Parser)]
#[command(name = "lantu", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    /// 输出语言 · language of the output
    #[arg(long, global = true, env = "LANTU_LANG", value_enum, default_value_t = LangArgument::Zh)]
    lang: LangArgument,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LangArgument {
    Zh,
    En,
}

impl Arguments {
    /// Language of the output.
    pub(crate) fn lang(&self) -> Lang {
        match self.lang {
            LangArgument::Zh => Lang::Zh,
            LangArgument::En => Lang::En,
        }
    }
}

/// Every verb.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// 新建一个蓝图文件夹（复制样例镇） · make a new blueprint folder from the template town
    #[command(after_help = "例 · example:\n  lantu new my-city")]
    New(New),
    /// 检查规划、数据和清单，或评价规则，列出全部问题 · check plan, data and manifest, or rules of appraisal; list every problem
    #[command(
        after_help = "例 · example:\n  lantu check cities/ningbo\n  lantu check cities/ningbo --format json\n  lantu check rules"
    )]
    Check(Check),
    /// 每项承诺现在怎样 · where every commitment stands
    #[command(
        after_help = "例 · example:\n  lantu status cities/ningbo --as-of 2026-11-23\n  lantu status cities/ningbo --programme innovation --format csv"
    )]
    Status(Status),
    /// 一项结论或指标的出处链，直到来源行 · the chain of custody of a verdict or an indicator, down to source rows
    #[command(after_help = "例 · example:\n  lantu why cities/ningbo rd_intensity")]
    Why(Why),
    /// 用 SQL 查询全部表 · query every table in SQL
    #[command(
        after_help = "例 · example:\n  lantu query cities/ningbo \"SELECT verdict, count(*) AS n FROM verdicts GROUP BY verdict ORDER BY n DESC\""
    )]
    Query(Query),
    /// 运行指标测试 · run the tests of the indicators
    #[command(after_help = "例 · example:\n  lantu test cities/ningbo")]
    Test(Test),
    /// 与另一版本比较：哪些定义变了，哪些结论随之改变 · compare with another version: definitions changed, verdicts moved
    #[command(
        after_help = "例 · example:\n  lantu diff cities/ningbo HEAD~1\n  lantu diff cities/ningbo ../ningbo-draft"
    )]
    Diff(Diff),
    /// 运行系统动力学模型：一次，或多次给出区间与概率 · run a system-dynamics model once, or many times for bands and probabilities
    #[command(
        after_help = "例 · example:\n  lantu simulate cities/template/models/town.xmile --save population\n  lantu simulate cities/template/models/town.xmile --runs 10000 --vary cities/template/models/vary.toml\n  lantu simulate check cities/template/models/town.xmile"
    )]
    Simulate(Simulate),
    /// 哪个参数最要紧 · which parameter matters
    #[command(
        after_help = "例 · example:\n  lantu sensitivity cities/template/models/town.xmile --vary cities/template/models/vary.toml --save emissions\n  lantu sensitivity cities/template/models/town.xmile --vary cities/template/models/vary.toml --method prim"
    )]
    Sensitivity(Sensitivity),
    /// 用观测拟合模型参数，并回测预测 · fit a model to observations and test its forecast
    #[command(
        after_help = "例 · example:\n  lantu calibrate cities/template/models/town.xmile --fit cities/template/models/fit.toml --observed cities/template/models/observed.csv --hold-back 2"
    )]
    Calibrate(Calibrate),
    /// 把出行分配到路网，直到均衡 · put trips on a road network until it is in equilibrium
    #[command(
        after_help = "例 · example:\n  lantu assign --net town_net.tntp --trips town_trips.tntp --gap 1e-10 --flows flows.csv"
    )]
    Assign(Assign),
    /// 从各地到各地要多久，够得着什么 · how far places are, and what is within reach
    #[command(subcommand)]
    Reach(Reach),
    /// 设施建在哪里：少数几处，离需要的人近，并证明离最优有多远 · where to put facilities, with proof of how good the choice is
    #[command(
        after_help = "例 · example:\n  lantu locate --costs costs.csv --demand demand.csv --p-median 3\n  lantu locate --costs costs.csv --demand demand.csv --sites sites.csv --max-cover 3 --within 15 --assign served.csv\n  lantu locate --costs costs.csv --demand demand.csv --set-cover --within 15"
    )]
    Locate(Locate),
    /// 分得是否均等：基尼系数、泰尔指数、帕尔马比值，按组分解 · how unevenly something is shared: Gini, Theil and Palma, taken apart by groups
    #[command(
        after_help = "例 · example:\n  lantu inequality --data incomes/households.csv --value income --weight households\n  lantu inequality --data incomes/households.csv --value income --weight households --by district --format csv"
    )]
    Inequality(Inequality),
    /// 按注明日期的规则文件评价：逐项得分、总分、名次、档次、结果应用，可出公示和通知单 · grade units by a dated rule file: scores, ranks, classes, consequences, a public notice
    #[command(
        after_help = "例 · example:\n  lantu appraise --rules rules/undp-hdi.toml --data tests/appraisal/hdi/hdr_2023_24.csv\n  lantu appraise --rules rules/huangyan-per-mu-2022.toml --data firms.csv --previous last.csv --out grades.csv\n  lantu appraise --rules rules/huangyan-per-mu-2021.toml --rules rules/huangyan-per-mu-2022.toml --as-of 2022-12-31 --data firms.csv --notice notice.html --certificates pages"
    )]
    Appraise(Appraise),
    /// 谁用得少、做得多：数据包络分析（DEA）的效率、松弛、标杆、目标值 · who makes most of what it has: data envelopment analysis, with slacks, peers and targets
    #[command(
        after_help = "例 · example:\n  lantu efficiency --data cities/template/efficiency/clinics.csv --id clinic --inputs doctors,nurses,rooms --outputs visits,home_visits\n  lantu efficiency --data clinics.csv --id clinic --inputs doctors,nurses --outputs visits --returns variable --scale"
    )]
    Efficiency(Efficiency),
    /// 打开驾驶舱网页 · serve the cockpit
    #[command(after_help = "例 · example:\n  lantu serve cities/ningbo --port 8420")]
    Serve(Serve),
}

/// A blueprint and a date.
#[derive(Debug, Args)]
pub(crate) struct CityAt {
    /// 蓝图文件夹 · blueprint folder
    pub(crate) city: PathBuf,
    /// 截至日期，默认今天 · date to assess on, default today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    as_of: Option<Date>,
}

impl CityAt {
    /// The date asked for, or today.
    pub(crate) fn as_of(&self) -> Date {
        self.as_of.unwrap_or_else(|| ZonedDateTime::now().date())
    }

    /// The date asked for, if one was.
    pub(crate) fn as_of_asked(&self) -> Option<Date> {
        self.as_of
    }
}

pub(crate) fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "应为日期，如 2026-11-23 · a day such as 2026-11-23".to_owned())
}

/// Shape of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// 给人看 · for people
    Text,
    /// 给程序 · for programs
    Json,
    /// 给表格软件 · for spreadsheets
    Csv,
}

#[derive(Debug, Args)]
pub(crate) struct New {
    /// 新文件夹 · the new folder
    pub(crate) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) at: CityAt,
    /// 输出格式 · shape of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Status {
    #[command(flatten)]
    pub(crate) at: CityAt,
    /// 只看服务于某目标的 · only what serves this goal
    #[arg(long, value_name = "ID")]
    pub(crate) goal: Option<String>,
    /// 只看某个聚力行动 · only this programme
    #[arg(long, value_name = "ID")]
    pub(crate) programme: Option<String>,
    /// 只看某个区域 · only this area
    #[arg(long, value_name = "ID")]
    pub(crate) area: Option<String>,
    /// 只看某个牵头单位 · only this owner
    #[arg(long, value_name = "NAME")]
    pub(crate) owner: Option<String>,
    /// 输出格式 · shape of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Why {
    #[command(flatten)]
    pub(crate) at: CityAt,
    /// 目标或指标的 id · id of a target or an indicator
    pub(crate) id: String,
    /// 输出格式 · shape of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Query {
    #[command(flatten)]
    pub(crate) at: CityAt,
    /// 一条 SELECT · one SELECT
    pub(crate) sql: String,
    /// 输出格式 · shape of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Test {
    #[command(flatten)]
    pub(crate) at: CityAt,
    /// 输出格式 · shape of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    #[command(flatten)]
    pub(crate) at: CityAt,
    /// 与之比较的 Git 版本或文件夹 · Git revision or folder to compare with
    pub(crate) other: String,
    /// 输出格式 · shape of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) at: CityAt,
    /// 端口 · port
    #[arg(long, default_value_t = 8420)]
    pub(crate) port: u16,
    /// 监听地址；默认只对本机开放 · address; by default this machine only
    #[arg(long, default_value = "127.0.0.1")]
    pub(crate) host: IpAddr,
}

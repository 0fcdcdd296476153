//! Arguments of the verbs that work on road networks.

use std::path::PathBuf;

use clap::{ArgGroup, Args};

use crate::arguments::Format;
use crate::arguments_reach::{Column, weights};

/// A network and its trips, in one of two formats.
#[derive(Debug, Args)]
pub(crate) struct NetworkFiles {
    /// 路网：TNTP 的 _net.tntp · the network, a `_net.tntp`
    #[arg(long, value_name = "X_net.tntp", requires = "trips", required_unless_present = "gmns")]
    pub(crate) net: Option<PathBuf>,
    /// 出行：TNTP 的 _trips.tntp · the trips, a `_trips.tntp`
    #[arg(long, value_name = "X_trips.tntp", requires = "net")]
    pub(crate) trips: Option<PathBuf>,
    /// 路网与出行：GMNS 的文件夹，内有 node.csv、link.csv、demand.csv · both, a folder of GMNS
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["net", "trips"])]
    pub(crate) gmns: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Assign {
    #[command(flatten)]
    pub(crate) files: NetworkFiles,
    /// 相对间隙到多小为止 · the relative gap to reach
    #[arg(long, default_value_t = 1e-10, value_parser = not_negative)]
    pub(crate) gap: f64,
    /// 系统最优，而不是用户均衡 · system optimum instead of user equilibrium
    #[arg(long)]
    pub(crate) so: bool,
    /// 每单位收费折合的时间 · time that a unit of toll counts as
    #[arg(long, default_value_t = 0.0, value_parser = not_negative)]
    pub(crate) toll_weight: f64,
    /// 每单位长度折合的时间 · time that a unit of length counts as
    #[arg(long, default_value_t = 0.0, value_parser = not_negative)]
    pub(crate) distance_weight: f64,
    /// 自己的延误曲线，按路段类型：列 type,saturation,factor，或锥形的 type,alpha · delays of one's own by type of link: columns type,saturation,factor, or conical ones, type,alpha
    #[arg(long, value_name = "FILE.csv", conflicts_with = "so")]
    pub(crate) curves: Option<PathBuf>,
    /// 每条路段的流量与费用（时间加折合的收费和长度）写入此 CSV · write flow and cost of each link (time, and what toll and length count as) to this CSV
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) flows: Option<PathBuf>,
    /// 每条路径的流量写入此 CSV：加起来是路段流量的分法里最可能的一种（熵最大） · write the flow on each route to this CSV: of all that add up to the links, the likeliest (greatest entropy)
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["edits", "so"])]
    pub(crate) routes: Option<PathBuf>,
    /// 路网的改动：列 scenario,action,from,to 及要改的列；action 为 add、change、close · changes to the network, a table
    #[arg(long, value_name = "FILE.csv", conflicts_with = "flows")]
    pub(crate) edits: Option<PathBuf>,
    /// 出行量对费用的弹性，如 -0.3：方案里的出行量以现状的费用为准增减 · elasticity of the number of trips to their cost, such as -0.3: in scenarios, beside the cost as it is
    #[arg(long, requires = "edits", conflicts_with = "so", allow_hyphen_values = true, value_parser = elasticity)]
    pub(crate) elasticity: Option<f64>,
    /// 每个方案里每个小区的平均出行费用变化写入此 CSV · write the change of the average cost from each zone to this CSV
    #[arg(long, value_name = "FILE.csv", requires = "edits", conflicts_with = "so")]
    pub(crate) zones: Option<PathBuf>,
    /// 逐条关闭路段，总费用各变多少写入此 CSV · close every link in turn and write the change of the total cost to this CSV
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["flows", "routes", "edits"])]
    pub(crate) criticality: Option<PathBuf>,
    /// 输出格式 · shape of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("problem").required(true))]
pub(crate) struct Locate {
    /// 费用：列 from,to,cost，从需求到候选点，分钟或米；空着或 inf 是不通 · costs from demands to sites, such as minutes; empty or `inf` is no way
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) costs: PathBuf,
    /// 需求：列 id,weight，如人数；也可指定列，如 people.csv:people · demands with the columns id,weight, such as people; another column as people.csv:people
    #[arg(long, value_name = "FILE.csv[:COLUMN]", value_parser = weights)]
    pub(crate) demand: Column,
    /// 候选点：列 id，可有 cost（建设费用）、existing（已有）；默认是费用表里的所有 to · candidate sites; by default every `to` of the costs
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) sites: Option<PathBuf>,
    /// 选 P 处，使需求 × 费用之和最小（P 含已有的） · P sites, existing ones among them, with the least sum of demand × cost
    #[arg(long, value_name = "P", group = "problem")]
    pub(crate) p_median: Option<usize>,
    /// 选 P 处，使标准以内的需求最多 · P sites that have most demand within the standard
    #[arg(long, value_name = "P", group = "problem", requires = "within")]
    pub(crate) max_cover: Option<usize>,
    /// 所有需求都在标准以内，所用的设施最少（或最便宜） · the fewest or cheapest sites that have all demand within the standard
    #[arg(long, group = "problem", requires = "within")]
    pub(crate) set_cover: bool,
    /// 选 P 处，使最远的需求尽量近 · P sites with the least cost for whoever is worst off
    #[arg(long, value_name = "P", group = "problem")]
    pub(crate) p_center: Option<usize>,
    /// 标准：费用至多多少 · the standard: the most that getting there may cost
    #[arg(long, value_name = "S", value_parser = not_negative)]
    pub(crate) within: Option<f64>,
    /// 要证明的间隙；0 是证明最优 · the gap to prove; 0 proves that nothing is better
    #[arg(long, default_value_t = 0.0, value_parser = not_negative)]
    pub(crate) gap: f64,
    /// 至多看多少个分支 · branches to look at, at most
    #[arg(long, default_value_t = 2_000)]
    pub(crate) branches: usize,
    /// 每处需求去哪个设施写入此 CSV · write which site serves each demand to this CSV
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) assign: Option<PathBuf>,
    /// 输出格式 · shape of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

pub(crate) fn not_negative(text: &str) -> Result<f64, String> {
    let value = text.parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0);
    value.ok_or_else(|| "应为不小于 0 的数 · a number not below 0".to_owned())
}

fn elasticity(text: &str) -> Result<f64, String> {
    let value = text.parse::<f64>().ok().filter(|value| (-10.0..0.0).contains(value));
    value.ok_or_else(|| "应为小于 0、不小于 -10 的数 · a number below 0, not below -10".to_owned())
}

//! Arguments of `lantu reach`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use lantu_network::access::Decay;

use crate::arguments::Format;
use crate::arguments_network::not_negative;
use crate::arguments_transit::Transit;

/// Where the costs from places to places come from.
#[derive(Debug, Subcommand)]
pub(crate) enum Reach {
    /// 走路网：空路，或均衡时的路 · along roads, empty or in equilibrium
    #[command(
        after_help = "例 · example:\n  lantu reach roads --net roads/town_net.tntp --matrix times.csv\n  lantu reach roads --net roads/town_net.tntp --trips roads/town_trips.tntp --loaded --people roads/zones.csv:people --held roads/zones.csv:jobs --within 5,10 --measure opportunities --access jobs.csv"
    )]
    Roads(ReachRoads),
    /// 乘公交和步行：按时刻表和街道 · by public transport and on foot, by timetables and streets
    #[command(
        after_help = "例 · example:\n  lantu reach transit --gtfs transit/gtfs --points transit/points.csv --date 2026-03-02 --depart 07:00 --max-walk 15 --matrix times.csv"
    )]
    Transit(Transit),
    /// 用现成的费用表 · by a table of costs
    #[command(
        after_help = "例 · example:\n  lantu reach costs --costs facilities/minutes.csv --people facilities/people.csv:weight --held facilities/doctors.csv:doctors --within 15 --measure 2sfca --access doctors_per_person.csv"
    )]
    Costs(ReachCosts),
}

#[derive(Debug, Args)]
pub(crate) struct ReachRoads {
    /// 路网：TNTP 的 _net.tntp · the network, a `_net.tntp`
    #[arg(long, value_name = "X_net.tntp", required_unless_present = "gmns")]
    pub(crate) net: Option<PathBuf>,
    /// 出行：TNTP 的 _trips.tntp，只有 --loaded 用到 · the trips, a `_trips.tntp`, for --loaded
    #[arg(long, value_name = "X_trips.tntp", requires = "net")]
    pub(crate) trips: Option<PathBuf>,
    /// 路网与出行：GMNS 的文件夹 · both, a folder of GMNS
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["net", "trips"])]
    pub(crate) gmns: Option<PathBuf>,
    /// 按均衡时的时间，而不是空路的时间 · times in equilibrium, not those of empty roads
    #[arg(long)]
    pub(crate) loaded: bool,
    /// 均衡的相对间隙到多小为止 · the relative gap of the equilibrium
    #[arg(long, default_value_t = 1e-10, value_parser = not_negative)]
    pub(crate) gap: f64,
    /// 每单位收费折合的时间 · time that a unit of toll counts as
    #[arg(long, default_value_t = 0.0, value_parser = not_negative)]
    pub(crate) toll_weight: f64,
    /// 每单位长度折合的时间 · time that a unit of length counts as
    #[arg(long, default_value_t = 0.0, value_parser = not_negative)]
    pub(crate) distance_weight: f64,
    /// 路网的改动，与 lantu assign --edits 的文件相同 · changes to the network, a file as of lantu assign --edits
    #[arg(long, value_name = "FILE.csv", requires = "scenario")]
    pub(crate) edits: Option<PathBuf>,
    /// 按其中哪个方案 · which of its scenarios
    #[arg(long, value_name = "NAME", requires = "edits")]
    pub(crate) scenario: Option<String>,
    /// 从这个小区到每个节点的费用，写到 --nodes · from this zone to every node, into --nodes
    #[arg(long, value_name = "ZONE", requires = "nodes")]
    pub(crate) from: Option<String>,
    /// 等时圈：列 node,cost,within,x,y；within 是 --within 里够得着的最小一档，x,y 照文件 · isochrones: within is the least of --within that reaches the node; x,y as in the files
    #[arg(long, value_name = "FILE.csv", requires = "from")]
    pub(crate) nodes: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) measures: Measures,
}

#[derive(Debug, Args)]
pub(crate) struct ReachCosts {
    /// 费用：列 from,to,cost · costs, with the columns from,to,cost
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) costs: PathBuf,
    #[command(flatten)]
    pub(crate) measures: Measures,
}

/// What is asked about the costs.
#[derive(Debug, Args)]
pub(crate) struct Measures {
    /// 住在各地的人：文件和列，如 people.csv:people，文件有列 id · people at each place: a file with a column `id`, and one of its columns
    #[arg(long, value_name = "FILE.csv:COLUMN", value_parser = column)]
    pub(crate) people: Option<Column>,
    /// 各地有什么，如 jobs.csv:jobs · what places hold, as above
    #[arg(long, value_name = "FILE.csv:COLUMN", value_parser = column)]
    pub(crate) held: Option<Column>,
    /// 多少费用以内，可以有几个 · within which cost; there may be several
    #[arg(long, value_name = "COST,…", value_delimiter = ',', value_parser = not_negative)]
    pub(crate) within: Vec<f64>,
    /// 算什么，可以有几个 · what to work out; there may be several
    #[arg(long, value_name = "MEASURE,…", value_delimiter = ',', value_enum, requires = "held")]
    pub(crate) measure: Vec<Measure>,
    /// 远的算得少：none，gaussian，exponential:0.05，power:1，bands:10=1,20=0.68,30=0.22 · how far places count less
    #[arg(long, default_value = "none", value_parser = fall)]
    pub(crate) decay: Fall,
    /// 每地的结果写入此 CSV；什么也够不着的空着 · write the measures of each place to this CSV; empty where nothing is in reach
    #[arg(long, value_name = "FILE.csv", requires = "measure")]
    pub(crate) access: Option<PathBuf>,
    /// 多少人到得了各地，占全部人的几成，写入此 CSV · write the share of all people who reach each place to this CSV
    #[arg(long, value_name = "FILE.csv", requires_all = ["people", "within"])]
    pub(crate) share: Option<PathBuf>,
    /// 每对地点的费用写入此 CSV：列 from,to,cost，没有路的不写；公交的单位是分钟，更多百分位另成列 · write the cost of each pair to this CSV; those without a way are not written; further percentiles have columns of their own
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) matrix: Option<PathBuf>,
    /// 输出格式 · shape of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

impl Measures {
    /// Files that are read for them.
    pub(crate) fn files(&self) -> impl Iterator<Item = PathBuf> {
        [&self.people, &self.held].into_iter().flatten().map(|column| column.file.clone())
    }
}

/// What to work out for each place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Measure {
    /// 够得着的合计，远的算得少就是重力模型 · the sum in reach; a gravity measure where far places count less
    Opportunities,
    /// 两步移动搜索法：每人多少 · two-step floating catchment areas, per person
    #[value(name = "2sfca")]
    TwoStep,
    /// 三步移动搜索法 · three-step floating catchment areas
    #[value(name = "3sfca")]
    ThreeStep,
}

/// A column of a file.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) file: PathBuf,
    pub(crate) name: String,
}

/// How far places count less, without a cost beyond which they do not count.
#[derive(Debug, Clone)]
pub(crate) enum Fall {
    None,
    Gaussian,
    Exponential(f64),
    Power(f64),
    Bands(Vec<(f64, f64)>),
}

impl Fall {
    pub(crate) fn decay(&self, within: f64) -> Decay {
        match self {
            Self::None => Decay::Within(within),
            Self::Gaussian => Decay::Gaussian(within),
            Self::Exponential(rate) => Decay::Exponential { rate: *rate, within },
            Self::Power(power) => Decay::Power { power: *power, within },
            Self::Bands(bands) => {
                // A band that goes beyond counts up to there.
                let begun = bands
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| *at == 0 || bands.get(at - 1).is_some_and(|(most, _)| *most < within));
                Decay::Bands(begun.map(|(_, (most, weight))| (most.min(within), *weight)).collect())
            }
        }
    }
}

fn column(text: &str) -> Result<Column, String> {
    let (file, name) = split(text);
    let name = name.filter(|_| !file.as_os_str().is_empty());
    let found = name.map(|name| Column { file, name });
    found
        .ok_or_else(|| "应为 文件:列，如 people.csv:people · a file and a column, such as people.csv:people".to_owned())
}

/// A column that is `weight` where none is named.
pub(crate) fn weights(text: &str) -> Result<Column, String> {
    let (file, name) = split(text);
    Ok(Column { file, name: name.unwrap_or_else(|| "weight".to_owned()) })
}

/// What stands after the last colon, unless that is a path: a drive has a colon too.
fn split(text: &str) -> (PathBuf, Option<String>) {
    match text.rsplit_once(':') {
        Some((file, name)) if !name.is_empty() && !name.contains(['/', '\\']) => (file.into(), Some(name.to_owned())),
        _ => (text.into(), None),
    }
}

fn fall(text: &str) -> Result<Fall, String> {
    let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
    let positive = |text: &str| text.parse::<f64>().ok().filter(|value| value.is_finite() && *value > 0.0);
    let found = match kind {
        "none" if rest.is_empty() => Some(Fall::None),
        "gaussian" if rest.is_empty() => Some(Fall::Gaussian),
        "exponential" => positive(rest).map(Fall::Exponential),
        "power" => positive(rest).map(Fall::Power),
        "bands" => bands(rest).map(Fall::Bands),
        _ => None,
    };
    found.ok_or_else(|| {
        "应为 none、gaussian、exponential:0.05、power:1 或 bands:10=1,20=0.68（费用上升） · one of these, costs of bands rising"
            .to_owned()
    })
}

fn bands(text: &str) -> Option<Vec<(f64, f64)>> {
    let band = |text: &str| {
        let (most, weight) = text.split_once('=')?;
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0);
        Some((number(most)?, number(weight)?))
    };
    let bands: Vec<(f64, f64)> = text.split(',').map(band).collect::<Option<_>>()?;
    bands.is_sorted_by(|a, b| a.0 < b.0).then_some(bands)
}

//! Arguments of the verbs that run models.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Shape of the output of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModelFormat {
    /// 给表格软件 · for spreadsheets
    Csv,
    /// 给程序 · for programs
    Json,
    /// 给数据软件 · for data programs
    Parquet,
}

/// How runs are spread over what is uncertain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sampling {
    /// 拉丁超立方 · Latin hypercube
    Lhs,
    /// 蒙特卡洛 · Monte Carlo
    Mc,
    /// 索博尔序列 · Sobol sequence
    Sobol,
}

/// A model file and what is changed in it.
#[derive(Debug, Args)]
pub(crate) struct ModelFile {
    /// 模型文件：.xmile .stmx .itmx .mdl · model file
    #[arg(required = true)]
    pub(crate) model: Option<PathBuf>,
    /// 给常数或变量另一个值，可多次 · another value for a constant or variable, may be repeated
    #[arg(long, value_name = "名称=值 · NAME=VALUE", value_parser = setting)]
    pub(crate) set: Vec<(String, f64)>,
    /// Vensim 参数文件 .cin，可多次 · a Vensim parameter file, may be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) cin: Vec<PathBuf>,
    /// 模型所需数据的文件 .dat .tab .csv，可多次 · data the model asks for, may be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) data: Vec<PathBuf>,
}

fn setting(text: &str) -> Result<(String, f64), String> {
    let wrong = || "应为 名称=数字 · expected NAME=NUMBER".to_owned();
    let (name, value) = text.rsplit_once('=').ok_or_else(wrong)?;
    let value: f64 = value.trim().parse().map_err(|_| wrong())?;
    if name.trim().is_empty() || !value.is_finite() { Err(wrong()) } else { Ok((name.trim().to_owned(), value)) }
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Simulate {
    #[command(subcommand)]
    pub(crate) other: Option<SimulateOther>,
    #[command(flatten)]
    pub(crate) file: ModelFile,
    /// 运行次数；多于一次给出区间 · number of runs; more than one gives bands
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) runs: Option<u32>,
    /// 随机种子 · seed
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// 不确定的参数及其分布、阈值 · uncertain parameters, their distributions, thresholds
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) vary: Option<PathBuf>,
    /// 参数的抽样（calibrate 所写的 CSV），每行一次运行 · draws of parameters (a CSV that calibrate wrote), a run for each row
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["runs", "sampling"])]
    pub(crate) draws: Option<PathBuf>,
    /// 抽样方法 · how to sample
    #[arg(long, value_enum, default_value_t = Sampling::Lhs)]
    pub(crate) sampling: Sampling,
    /// 只输出这些变量，逗号分隔 · only these variables, parted by commas
    #[arg(long, value_name = "a,b,c")]
    pub(crate) save: Option<String>,
    /// 输出格式，默认看 -o 的后缀，没有则 csv · shape of the output; by default what the ending of -o says, else csv
    #[arg(long, value_enum)]
    pub(crate) format: Option<ModelFormat>,
    /// 写入文件 · write to a file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

impl Simulate {
    /// As asked for, or as the ending of the output says.
    pub(crate) fn format(&self) -> ModelFormat {
        let ending = || self.output.as_ref()?.extension()?.to_str().map(str::to_lowercase);
        self.format.unwrap_or_else(|| match ending().as_deref() {
            Some("json") => ModelFormat::Json,
            Some("parquet") => ModelFormat::Parquet,
            _ => ModelFormat::Csv,
        })
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum SimulateOther {
    /// 检查模型：问题、单位、存量与反馈回路 · check a model: problems, units, stocks and feedback loops
    Check(ModelCheck),
}

#[derive(Debug, Args)]
pub(crate) struct ModelCheck {
    #[command(flatten)]
    pub(crate) file: ModelFile,
    /// 输出格式 · shape of the output
    #[arg(long, value_enum, default_value_t = crate::arguments::Format::Text)]
    pub(crate) format: crate::arguments::Format,
}

/// How to find out which parameter matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Method {
    /// 筛选：改动一个参数，结果平均变多少 · screening: how much one change moves the result
    Morris,
    /// 方差分解：每个参数占结果变动的几成 · shares of the variance
    Sobol,
    /// 整个分布：不只看方差 · the whole distribution, not its variance alone
    Pawn,
    /// 按是否达标分区：达标的运行里参数偏高还是偏低 · by success: which side of a parameter success lies on
    Regional,
    /// 达标的条件：在哪个范围内多半达标 · boxes in which the threshold is met
    Prim,
}

#[derive(Debug, Args)]
pub(crate) struct Sensitivity {
    #[command(flatten)]
    pub(crate) file: ModelFile,
    /// 不确定的参数及其分布、阈值 · uncertain parameters, their distributions, thresholds
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) vary: PathBuf,
    /// 看哪些变量，逗号分隔；阈值总在其中 · which variables to look at, parted by commas; thresholds always are
    #[arg(long, value_name = "a,b,c")]
    pub(crate) save: Option<String>,
    /// 方法 · method
    #[arg(long, value_enum, default_value_t = Method::Sobol)]
    pub(crate) method: Method,
    /// 样本数：sobol 每列的点数，morris 的路径数，其余为运行次数 · points a column for sobol, paths for morris, runs for the others
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    pub(crate) samples: Option<u32>,
    /// 看哪一时刻，默认最后 · the moment to look at, the last by default
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<f64>,
    /// 随机种子 · seed
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// 输出格式 · shape of the output
    #[arg(long, value_enum, default_value_t = crate::arguments::Format::Text)]
    pub(crate) format: crate::arguments::Format,
}

#[derive(Debug, Args)]
pub(crate) struct Calibrate {
    #[command(flatten)]
    pub(crate) file: ModelFile,
    /// 拟合哪些参数、用哪些序列 · which parameters to fit, to which series
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) fit: PathBuf,
    /// 观测：列 variable,time,low,high；下限已知时 high 空着 · observations; high is left empty for a lower bound
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) observed: PathBuf,
    /// 留出最后几个时间单位作回测 · hold back the last units of time and test the forecast on them
    #[arg(long, value_name = "TIME")]
    pub(crate) hold_back: Option<f64>,
    /// 随机种子 · seed
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// 可信参数的抽样写入此 CSV · write the draws of plausible parameters to this CSV
    #[arg(short, long, value_name = "FILE.csv")]
    pub(crate) output: Option<PathBuf>,
    /// 输出格式 · shape of the output
    #[arg(long, value_enum, default_value_t = crate::arguments::Format::Text)]
    pub(crate) format: crate::arguments::Format,
}

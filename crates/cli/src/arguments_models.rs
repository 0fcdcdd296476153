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
    if name.trim().is_empty() { Err(wrong()) } else { Ok((name.trim().to_owned(), value)) }
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
    /// 抽样方法 · how to sample
    #[arg(long, value_enum, default_value_t = Sampling::Lhs)]
    pub(crate) sampling: Sampling,
    /// 只输出这些变量，逗号分隔 · only these variables, parted by commas
    #[arg(long, value_name = "a,b,c")]
    pub(crate) save: Option<String>,
    /// 输出格式 · shape of the output
    #[arg(long, value_enum, default_value_t = ModelFormat::Csv)]
    pub(crate) format: ModelFormat,
    /// 写入文件 · write to a file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
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

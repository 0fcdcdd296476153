//! Arguments of `lantu inequality`.

use std::path::PathBuf;

use clap::Args;
use lantu_appraisal::inequality::FEWEST;

use crate::arguments_output::Output;

#[derive(Debug, Args)]
pub(crate) struct Inequality {
    /// 表：第一行是列名 · a table with a row of names
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) data: PathBuf,
    /// 量什么是否均等：一列数，如收入、面积 · what is shared: a column of numbers, such as income or floor space
    #[arg(long, value_name = "COLUMN")]
    pub(crate) value: String,
    /// 每行代表多少（人、户）的一列；默认每行代表 1 · how many each row stands for; 1 by default
    #[arg(long, value_name = "COLUMN")]
    pub(crate) weight: Option<String>,
    /// 按这一列分组，并分出组内和组间 · by groups of this column, with what lies within and between them
    #[arg(long, value_name = "COLUMN")]
    pub(crate) by: Option<String>,
    /// 一组至少多少行才单列；不能少于 5 · rows that a group has at least where it is shown by itself; not below 5
    #[arg(long, value_name = "ROWS", default_value_t = FEWEST, value_parser = fewest)]
    pub(crate) fewest: usize,
    #[command(flatten)]
    pub(crate) output: Output,
}

fn fewest(text: &str) -> Result<usize, String> {
    let rows = text.parse().ok().filter(|rows| *rows >= FEWEST);
    rows.ok_or_else(|| format!("应为不小于 {FEWEST} 的整数 · a whole number not below {FEWEST}"))
}

//! Where results go and in which shape: the same for every verb that gives a table.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

/// Shape of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shape {
    /// 给人看 · for people
    Text,
    /// 给表格软件 · for spreadsheets
    Csv,
    /// 给程序 · for programs
    Json,
    /// 给数据库；要有 --out · for databases; needs --out
    Parquet,
}

#[derive(Debug, Args)]
pub(crate) struct Output {
    /// 输出格式；默认看 --out 的扩展名，没有则给人看 · shape of the output; by the ending of --out, or for people
    #[arg(long, value_enum)]
    format: Option<Shape>,
    /// 写入此文件，而不是标准输出 · write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// CSV 开头加 UTF-8 标记：中文 Excel 直接打开不乱码 · begin CSV with the UTF-8 mark, without which Excel in Chinese garbles it
    #[arg(long)]
    pub(crate) bom: bool,
}

impl Output {
    /// The shape asked for, or what the ending of the output says.
    pub(crate) fn shape(&self) -> Shape {
        let ending = self.out.as_deref().and_then(Path::extension).map(|ending| ending.to_ascii_lowercase());
        self.format.unwrap_or_else(|| match ending.as_ref().and_then(|ending| ending.to_str()) {
            Some("csv") => Shape::Csv,
            Some("json") => Shape::Json,
            Some("parquet") => Shape::Parquet,
            _ => Shape::Text,
        })
    }
}

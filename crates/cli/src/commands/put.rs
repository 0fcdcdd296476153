//! Results into a file or on standard output, in the shape asked for.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use lantu_blueprint::Lang;
use serde::Serialize;

use super::say;
use crate::arguments_models::ModelFormat;
use crate::arguments_output::{Output, Shape};
use crate::models::output::{self, Table};
use crate::text::{file, print};

/// By which spreadsheets know UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Refuses what cannot be written, before anything is computed.
pub(crate) fn refuse<'a>(
    output: &Output,
    inputs: impl IntoIterator<Item = &'a PathBuf>,
    lang: Lang,
) -> anyhow::Result<()> {
    if output.shape() == Shape::Parquet && output.out.is_none() {
        bail!(say(lang, "parquet 要写入文件：请给 --out", "parquet goes into a file: --out is needed"));
    }
    if output.bom && output.shape() != Shape::Csv {
        bail!(say(lang, "--bom 只用于 CSV", "--bom is for CSV"));
    }
    output.out.as_ref().map_or(Ok(()), |path| file::apart(path, inputs, lang))
}

/// Text for people; without colours where nobody sees them.
pub(crate) fn text(output: &Output, text: &str) -> anyhow::Result<()> {
    match &output.out {
        Some(path) => output::write(anstream::adapter::strip_str(text).to_string().as_bytes(), Some(path)),
        None => print(text),
    }
}

/// A value as JSON with a line end.
pub(crate) fn json(output: &Output, value: &impl Serialize) -> anyhow::Result<()> {
    output::write(format!("{}\n", serde_json::to_string_pretty(value)?).as_bytes(), output.out.as_deref())
}

/// What is too large to be held as a whole.
pub(crate) fn through(output: &Output, write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut out: Box<dyn Write> = match &output.out {
        Some(path) => Box::new(BufWriter::new(File::create(path).with_context(|| path.display().to_string())?)),
        None => Box::new(BufWriter::new(std::io::stdout().lock())),
    };
    write(&mut out)?;
    Ok(out.flush()?)
}

/// A table as CSV or Parquet.
pub(crate) fn table(output: &Output, table: Table) -> anyhow::Result<()> {
    let is_parquet = output.shape() == Shape::Parquet;
    let mut bytes = output::table(table, if is_parquet { ModelFormat::Parquet } else { ModelFormat::Csv })?;
    if output.bom {
        bytes.splice(0..0, MARK.iter().copied());
    }
    output::write(&bytes, output.out.as_deref())
}

//! Text for people: tables that line up with Chinese width, marks and colours that vanish without a terminal.

pub(crate) mod csv;
pub(crate) mod error;
pub(crate) mod file;
pub(crate) mod style;
pub(crate) mod table;
pub(crate) mod width;

use std::io::{self, Write};

/// Writes to standard output; colours are removed when it is not a terminal.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Writes a value as JSON with a line end.
pub(crate) fn print_json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    print(&format!("{}\n", serde_json::to_string_pretty(value)?))
}

/// `lantu status … | head` closes our output early; that is no failure.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

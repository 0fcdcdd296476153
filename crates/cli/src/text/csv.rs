//! CSV for spreadsheets: RFC 4180 quoting, and no cell that a spreadsheet would run as a formula.

/// One line.
pub(crate) fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = cells.into_iter().map(quote).collect();
    format!("{}\n", quoted.join(","))
}

fn quote(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '@', '\t']) || (cell.starts_with('-') && cell.parse::<f64>().is_err());
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    #[test]
    fn quoting() {
        assert_eq!(super::line(["a,b", "-1.5", "=1+1", "说\"话\""]), "\"a,b\",-1.5,'=1+1,\"说\"\"话\"\"\"\n");
    }
}

//! CSV for spreadsheets: RFC 4180 quoting, and no cell that a spreadsheet would run as a formula.

/// One line.
pub(crate) fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            line.push(',');
        }
        push(&mut line, cell);
    }
    line.push('\n');
    line
}

/// Appends a cell.
pub(crate) fn push(line: &mut String, cell: &str) {
    let formula = cell.starts_with(['=', '+', '@', '\t']) || (cell.starts_with('-') && cell.parse::<f64>().is_err());
    let quoted = cell.contains([',', '"', '\n', '\r']);
    if quoted {
        line.push('"');
    }
    if formula {
        line.push('\'');
    }
    if quoted {
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(cell);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn quoting() {
        assert_eq!(super::line(["a,b", "-1.5", "=1+1", "说\"话\""]), "\"a,b\",-1.5,'=1+1,\"说\"\"话\"\"\"\n");
    }
}

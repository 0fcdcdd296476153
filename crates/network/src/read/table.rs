//! Tables of text: a row of names, then rows with commas between fields, quoted where a field holds one.

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::diagnostic::{Code, Diagnostic};

/// A table whose rows are read one after the other, so that a large one need not be held twice.
pub(crate) struct Table<'a> {
    text: &'a str,
    comment: Option<u8>,
    reader: csv::Reader<&'a [u8]>,
    names: StringRecord,
}

/// One row, with the line it begins in.
pub(crate) struct Row<'a> {
    pub(crate) line: usize,
    /// Whether it has fewer fields than the row of names: it may have been cut off.
    pub(crate) short: bool,
    record: &'a StringRecord,
}

impl Row<'_> {
    /// The text of a column, without blanks around it; empty where the row is too short or there is no such column.
    pub(crate) fn get(&self, column: Option<usize>) -> &str {
        column.and_then(|at| self.record.get(at)).unwrap_or_default()
    }
}

impl<'a> Table<'a> {
    /// Reads the row of names. Lines that begin with `comment` are left out.
    pub(crate) fn new(text: &'a str, comment: Option<u8>) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader =
            ReaderBuilder::new().flexible(true).trim(Trim::All).comment(comment).from_reader(text.as_bytes());
        // Text cannot be broken UTF-8, and rows may have any length: there is nothing left to go wrong.
        let names = reader.headers().cloned().unwrap_or_default();
        Self { text, comment, reader, names }
    }

    /// Names of the columns.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter()
    }

    /// Place of a column.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|found| found == name)
    }

    /// Places of columns that must be there; none, and a diagnostic for each that is not, where one is missing.
    pub(crate) fn needed<const N: usize>(
        &self,
        names: [&str; N],
        problems: &mut Vec<Diagnostic>,
    ) -> Option<[Option<usize>; N]> {
        let places = names.map(|name| self.column(name));
        if let Some(line) = self.open_quote() {
            problems.push(Diagnostic::error(
                Code::OpenQuote,
                line,
                "引号没有成对：从这里到后面的引号都成了一格",
                "a quote without its other end: all from here to a later quote is one field",
            ));
        }
        for (name, _) in names.iter().zip(&places).filter(|(_, place)| place.is_none()) {
            problems.push(Diagnostic::error(
                Code::MissingColumn,
                1,
                format!("缺少列「{name}」"),
                format!("there is no column `{name}`"),
            ));
        }
        places.iter().all(Option::is_some).then_some(places)
    }

    /// The line of the last quote, where their number is odd.
    fn open_quote(&self) -> Option<usize> {
        let quotes = self.text.bytes().filter(|byte| *byte == b'"').count();
        let last = self.text.rfind('"').filter(|_| quotes % 2 == 1)?;
        Some(1 + self.text.get(..last).unwrap_or_default().matches('\n').count())
    }

    /// Goes through the rows; a row of blanks is none.
    pub(crate) fn each(mut self, mut with: impl FnMut(&Row<'_>)) {
        let mut record = StringRecord::new();
        while self.reader.read_record(&mut record).unwrap_or(false) {
            if record.iter().all(str::is_empty) {
                continue;
            }
            let line = record.position().map_or(0, |position| self.line(position));
            with(&Row { line, short: record.len() < self.names.len(), record: &record });
        }
    }

    /// The line of a row. The reader's own count ends before the lines that it skips.
    fn line(&self, position: &csv::Position) -> usize {
        let rest = self.text.get(position.byte() as usize..).unwrap_or_default();
        let skipped = |line: &&str| line.is_empty() || (self.comment.is_some() && line.bytes().next() == self.comment);
        position.line() as usize + rest.lines().take_while(skipped).count()
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn quotes_comments_short_rows_and_marks_of_order_are_taken() {
        let text = "\u{feff}# made up\nid, name ,shape\n\n1,\"a, b\",\"LINESTRING (1 2,\n3 4)\"\n2\n";
        let table = Table::new(text, Some(b'#'));
        let (id, name, shape) = (table.column("id"), table.column("name"), table.column("shape"));
        let mut found = Vec::new();
        table.each(|row| found.push((row.line, [id, name, shape].map(|at| row.get(at).to_owned()).join("|"))));
        assert_eq!(found, [(4, "1|a, b|LINESTRING (1 2,\n3 4)".to_owned()), (6, "2||".to_owned())]);
    }

    #[test]
    fn what_is_missing_is_said() {
        let mut problems = Vec::new();
        assert!(Table::new("id,name\n", None).needed(["id", "x_coord", "y_coord"], &mut problems).is_none());
        assert_eq!(problems.len(), 2);
        assert!(Table::new("", None).needed(["id"], &mut problems).is_none());
        assert!(Table::new("id\n", None).needed(["id"], &mut problems).is_some());
    }
}

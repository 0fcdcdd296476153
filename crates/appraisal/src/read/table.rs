//! Tables of text, whatever they are read for: a row of names, then rows with commas between fields.

use csv::{ByteRecord, Position, ReaderBuilder, StringRecord};

use crate::diagnostic::{Code, Diagnostic};

/// What stands for nothing.
const NOTHING: &[&str] = &["", "NA", "N/A", "null", "NULL", "-", "—", "…"];
const YES: &[&str] = &["true", "TRUE", "yes", "是", "有"];
const NO: &[&str] = &["false", "FALSE", "no", "否", "无"];

/// Words that stand for something else in a field of numbers.
#[cfg(test)]
pub(super) const WORDS: [&[&str]; 3] = [NOTHING, YES, NO];

/// Rows of one kind that are named; of more, the number is told.
const NAMED: usize = 10;

/// A table whose rows are gone through one after the other.
pub(crate) struct Table<'a> {
    text: &'a str,
    /// Lines of remarks before the row of names.
    skipped: usize,
    reader: csv::Reader<&'a [u8]>,
    names: StringRecord,
}

/// A row, with the line in which it begins.
pub(crate) struct Row<'a> {
    pub(crate) line: usize,
    record: &'a ByteRecord,
}

impl Row<'_> {
    /// The text of a field, without blanks around it; empty where the row is too short.
    pub(crate) fn get(&self, at: usize) -> &str {
        let field = self.record.get(at).unwrap_or_default();
        // Fields of a text are texts: the reader cuts at signs that are a byte each.
        std::str::from_utf8(field).unwrap_or_default().trim()
    }
}

impl<'a> Table<'a> {
    /// Reads the row of names; none, and a diagnostic, where there is none. Lines that begin with `#` before it are remarks;
    /// below it every line is a row.
    pub(crate) fn new(text: &'a str, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let text = text.trim_start_matches('\u{feff}');
        let skipped = text.lines().take_while(|line| line.starts_with('#')).count();
        let at = text.split_inclusive('\n').take(skipped).map(str::len).sum();
        let text: &str = text.get(at..).unwrap_or_default();
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        // Text cannot be broken UTF-8, and rows may have any length: there is nothing left to go wrong.
        let names: StringRecord =
            reader.headers().map(|names| names.iter().map(str::trim).collect()).unwrap_or_default();
        if names.iter().all(str::is_empty) {
            problems.push(Diagnostic::error(Code::NotATable, 1, "没有表头", "there is no row of names"));
            return None;
        }
        if let Some((zh, en)) = other_than_commas(text, &names) {
            problems.push(Diagnostic::error(Code::NotATable, skipped + 1, zh, en));
            return None;
        }
        let table = Self { text, skipped, reader, names };
        problems.extend(table.open_quote());
        Some(table)
    }

    /// Names of the columns.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter()
    }

    /// Place of a column.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.names().position(|found| found == name)
    }

    /// Says that there is no such column, and which there are.
    pub(crate) fn missing(&self, name: &str) -> Diagnostic {
        let near = crate::diagnostic::nearest(name, self.names());
        let listed = |between: &str| self.names().take(20).collect::<Vec<_>>().join(between);
        Diagnostic::error(
            Code::MissingColumn,
            1,
            format!("缺少列「{name}」{}；有的列：{}", near.zh, listed("、")),
            format!("there is no column `{name}`{}; there are: {}", near.en, listed(", ")),
        )
    }

    /// Places of columns that must be there; none, and a diagnostic for each that is not, where one is missing.
    pub(crate) fn needed(&self, names: &[&str], problems: &mut Vec<Diagnostic>) -> Option<Vec<usize>> {
        let places: Vec<Option<usize>> = names.iter().map(|name| self.place(name)).collect();
        problems
            .extend(names.iter().zip(&places).filter(|(_, place)| place.is_none()).map(|(name, _)| self.missing(name)));
        places.into_iter().collect()
    }

    /// Goes through the rows; a row of blanks is none. Rows that have not as many fields as there are names are told: a comma too
    /// many moves all that follows it.
    pub(crate) fn each(mut self, mut with: impl FnMut(&Row<'_>)) -> Vec<Diagnostic> {
        let mut uneven: Vec<(usize, usize)> = Vec::new();
        let mut record = ByteRecord::new();
        while self.reader.read_byte_record(&mut record).unwrap_or(false) {
            if record.iter().all(|field| field.trim_ascii().is_empty()) {
                continue;
            }
            let line = record.position().map_or(0, |position| self.line(position));
            let filled = record.iter().rposition(|field| !field.trim_ascii().is_empty()).map_or(0, |last| last + 1);
            if record.len() < self.names.len() || filled > self.names.len() {
                uneven.push((line, record.len()));
            }
            with(&Row { line, record: &record });
        }
        let wanted = self.names.len();
        let mut problems: Vec<Diagnostic> = uneven
            .iter()
            .take(NAMED)
            .map(|(line, there)| {
                Diagnostic::warning(
                    Code::NotATable,
                    *line,
                    format!("这一行有 {there} 格，表头有 {wanted} 列：是否多了或少了逗号？"),
                    format!("this row has {there} fields and there are {wanted} columns: is there a comma too many or too few?"),
                )
            })
            .collect();
        if uneven.len() > NAMED {
            let more = uneven.len() - NAMED;
            problems.push(Diagnostic::warning(
                Code::NotATable,
                0,
                format!("还有 {more} 行的格数与表头不同"),
                format!("{more} more rows have not as many fields as there are columns"),
            ));
        }
        problems
    }

    /// The line of a row. The reader's own count ends before the lines that it skips.
    fn line(&self, position: &Position) -> usize {
        let rest = self.text.get(position.byte() as usize..).unwrap_or_default();
        self.skipped + position.line() as usize + rest.lines().take_while(|line| line.is_empty()).count()
    }

    fn open_quote(&self) -> Option<Diagnostic> {
        let quotes = self.text.bytes().filter(|byte| *byte == b'"').count();
        let last = self.text.rfind('"').filter(|_| quotes % 2 == 1)?;
        Some(Diagnostic::error(
            Code::NotATable,
            self.skipped + 1 + self.text.get(..last).unwrap_or_default().matches('\n').count(),
            "引号没有成对：从这里到后面的引号都成了一格",
            "a quote without its other end: all from here to a later quote is one field",
        ))
    }
}

/// What a file is that has no commas between its fields.
fn other_than_commas(text: &str, names: &StringRecord) -> Option<(&'static str, &'static str)> {
    let (first, one) = (names.get(0).unwrap_or_default(), names.len() == 1);
    if text.starts_with("PK\u{3}\u{4}") {
        return Some(("这是 Excel 工作簿，请另存为 CSV", "this is an Excel workbook: save it as CSV"));
    }
    if one && first.contains('\t') {
        return Some((
            "各列之间是制表符，请存成以逗号分隔的 CSV",
            "tabs stand between the columns: save it as CSV with commas",
        ));
    }
    if one && first.contains([';', '；']) {
        return Some((
            "各列之间是分号，请存成以逗号分隔的 CSV",
            "semicolons stand between the columns: save it as CSV with commas",
        ));
    }
    let second = text.lines().nth(1).unwrap_or_default();
    let title = names.iter().skip(1).all(str::is_empty) && second.matches(',').count() >= 1 && !first.is_empty();
    title.then_some((
        "第一行像是标题，不是列名：请删去，让列名在第一行",
        "the first line looks like a title: remove it, so that the names of columns come first",
    ))
}

/// A field as a number: NaN for nothing, none where it holds something else.
pub(crate) fn number(field: &str) -> Option<f64> {
    // Digits, points, commas and signs of full width, as Chinese keyboards have them.
    let narrow = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        other => other,
    };
    if field.chars().any(|letter| ('\u{ff01}'..='\u{ff5e}').contains(&letter)) {
        return plain(&field.chars().map(narrow).collect::<String>());
    }
    plain(field)
}

fn plain(field: &str) -> Option<f64> {
    if NOTHING.contains(&field) {
        return Some(f64::NAN);
    }
    if let Ok(found) = field.parse::<f64>() {
        return found.is_finite().then_some(found);
    }
    if YES.contains(&field) || NO.contains(&field) {
        return Some(if YES.contains(&field) { 1.0 } else { 0.0 });
    }
    // Thousands as spreadsheets show them, before the point.
    let (whole, rest) = field.split_once('.').map_or((field, None), |(whole, rest)| (whole, Some(rest)));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = whole
        .strip_prefix('-')
        .unwrap_or(whole)
        .split(',')
        .enumerate()
        .all(|(at, part)| (if at == 0 { (1..=3).contains(&part.len()) } else { part.len() == 3 }) && digits(part));
    if !grouped || !rest.is_none_or(digits) {
        return None;
    }
    field.replace(',', "").parse::<f64>().ok().filter(|found| found.is_finite())
}

#[cfg(test)]
mod tests {
    use super::{Table, number};

    #[test]
    fn rows_keep_their_lines() {
        let mut problems = Vec::new();
        let text = "\u{feff}# made up\nid, name \n\n1,\" a, b \"\n \n2\n";
        let table = Table::new(text, &mut problems).unwrap();
        let places = table.needed(&["id", "name"], &mut problems).unwrap();
        let mut found = Vec::new();
        table.each(|row| found.push((row.line, row.get(places[0]).to_owned(), row.get(places[1]).to_owned())));
        assert_eq!(found, [(4, "1".into(), "a, b".into()), (6, "2".into(), String::new())]);
        assert!(problems.is_empty());
        assert!(Table::new(" , \n1,2\n", &mut problems).is_none());
        assert_eq!(problems.len(), 1);
        for text in ["a\tb\n1\t2\n", "a;b\n1;2\n", "PK\u{3}\u{4}…", "2025 年,,\na,b,c\n"] {
            assert!(Table::new(text, &mut problems).is_none(), "{text}");
        }
        assert!(Table::new("only\n1\n", &mut problems).is_some());
        let text = "# remark\nid,a\n#1,2\n";
        let mut rows = Vec::new();
        Table::new(text, &mut problems).unwrap().each(|row| rows.push((row.line, row.get(0).to_owned())));
        assert_eq!(rows, [(3, "#1".to_owned())], "below the names every line is a row");
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (field, expected) in [
            ("1e3", 1000.0),
            ("-1,234.5", -1234.5),
            ("12,345,678", 12_345_678.0),
            ("是", 1.0),
            ("false", 0.0),
            ("有", 1.0),
            ("０.５", 0.5),
            ("1，200", 1200.0),
            ("－３", -3.0),
        ] {
            assert_eq!(number(field), Some(expected), "{field}");
        }
        assert!(number("—").is_some_and(f64::is_nan));
        for field in ["NaN", "inf", "1e400", "1,2", "1,2345", "12 kg", "1.2.3", ",123", "一", "1.5,234", "1,234.5,6"] {
            assert_eq!(number(field), None, "{field}");
        }
    }
}

//! `indicators/<id>.sql`: front matter in TOML inside a comment, then one SELECT.

use std::sync::Arc;

use sqlparser::ast::Statement;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::{Parser, ParserError};

use super::fields::{Fields, TomlText};
use super::indicators_csv::{direction, nature};
use super::{Report, decode, files_in, stem};
use crate::model::{Direction, Indicator, IndicatorKind, Nature};
use crate::{Code, Frequency, Lang, Location, Sources, Text, sql};

const OPEN: &str = "/*---";
const CLOSE: &str = "---*/";

/// Reads every computed indicator of the folder.
pub(super) fn read(sources: &Sources, report: &Report) -> Vec<Indicator> {
    files_in(sources, "indicators/", ".sql").filter_map(|(path, bytes)| read_one(path, bytes, report)).collect()
}

fn read_one(path: &str, bytes: &[u8], report: &Report) -> Option<Indicator> {
    let whole = decode(path, bytes, report)?;
    let text = whole.text;
    let parts = text.trim_start().strip_prefix(OPEN).and_then(|rest| rest.split_once(CLOSE));
    let Some((front, query)) = parts else {
        report.say(
            Code::BadMarkup,
            Location::start(path),
            Text::new("缺少文件头 /*--- … ---*/", "the front matter /*--- … ---*/ is missing"),
            Text::new(
                "文件头里用 TOML 写 name、unit，见 docs/format.md",
                "write name and unit there in TOML, see docs/format.md",
            ),
        );
        return None;
    };
    let offset = text.len() - query.len() - CLOSE.len() - front.len();
    let source = TomlText { source: &whole, offset, toml: front };
    let table = source.parse(report);
    let fields = Fields::new(source, table.get_ref(), 0..0, report);
    let frequencies: Vec<_> = Frequency::ALL.iter().map(|(_, word)| *word).collect();
    if !fields.has("name") {
        fields.missing("name");
    }
    let indicator = Indicator {
        id: stem(path, ".sql").to_owned(),
        name: fields.text("name", Lang::Zh),
        unit: fields.required("unit").unwrap_or_default(),
        direction: fields.word("direction", &["up", "down"], direction).unwrap_or(Direction::Neutral),
        nature: fields.word("nature", &["stock", "flow", "rate"], nature).unwrap_or(Nature::Rate),
        frequency: fields.word("frequency", &frequencies, Frequency::from_word),
        lag_months: fields.count("lag_months"),
        definition: fields.text("definition", Lang::Zh),
        kind: IndicatorKind::Computed { reads: reads(&whole.file, text, query, report)?, sql: blanked(text, query) },
        cases: Vec::new(),
        location: Location::start(Arc::clone(&whole.file)),
    };
    fields.finish();
    Some(indicator)
}

/// The query with the front matter replaced by blank lines: line numbers of SQL errors stay true.
fn blanked(text: &str, query: &str) -> Arc<str> {
    let before = text.get(..text.len() - query.len()).unwrap_or_default();
    let lines = before.bytes().filter(|b| *b == b'\n').count();
    Arc::from(format!("{}{query}", "\n".repeat(lines)))
}

/// Names the query reads from, common table expressions excepted; `None` when it is not one SELECT.
fn reads(file: &Arc<str>, text: &str, query: &str, report: &Report) -> Option<Vec<String>> {
    if let Some(message) = sql::too_large(query) {
        let start = Location::at(file, text, text.len() - query.trim_start().len());
        report.say(Code::BadSql, start, message, Text::new("请拆成几个指标", "split it into several indicators"));
        return None;
    }
    let statements = match Parser::parse_sql(&PostgreSqlDialect {}, query) {
        Ok(statements) => statements,
        Err(error) => {
            report.add(sql_error(file, text, query, &error));
            return None;
        }
    };
    let [Statement::Query(select)] = statements.as_slice() else {
        report.say(
            Code::BadSql,
            Location::at(file, text, text.len() - query.trim_start().len()),
            Text::new("指标只能是一条 SELECT", "an indicator is exactly one SELECT"),
            Text::new("去掉其他语句和分号之后的内容", "remove other statements and whatever follows the semicolon"),
        );
        return None;
    };
    Some(sql::reads(select).into_iter().collect())
}

fn sql_error(file: &Arc<str>, text: &str, query: &str, error: &ParserError) -> crate::Diagnostic {
    let message = match error {
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => message.clone(),
        ParserError::RecursionLimitExceeded => "nested too deeply".to_owned(),
    };
    // The parser writes its place into the message: "… at Line: 3, Column: 7".
    let (message, place) = match message.rsplit_once(" at Line: ") {
        Some((head, tail)) => (head.to_owned(), tail.split_once(", Column: ")),
        None => (message, None),
    };
    let start = Location::at(file, text, text.len() - query.len());
    // A query that stops too early has no place of its own: its end is where something is missing.
    let end = Location::at(file, text, text.trim_end().len());
    let location = match place.map(|(line, column)| (line.trim().parse::<u32>(), column.trim().parse::<u32>())) {
        Some((Ok(1), Ok(column))) => {
            Location::new(Arc::clone(file), start.line, start.column + column.saturating_sub(1))
        }
        Some((Ok(line), Ok(column))) => Location::new(Arc::clone(file), start.line + line.saturating_sub(1), column),
        _ => end,
    };
    crate::Diagnostic::new(
        Code::BadSql,
        location,
        Text::new(format!("SQL 语法错误：{message}"), format!("SQL syntax error: {message}")),
    )
    .hint(Text::new(
        "写法与 PostgreSQL 相同；中文列名要加双引号",
        "the dialect is PostgreSQL's; put double quotes round Chinese column names",
    ))
}

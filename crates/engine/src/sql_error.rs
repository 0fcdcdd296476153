//! DataFusion's errors → message, hint and place, in Chinese and English.

use datafusion::common::{DataFusionError, SchemaError};
use lantu_blueprint::Text;
use lantu_blueprint::diagnostic::suggestion;

use crate::error::QueryProblem;
use crate::session::{OUT_OF_TIME, TOO_LARGE};

/// Starts the message about a function whose result changes from run to run.
pub(crate) const CHANGING: &str = "changing function: ";

/// Explains `error`, met with `sql`; `tables` are the names that exist.
pub(crate) fn explain(error: &DataFusionError, sql: &str, tables: &[String]) -> QueryProblem {
    let (message, hint, name) = words(error.find_root(), tables);
    let place = span(error).or_else(|| in_words(&message.en)).or_else(|| find(sql, name.as_deref()?));
    let (line, column) = place.unwrap_or_else(|| first_word(sql));
    QueryProblem { message, hint, line, column }
}

/// Message, hint, and the name to look for in the text when the error has no place of its own.
fn words(root: &DataFusionError, tables: &[String]) -> (Text, Text, Option<String>) {
    match root {
        DataFusionError::SQL(parser, _) => {
            let text = parser.to_string();
            let text = text.trim_start_matches("sql parser error: ");
            (Text::new(format!("SQL 语法有误：{text}"), format!("SQL syntax error: {text}")), Text::default(), None)
        }
        DataFusionError::SchemaError(schema, _) => schema_words(schema),
        DataFusionError::ResourcesExhausted(text) if text == OUT_OF_TIME => (
            Text::new("查询超过 30 秒，已停止", "the query ran for more than 30 seconds and was stopped"),
            Text::new("请检查联接条件是否写全", "check that every join has its condition"),
            None,
        ),
        DataFusionError::ResourcesExhausted(text) => (
            Text::new(
                format!("查询占用内存过多，已停止：{text}"),
                format!("the query took too much memory and was stopped: {text}"),
            ),
            Text::new("请检查联接条件是否写全", "check that every join has its condition"),
            None,
        ),
        DataFusionError::Plan(text) if text.starts_with(TOO_LARGE) => {
            let mut parts = text.split(TOO_LARGE).skip(1);
            let (zh, en) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            (Text::new(zh, en), Text::new("请拆成几个查询", "split it into several queries"), None)
        }
        DataFusionError::Plan(text) => plan_words(text, tables),
        DataFusionError::NotImplemented(text) if text.contains("Recursive CTEs") => (
            Text::new("不能用 WITH RECURSIVE", "WITH RECURSIVE cannot be used"),
            Text::new("逐期的累积用窗口函数", "use window functions for what builds up over periods"),
            Some("RECURSIVE".to_owned()),
        ),
        other => {
            let text = other.strip_backtrace();
            (Text::new(format!("查询不能运行：{text}"), format!("the query cannot run: {text}")), Text::default(), None)
        }
    }
}

fn schema_words(error: &SchemaError) -> (Text, Text, Option<String>) {
    match error {
        SchemaError::FieldNotFound { field, valid_fields } => {
            let name = field.name.clone();
            let known: Vec<&str> = valid_fields.iter().map(|column| column.name.as_str()).collect();
            let mut listed: Vec<&str> = known.clone();
            listed.sort_unstable();
            listed.dedup();
            listed.truncate(30);
            let otherwise =
                Text::new(format!("有的列：{}", listed.join("、")), format!("columns: {}", listed.join(", ")));
            let hint = match known.iter().find(|other| other.to_lowercase() == name.to_lowercase()) {
                Some(other) => Text::new(
                    format!("列名区分大小写，请写 \"{other}\""),
                    format!("column names are case sensitive: write \"{other}\""),
                ),
                None if listed.is_empty() => Text::default(),
                None => suggestion(&name, known, otherwise),
            };
            (Text::new(format!("没有列「{name}」"), format!("there is no column `{name}`")), hint, Some(name))
        }
        SchemaError::AmbiguousReference { field } => (
            Text::new(
                format!("列「{}」在几张表里都有", field.name),
                format!("the column `{}` is in several tables", field.name),
            ),
            Text::new("请写 表名.列名", "write table.column"),
            Some(field.name.clone()),
        ),
        SchemaError::DuplicateQualifiedField { name, .. } | SchemaError::DuplicateUnqualifiedField { name } => (
            Text::new(format!("结果里有两列「{name}」"), format!("there are two columns `{name}`")),
            Text::new("请用 AS 给其中一列改名", "rename one of them with AS"),
            Some(name.clone()),
        ),
    }
}

fn plan_words(text: &str, tables: &[String]) -> (Text, Text, Option<String>) {
    let first = text.lines().next().unwrap_or_default();
    if let Some(name) = first.strip_prefix("table '").and_then(|rest| rest.strip_suffix("' not found")) {
        let name = name.rsplit('.').next().unwrap_or(name).to_owned();
        let hint = suggestion(
            &name,
            tables.iter().map(String::as_str),
            Text::new(
                "每个指标、清单里的每张表、observations、areas 都是表",
                "every indicator, every table of the manifest, observations and areas are tables",
            ),
        );
        return (Text::new(format!("没有表「{name}」"), format!("there is no table `{name}`")), hint, Some(name));
    }
    if let Some(name) = first.strip_prefix(CHANGING) {
        let message = Text::new(
            format!("函数「{name}」每次结果不同，指标里不能用"),
            format!("`{name}` gives another result every time and cannot be used in an indicator"),
        );
        return (message, Text::new("请用数据里的时期", "use the periods in the data"), Some(name.to_owned()));
    }
    if let Some(name) = first.strip_prefix("Invalid function '").and_then(|rest| rest.strip_suffix("'.")) {
        let close = text.lines().nth(1).and_then(|line| line.split('\'').nth(1)).unwrap_or_default();
        let message = Text::new(format!("没有函数「{name}」"), format!("there is no function `{name}`"));
        return (
            message,
            Text::new(format!("是不是「{close}」？"), format!("did you mean `{close}`?")),
            Some(name.to_owned()),
        );
    }
    if text.contains("not supported") && ["DDL", "DML", "Statement"].iter().any(|word| text.contains(word)) {
        let message = Text::new("只能写一个 SELECT", "only one SELECT is allowed");
        return (message, Text::new("这里只读数据，不改数据", "queries read data and never change it"), None);
    }
    (Text::new(format!("查询不能运行：{text}"), format!("the query cannot run: {text}")), Text::default(), None)
}

/// The innermost place that DataFusion attached.
fn span(error: &DataFusionError) -> Option<(u32, u32)> {
    match error {
        DataFusionError::Diagnostic(diagnostic, inner) => span(inner).or_else(|| {
            let start = diagnostic.span?.start;
            place(start.line, start.column)
        }),
        DataFusionError::Context(_, inner) => span(inner),
        DataFusionError::Shared(inner) => span(inner),
        DataFusionError::Collection(all) => all.iter().find_map(span),
        _ => None,
    }
}

fn place(line: u64, column: u64) -> Option<(u32, u32)> {
    let (line, column) = (u32::try_from(line).ok()?, u32::try_from(column).ok()?);
    (line > 0 && column > 0).then_some((line, column))
}

/// The place in a message that ends like `at Line: 3, Column: 12`.
fn in_words(message: &str) -> Option<(u32, u32)> {
    let (_, rest) = message.rsplit_once("Line: ")?;
    let (line, rest) = rest.split_once(", Column: ")?;
    let column: String = rest.chars().take_while(char::is_ascii_digit).collect();
    place(line.trim().parse().ok()?, column.parse().ok()?)
}

pub(crate) fn find(sql: &str, name: &str) -> Option<(u32, u32)> {
    at(sql, sql.find(name)?)
}

/// The first word of the query: front matter was replaced by blank lines.
pub(crate) fn first_word(sql: &str) -> (u32, u32) {
    at(sql, sql.find(|c: char| !c.is_whitespace()).unwrap_or(0)).unwrap_or((1, 1))
}

fn at(sql: &str, offset: usize) -> Option<(u32, u32)> {
    let before = sql.get(..offset)?;
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Some((u32::try_from(line).ok()?, u32::try_from(column).ok()?))
}

//! What can be said of a query from its text alone: which tables it reads, and whether it is too large to be looked at.
//!
//! Parsers and planners nest as deep as a query is long, and a name in a `WITH` stands for its whole body wherever it
//! is used: a few lines can ask for a stack or a plan that no machine has. So the size is bounded before anything else.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use sqlparser::ast::{ObjectName, Query, Statement, Visit, Visitor};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

use crate::Text;

/// Longest text; a formula longer than this is a program gone wrong.
const MAX_BYTES: usize = 64 << 10;
/// Most operators and words that nest.
const MAX_OPERATORS: usize = 1_000;
/// Most tables read, once every `WITH` is written out.
const MAX_READS: u64 = 1_000;

/// Words that nest as operators do.
const NESTING: [&str; 16] = [
    "and",
    "or",
    "not",
    "is",
    "like",
    "ilike",
    "similar",
    "between",
    "in",
    "at",
    "collate",
    "union",
    "intersect",
    "except",
    "join",
    "isnull",
];

/// Why a query is too large, if it is.
pub fn too_large(sql: &str) -> Option<Text> {
    if sql.len() > MAX_BYTES {
        let kib = MAX_BYTES >> 10;
        return Some(Text::new(format!("查询超过 {kib} KiB"), format!("the query is longer than {kib} KiB")));
    }
    if operators(sql) > MAX_OPERATORS {
        return Some(Text::new(
            format!("查询里的运算和联接超过 {MAX_OPERATORS} 个"),
            format!("the query has more than {MAX_OPERATORS} operators and joins"),
        ));
    }
    let statements = Parser::parse_sql(&PostgreSqlDialect {}, sql).ok()?;
    let mut relations = Relations::default();
    for statement in &statements {
        if let Statement::Query(query) = statement {
            let _: ControlFlow<()> = query.visit(&mut relations);
        }
    }
    (relations.reads > MAX_READS).then(|| {
        Text::new(
            format!("WITH 展开后要读 {MAX_READS} 次以上的表"),
            format!("with every WITH written out, the query reads more than {MAX_READS} tables"),
        )
    })
}

/// Names that a query reads from, those of its own `WITH` excepted.
pub(crate) fn reads(query: &Query) -> BTreeSet<String> {
    let mut relations = Relations::default();
    let _: ControlFlow<()> = query.visit(&mut relations);
    relations.found
}

/// Gathers the names that a query reads from. A name of a `WITH` hides the table of that name from the queries after it;
/// its own body and those before it still see the table, unless the `WITH` is `RECURSIVE`.
#[derive(Default)]
struct Relations {
    found: BTreeSet<String>,
    /// Tables read by the whole, every `WITH` written out.
    reads: u64,
    /// What each query around the place in hand has named, innermost last.
    scopes: Vec<Scope>,
    /// Bodies of a `WITH` that are still to come: address, and the number of the name.
    bodies: BTreeMap<usize, usize>,
}

#[derive(Default)]
struct Scope {
    /// Names of the `WITH`, each with the tables that its body reads.
    names: Vec<(String, u64)>,
    in_sight: usize,
    recursive: bool,
    reads: u64,
    /// The name in the scope around that this query is the body of.
    body_of: Option<usize>,
}

fn address(query: &Query) -> usize {
    std::ptr::from_ref(query).addr()
}

impl Visitor for Relations {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        let body_of = self.bodies.remove(&address(query));
        if let (Some(number), Some(around)) = (body_of, self.scopes.last_mut()) {
            around.in_sight = if around.recursive { around.names.len() } else { number };
        }
        let tables = query.with.as_ref().map(|with| with.cte_tables.as_slice()).unwrap_or_default();
        self.bodies.extend(tables.iter().enumerate().map(|(number, table)| (address(&table.query), number)));
        let names: Vec<(String, u64)> = tables.iter().map(|table| (table.alias.name.value.clone(), 1)).collect();
        let recursive = query.with.as_ref().is_some_and(|with| with.recursive);
        self.scopes.push(Scope { in_sight: names.len(), names, recursive, reads: 0, body_of });
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
        let Some(done) = self.scopes.pop() else { return ControlFlow::Continue(()) };
        match (self.scopes.last_mut(), done.body_of) {
            (Some(around), Some(number)) => {
                if let Some((_, reads)) = around.names.get_mut(number) {
                    *reads = done.reads;
                }
                around.in_sight = around.names.len();
            }
            (Some(around), None) => around.reads = around.reads.saturating_add(done.reads),
            (None, _) => self.reads = self.reads.saturating_add(done.reads),
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_relation(&mut self, name: &ObjectName) -> ControlFlow<()> {
        let Some(name) = name.0.last().and_then(|part| part.as_ident()).map(|ident| ident.value.as_str()) else {
            return ControlFlow::Continue(());
        };
        let in_sight =
            |scope: &Scope| scope.names.iter().take(scope.in_sight).rfind(|(n, _)| n == name).map(|(_, reads)| *reads);
        let local = self.scopes.iter().rev().find_map(in_sight);
        if local.is_none() {
            self.found.insert(name.to_owned());
        }
        if let Some(here) = self.scopes.last_mut() {
            here.reads = here.reads.saturating_add(local.map_or(1, |reads| reads.max(1)));
        }
        ControlFlow::Continue(())
    }
}

/// How many operators and nesting words a query has, quoted text and comments excepted. (Brackets are no danger: the
/// parser has a limit for them.)
fn operators(sql: &str) -> usize {
    let (mut count, mut rest) = (0, sql);
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '\'' | '"' => 1 + rest.get(1..).and_then(|tail| tail.find(first)).map_or(rest.len(), |at| at + 1),
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |at| at + 2),
            ':' if rest.starts_with("::") => {
                count += 1;
                2
            }
            c if c.is_alphanumeric() || c == '_' => {
                let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
                let text = rest.get(..word).unwrap_or_default();
                count += usize::from(NESTING.iter().any(|nests| text.eq_ignore_ascii_case(nests)));
                word
            }
            c => {
                count += usize::from("+-*/%|&^=<>!~".contains(c));
                c.len_utf8()
            }
        };
        rest = rest.get(end..).unwrap_or_default();
    }
    count
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::panic, reason = "tests")]
mod tests {
    use super::*;

    fn names(sql: &str) -> Vec<String> {
        let statements = Parser::parse_sql(&PostgreSqlDialect {}, sql).expect("SQL");
        let [Statement::Query(query)] = statements.as_slice() else { panic!("{sql}") };
        reads(query).into_iter().collect()
    }

    #[test]
    fn a_name_of_a_with_hides_a_table_where_it_is_in_sight() {
        for (sql, wanted) in [
            ("SELECT * FROM a JOIN b ON true", &["a", "b"] as &[&str]),
            ("WITH x AS (SELECT * FROM a) SELECT * FROM x", &["a"]),
            ("WITH a AS (SELECT * FROM a) SELECT * FROM a", &["a"]),
            ("WITH x AS (SELECT * FROM y), y AS (SELECT * FROM b) SELECT * FROM x, y", &["b", "y"]),
            ("WITH RECURSIVE x AS (SELECT 1 UNION ALL SELECT * FROM x) SELECT * FROM x", &[]),
            ("SELECT * FROM (WITH x AS (SELECT * FROM a) SELECT * FROM x) t, x", &["a", "x"]),
            ("WITH x AS (WITH y AS (SELECT * FROM a) SELECT * FROM y) SELECT * FROM y", &["a", "y"]),
            ("SELECT (SELECT max(v) FROM c) FROM a WHERE EXISTS (SELECT 1 FROM b)", &["a", "b", "c"]),
        ] {
            assert_eq!(names(sql), wanted, "{sql}");
        }
    }

    #[test]
    fn what_would_break_a_planner_is_too_large() {
        let chain = |part: &str, times: usize| format!("SELECT 1{}", part.repeat(times));
        let doubling = |levels: usize| {
            let bodies: Vec<String> =
                (1..=levels).map(|n| format!("t{n} AS (SELECT * FROM t{0} a, t{0} b)", n - 1)).collect();
            format!("WITH t0 AS (SELECT 1), {} SELECT * FROM t{levels}", bodies.join(", "))
        };
        for fine in ["SELECT 1", "not SQL", &chain(" + 1", 900), &doubling(9)] {
            assert_eq!(too_large(fine), None, "{fine}");
        }
        for sql in [
            chain(" + 1", 1_100),
            chain("::int", 1_100),
            chain(" IS NULL", 1_100),
            chain(" UNION ALL SELECT 1", 1_100),
            doubling(12),
            doubling(200),
            "x".repeat(70_000),
        ] {
            assert!(too_large(&sql).is_some(), "{}", sql.get(..60).unwrap_or_default());
        }
        assert_eq!(too_large(&format!("SELECT '{}'", "+".repeat(2_000))), None, "quoted text has no operators");
    }
}

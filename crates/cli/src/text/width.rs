//! Width of text on a terminal: a Chinese character takes two columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of the screen that standard output goes to; of a page where it goes into a file or another program.
pub(crate) fn screen() -> usize {
    const PAGE: usize = 120;
    terminal_size::terminal_size_of(std::io::stdout()).map_or(PAGE, |(columns, _)| usize::from(columns.0))
}

/// Columns that `text` takes.
pub(crate) fn of(text: &str) -> usize {
    text.width()
}

/// `text` cut to `columns`, with `…` when something was cut.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if of(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide + 1 > columns {
            break;
        }
        used += wide;
        out.push(c);
    }
    out.push('…');
    out
}

/// `text` with blanks up to `columns`.
pub(crate) fn pad(text: &str, columns: usize, right: bool) -> String {
    let blanks = " ".repeat(columns.saturating_sub(of(text)));
    if right { format!("{blanks}{text}") } else { format!("{text}{blanks}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!(of("高新技术 a"), 10);
        assert_eq!(cut("高新技术企业", 7), "高新技…");
        assert_eq!(cut("高新", 4), "高新");
        assert_eq!(pad("高", 4, false), "高  ");
        assert_eq!(pad("12", 4, true), "  12");
    }
}

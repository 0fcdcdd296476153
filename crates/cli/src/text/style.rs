//! Marks and colours. The mark alone says it too: colour is never the only sign.

use anstyle::{AnsiColor, Style};
use lantu_blueprint::Severity;
use lantu_blueprint::verdict::{Light, Verdict};

fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

fn colour(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(colour.into()))
}

/// Bold.
pub(crate) fn strong(text: &str) -> String {
    paint(Style::new().bold(), text)
}

/// Less important.
pub(crate) fn dim(text: &str) -> String {
    paint(Style::new().dimmed(), text)
}

/// An error.
pub(crate) fn bad(text: &str) -> String {
    paint(colour(AnsiColor::Red).bold(), text)
}

/// Something in order.
pub(crate) fn good(text: &str) -> String {
    paint(colour(AnsiColor::Green), text)
}

/// The mark of a verdict.
pub(crate) fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "✔",
        Verdict::MetEarly => "★",
        Verdict::OnTrack => "●",
        Verdict::Slipping => "◐",
        Verdict::OffTrack => "▲",
        Verdict::Missed => "✘",
        Verdict::Undecidable => "?",
        Verdict::Stale => "◌",
        Verdict::Unmeasured => "–",
    }
}

/// Text in the colour of a light.
pub(crate) fn light(light: Light, text: &str) -> String {
    match light {
        Light::Green => paint(colour(AnsiColor::Green), text),
        Light::Yellow => paint(colour(AnsiColor::Yellow), text),
        Light::Red => paint(colour(AnsiColor::Red), text),
        Light::Grey => dim(text),
    }
}

/// Text in the colour of a severity.
pub(crate) fn severity(severity: Severity, text: &str) -> String {
    match severity {
        Severity::Error => bad(text),
        Severity::Warning => paint(colour(AnsiColor::Yellow), text),
        Severity::Note => dim(text),
    }
}

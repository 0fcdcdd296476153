//! A bar on standard error for work that takes longer than a moment; nothing where nobody watches.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use lantu_simulation::run::Control;

/// The bar.
pub(crate) struct Progress {
    bar: ProgressBar,
}

const PARTS: u64 = 1_000;

impl Progress {
    pub(crate) fn new(what: &str) -> Self {
        let bar = ProgressBar::new(PARTS);
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr_with_hz(10)
        } else {
            ProgressDrawTarget::hidden()
        };
        bar.set_draw_target(target);
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:40} {percent}% {eta}") {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar }
    }

    /// Runs some work under the bar.
    pub(crate) fn watch<T>(&self, work: impl FnOnce(Control<'_>) -> T) -> T {
        let show = |share: f64| self.bar.set_position((share * PARTS as f64) as u64);
        let result = work(Control { progress: &show, ..Control::none() });
        self.bar.finish_and_clear();
        result
    }
}

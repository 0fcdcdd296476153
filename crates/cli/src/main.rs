//! `lantu`: the command line. Parses arguments, calls the façade, prints. Exit codes: 0 fine, 1 findings, 2 could not run.

mod arguments;
mod arguments_appraise;
mod arguments_efficiency;
mod arguments_inequality;
mod arguments_models;
mod arguments_network;
mod arguments_output;
mod arguments_reach;
mod arguments_transit;
mod commands;
mod models;
mod networks;
mod text;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};

/// How a command ended when it did run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing to report.
    Fine,
    /// Errors in the blueprint, failed tests.
    Findings,
}

/// A panic inside the SQL engine or the workbook reader is caught there and becomes a diagnostic; both run on threads
/// with a name of ours, so that the default words about it stay out of the output.
fn hush_caught_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !std::thread::current().name().is_some_and(|name| name.starts_with("lantu-")) {
            usual(panic);
        }
    }));
}

fn main() -> ExitCode {
    hush_caught_panics();
    let arguments = Arguments::parse();
    let lang = arguments.lang();
    let result = match arguments.command {
        Command::New(command) => commands::new::run(&command, lang),
        Command::Check(command) => commands::check::run(&command, lang),
        Command::Status(command) => commands::status::run(&command, lang),
        Command::Why(command) => commands::why::run(&command, lang),
        Command::Query(command) => commands::query::run(&command, lang),
        Command::Test(command) => commands::test::run(&command, lang),
        Command::Diff(command) => commands::diff::run(&command, lang),
        Command::Simulate(command) => commands::simulate::run(&command, lang),
        Command::Sensitivity(command) => commands::sensitivity::run(&command, lang),
        Command::Reach(command) => commands::reach::run(&command, lang),
        Command::Assign(command) => commands::assign::run(&command, lang),
        Command::Locate(command) => commands::locate::run(&command, lang),
        Command::Inequality(command) => commands::inequality::run(&command, lang),
        Command::Appraise(command) => commands::appraise::run(&command, lang),
        Command::Efficiency(command) => commands::efficiency::run(&command, lang),
        Command::Calibrate(command) => commands::calibrate::run(&command, lang),
        Command::Serve(command) => commands::serve::run(&command, lang),
    };
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) if text::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("{} {}", text::style::bad("lantu:"), text::error::said(&error, lang));
            ExitCode::from(2)
        }
    }
}

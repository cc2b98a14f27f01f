//! The `wacompose` program: arguments go to [`wacompose::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    wacompose::cli::run()
}

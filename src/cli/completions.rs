//! `wacompose completions`: a script that completes commands in a shell.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::Exit;
use super::args::Arguments;
use super::output::Output;

pub(super) fn run(shell: Shell, output: &mut Output) -> Exit {
    let mut script = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(shell, &mut command, "wacompose", &mut script);
    output.text(&String::from_utf8_lossy(&script));
    Exit::Done
}

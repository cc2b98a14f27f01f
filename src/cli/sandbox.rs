//! `wacompose sandbox`: the sandbox gateway, for other programs to send to.

use anyhow::Context as _;
use tokio::sync::mpsc;

use super::Exit;
use super::args;
use super::interrupt::interrupted;
use super::output::Output;
use crate::sandbox::Sandbox;

pub(super) fn run(command: &args::Sandbox, output: &mut Output) -> anyhow::Result<Exit> {
    super::block_on(serve(command, output))?
}

/// Runs until it is interrupted, or until nobody reads what it prints.
async fn serve(command: &args::Sandbox, output: &mut Output) -> anyhow::Result<Exit> {
    let (sender, mut requests) = mpsc::unbounded_channel();
    let log = Box::new(move |line| {
        // Nobody listens any more when the program ends.
        let _ = sender.send(line);
    });
    let sandbox = Sandbox::start(command.listen, command.faults.clone(), Some(log))
        .await
        .context("the sandbox does not start")?;
    let mut interrupted = std::pin::pin!(interrupted()?);
    if !command.listen.ip().to_canonical().is_loopback() {
        output.say("warning: the sandbox can be reached from other machines, over plain http");
    }
    output.line(format!("base_url = \"{}\"", sandbox.base_url()));
    output.line(format!("token = \"{}\"", sandbox.token().reveal()));
    for (key, value) in sandbox.needed_settings() {
        output.line(format!("{key} = \"{value}\""));
    }
    output.flush();
    while output.is_read() {
        tokio::select! {
            request = requests.recv() => match request {
                Some(request) => {
                    output.line(request);
                    output.flush();
                }
                None => break,
            },
            () = &mut interrupted => break,
        }
    }
    Ok(Exit::Done)
}

//! What `send` shows on a terminal while it waits, and nowhere else.

use std::io::{Read as _, Write as _};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::prompt::{Prompt, Running, VALID};

#[test]
fn a_wait_is_shown_and_ended_by_ctrl_c() {
    let running = Running::start(&["*=429:50"]);
    let prompt = Prompt::new()
        .profile("green-api", &running, "")
        .file("v.toml", VALID);
    let pair = native_pty_system().openpty(PtySize::default()).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_wacompose"));
    command.args(["send", "v.toml"]);
    command.cwd(prompt.path(""));
    command.env_clear();
    command.env("HOME", prompt.path(""));
    command.env("WACOMPOSE_CONFIG", prompt.path("config.toml"));
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut writer = pair.master.take_writer().unwrap();
    let mut seen = String::new();
    let mut buffer = [0; 1024];
    let mut is_waiting = false;
    // The terminal ends with the program.
    while let Ok(read @ 1..) = reader.read(&mut buffer) {
        seen.push_str(&String::from_utf8_lossy(&buffer[..read]));
        if !is_waiting && seen.contains("v.toml: 429: trying again in 50 s (2 of 5)") {
            is_waiting = true;
            writer.write_all(b"\x03").unwrap();
        }
    }
    assert!(is_waiting, "{seen}");
    assert_eq!(child.wait().unwrap().exit_code(), 1);
    assert!(seen.contains("rejected cancelled"), "{seen}");
    assert!(seen.contains("not sent"), "{seen}");
    assert!(!seen.contains(&running.token), "{seen}");
    assert_eq!(running.requests(), 1);
}

//! The same again at the prompt: said, and with `--once` not sent; a file that is named twice; and what
//! GREEN-API's journal says of an answer that was lost.

use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, SystemTime};

use rstest::rstest;
use serde_json::Value;

use crate::prompt::{Prompt, Ran, Running, VALID, keys};

const TEXT: &str =
    "kind = \"text\"\nto = \"+55 11 99999-9999\"\ntext = \"Olá 日本 👩‍👩‍👧 e\u{301} שלום\"\n";

/// The same message, spelled otherwise.
const RESPELLED: &str = "kind = \"text\"\nto = \"5511999999999@c.us\"\ntext = \"\"\"\n\n Olá 日本 👩‍👩‍👧 e\u{301} שלום \n\n\"\"\"\n";

const OTHER: &str = "kind = \"text\"\nto = \"+55 11 99999-9999\"\ntext = \"日\"\n";

fn wuts(running: &Running) -> Prompt {
    Prompt::new()
        .profile("wuts", running, "")
        .file("m.toml", TEXT)
        .file("r.toml", RESPELLED)
        .file("o.toml", OTHER)
        .file("v.toml", VALID)
}

fn send(prompt: &Prompt, arguments: &[&str]) -> (Ran, Vec<Value>) {
    let ran = prompt.run(&[&["send", "--format", "json"], arguments].concat());
    let objects = ran.json();
    (ran, objects)
}

fn outcomes(objects: &[Value]) -> Vec<&str> {
    let outcomes = objects.iter().map(|object| object["outcome"].as_str());
    outcomes.map(Option::unwrap).collect()
}

/// The rules and messages of an object's warnings.
fn warnings(object: &Value) -> Vec<(&str, &str)> {
    let warnings = object["warnings"].as_array().unwrap().iter();
    let parts = warnings.map(|one| {
        assert_eq!(keys(one), ["rule", "message"]);
        (
            one["rule"].as_str().unwrap(),
            one["message"].as_str().unwrap(),
        )
    });
    parts.collect()
}

#[rstest]
#[case::itself("m.toml")]
#[case::spelled_otherwise("r.toml")]
fn the_same_again_is_said_and_sent(#[case] again: &str) {
    let running = Running::start(&[]);
    let prompt = wuts(&running);
    let (first, objects) = send(&prompt, &["m.toml"]);
    assert_eq!((first.code, first.err.as_str()), (0, ""));
    assert!(warnings(&objects[0]).is_empty());
    let id = objects[0]["message_id"].as_str().unwrap().to_owned();

    let (ran, objects) = send(&prompt, &[again]);
    assert_eq!((ran.code, outcomes(&objects)[0]), (0, "accepted"));
    assert_ne!(objects[0]["message_id"], id.as_str());
    let warnings = warnings(&objects[0]);
    assert_eq!((warnings.len(), warnings[0].0), (1, "same-again"));
    let message = warnings[0].1;
    assert!(message.starts_with("already sent 20") && message.ends_with(&format!(" as {id}")));
    assert_eq!(ran.err, format!("{again}: warning: {message}\n"));
    assert_eq!(running.requests(), 2);

    // Other messages are not the same again.
    let (ran, objects) = send(&prompt, &["o.toml", "--to", "5511999999999"]);
    assert_eq!(
        (
            ran.err.as_str(),
            objects[0]["warnings"].as_array().unwrap().len()
        ),
        ("", 0)
    );
    let (ran, _) = send(&prompt, &["m.toml", "--to", "5511999999998"]);
    assert_eq!(ran.err, "");
}

#[test]
fn once_does_not_send_what_was_accepted() {
    let running = Running::start(&[]);
    let prompt = wuts(&running);
    let (ran, objects) = send(&prompt, &["--once", "m.toml"]);
    assert_eq!(
        (ran.code, outcomes(&objects)[0], ran.err.as_str()),
        (0, "accepted", "")
    );
    let id = objects[0]["message_id"].clone();
    for again in [&["--once", "m.toml"][..], &["--once", "--force", "r.toml"]] {
        let (ran, objects) = send(&prompt, again);
        assert_eq!(
            (ran.code, outcomes(&objects)[0]),
            (0, "already-sent"),
            "{ran:?}"
        );
        assert_eq!(objects[0]["message_id"], id);
        assert_eq!(
            (&objects[0]["attempts"], &objects[0]["status"]),
            (&0.into(), &Value::Null)
        );
        assert!(objects[0]["error"].is_null());
        assert_eq!(keys(&objects[0]), crate::prompt::SEND_KEYS);
        assert_eq!(warnings(&objects[0])[0].0, "same-again");
        assert!(ran.err.contains("already sent "), "{ran:?}");
    }
    let ran = prompt.run(&["send", "--once", "m.toml", "o.toml"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(
        lines[0],
        format!("m.toml: already-sent {}", id.as_str().unwrap())
    );
    assert!(lines[1].starts_with("o.toml: accepted "), "{ran:?}");
    assert_eq!(running.requests(), 2);
    // Only what was sent is in the history.
    assert_eq!(prompt.run(&["history"]).out.lines().count(), 2);
}

#[test]
fn in_one_run_too() {
    let running = Running::start(&[]);
    let prompt = wuts(&running);
    let (ran, objects) = send(&prompt, &["m.toml", "r.toml"]);
    assert_eq!(outcomes(&objects), ["accepted", "accepted"]);
    assert!(
        ran.err.contains("r.toml: warning: already sent "),
        "{ran:?}"
    );
    let (_, objects) = send(&prompt, &["--once", "v.toml", "v.toml", "m.toml", "r.toml"]);
    assert_eq!(
        outcomes(&objects),
        ["accepted", "already-sent", "already-sent"]
    );
    assert_eq!(running.requests(), 3);
}

#[rstest]
#[case::lost("/send/text=lost*1")]
#[case::server_error("/send/text=500*1")]
fn what_may_have_been_sent(#[case] fault: &str) {
    let running = Running::start(&[fault]);
    let prompt = wuts(&running);
    assert_eq!(send(&prompt, &["m.toml"]).0.code, 3);
    let (ran, objects) = send(&prompt, &["--once", "r.toml"]);
    assert_eq!((ran.code, outcomes(&objects)[0]), (3, "unknown"), "{ran:?}");
    assert_eq!(objects[0]["error"]["code"], "same-again");
    assert_eq!(
        (&objects[0]["message_id"], &objects[0]["attempts"]),
        (&Value::Null, &0.into())
    );
    assert!(
        ran.err.contains("may have been sent 20") && ran.err.contains("not sent"),
        "{ran:?}"
    );
    assert_eq!(
        prompt.run(&["send", "--once", "m.toml"]).out,
        "unknown same-again\n"
    );
    assert_eq!(running.requests(), 1);
    // Without --once it is said and sent.
    let (ran, objects) = send(&prompt, &["m.toml"]);
    assert_eq!((ran.code, outcomes(&objects)[0]), (0, "accepted"));
    assert!(
        warnings(&objects[0])[0]
            .1
            .starts_with("may have been sent 20")
    );
    assert!(
        ran.err.contains("m.toml: warning: may have been sent "),
        "{ran:?}"
    );
    assert_eq!(send(&prompt, &["--once", "m.toml"]).0.code, 0);
}

#[test]
fn what_was_refused_or_never_left_is_sent() {
    let running = Running::start(&["/send/text=400*1"]);
    let prompt = wuts(&running);
    assert_eq!(send(&prompt, &["--once", "m.toml"]).0.code, 1);
    let (ran, objects) = send(&prompt, &["--once", "m.toml"]);
    assert_eq!((ran.code, outcomes(&objects)[0]), (0, "accepted"));
    assert!(warnings(&objects[0]).is_empty());
}

#[test]
fn another_profiles_send_is_not_the_same_again() {
    let running = Running::start(&[]);
    let prompt = wuts(&running);
    assert_eq!(send(&prompt, &["m.toml"]).0.code, 0);
    let (ran, objects) = send(&prompt, &["--once", "m.toml", "--profile", "sandbox"]);
    assert_eq!((outcomes(&objects)[0], ran.err.as_str()), ("accepted", ""));
    // The sandbox is another one each time, and the profile the same.
    let (_, objects) = send(&prompt, &["--once", "m.toml", "--profile", "sandbox"]);
    assert_eq!(outcomes(&objects), ["already-sent"]);
}

#[test]
fn the_variables_are_a_part_of_the_message() {
    let running = Running::start(&[]);
    let prompt = wuts(&running).file(
        "n.toml",
        "kind = \"text\"\nto = \"5511999999999\"\ntext = \"Olá {{name}}\"\n",
    );
    let to = |name: &str| {
        let value = format!("name={name}");
        outcomes(&send(&prompt, &["--once", "n.toml", "--var", &value]).1)[0].to_owned()
    };
    assert_eq!(to("Ana"), "accepted");
    assert_eq!(to("日本"), "accepted");
    assert_eq!(to("Ana"), "already-sent");
    assert_eq!(to("Ana "), "already-sent");
}

fn pixels(prompt: &Prompt, name: &str, colour: u8) {
    let mut picture = image::RgbImage::new(8, 8);
    picture.fill(colour);
    picture.save(prompt.path(name)).unwrap();
}

/// It is the picture that is sent, not its name.
#[test]
fn a_picture_is_a_part_of_the_message() {
    let catalog = |thumbnail: &str| {
        format!(
            "kind = \"catalog\"\nto = \"5511999999999\"\ntitle = \"日本\"\ntext = \"Olá\"\n\
             button = \"Ver\"\nbusiness_owner = \"5511988888888\"\nthumbnail = \"{thumbnail}\"\n\
             [[sections]]\ntitle = \"A\"\nproducts = [\"1\"]\n"
        )
    };
    let running = Running::start(&[]);
    let prompt = wuts(&running)
        .file("a.toml", &catalog("a.png"))
        .file("b.toml", &catalog("b.png"));
    pixels(&prompt, "a.png", 10);
    pixels(&prompt, "b.png", 10);
    let (ran, objects) = send(&prompt, &["--once", "a.toml", "b.toml"]);
    assert_eq!(outcomes(&objects), ["accepted", "already-sent"], "{ran:?}");
    pixels(&prompt, "b.png", 200);
    let (_, objects) = send(&prompt, &["--once", "a.toml", "b.toml"]);
    assert_eq!(outcomes(&objects), ["already-sent", "accepted"]);
}

#[cfg(unix)]
#[rstest]
#[case::twice(&["m.toml", "m.toml"], "m.toml", "named twice")]
#[case::with_a_dot(&["./m.toml", "m.toml"], "./m.toml", "named twice")]
#[case::through_a_folder(&["m.toml", "日本/../m.toml"], "m.toml", "named twice")]
#[case::a_link(&["link.toml", "m.toml"], "link.toml", "named twice")]
#[case::a_linked_folder(&["m.toml", "linked/m.toml"], "m.toml", "named twice")]
#[case::three_times(&["m.toml", "./m.toml", "link.toml"], "m.toml", "named 3 times")]
fn a_file_that_is_named_twice_is_sent_once(
    #[case] names: &[&str],
    #[case] first: &str,
    #[case] words: &str,
    #[values(false, true)] absolute: bool,
) {
    let running = Running::start(&[]);
    let prompt = wuts(&running);
    std::fs::create_dir(prompt.path("日本")).unwrap();
    std::os::unix::fs::symlink("m.toml", prompt.path("link.toml")).unwrap();
    std::os::unix::fs::symlink(".", prompt.path("linked")).unwrap();
    let mut names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    if absolute {
        let last = names.pop().unwrap();
        names.push(prompt.path(&last).to_str().unwrap().to_owned());
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (ran, objects) = send(&prompt, &names);
    assert_eq!((ran.code, objects.len()), (0, 1), "{ran:?}");
    assert_eq!(objects[0]["file"], first);
    let warnings = warnings(&objects[0]);
    assert_eq!((warnings.len(), warnings[0].0), (1, "duplicate"));
    assert!(warnings[0].1.starts_with(words), "{warnings:?}");
    assert!(
        ran.err.contains(&format!("{first}: warning: {words}")),
        "{ran:?}"
    );
    assert_eq!(running.requests(), 1);
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let running = Running::start(&[]);
    let prompt = wuts(&running);
    let ran = prompt.run(&["send", "m.toml", "m.toml"]);
    assert!(
        ran.out.starts_with("accepted ") && ran.out.lines().count() == 1,
        "{ran:?}"
    );
    let ran = prompt.run(&["send", "--dry-run", "o.toml", "./o.toml"]);
    assert_eq!(ran.out.matches("POST ").count(), 1, "{ran:?}");
    assert!(ran.err.contains("named twice"), "{ran:?}");
    let (ran, objects) = send(&prompt, &["gone.toml", "./gone.toml", "m.toml"]);
    assert_eq!((ran.code, objects.len()), (2, 2), "{ran:?}");
    assert_eq!(running.requests(), 1);
}

#[test]
fn a_dry_run_says_so_too() {
    let running = Running::start(&["/send/buttons=lost*1"]);
    let prompt = wuts(&running);
    let ran = prompt.run(&["send", "--dry-run", "m.toml"]);
    assert!(
        !ran.err.contains("already") && !prompt.path(".local").exists(),
        "{ran:?}"
    );
    assert_eq!(send(&prompt, &["m.toml"]).0.code, 0);
    let ran = prompt.run(&["send", "--dry-run", "r.toml"]);
    assert!(
        ran.err.contains("r.toml: warning: already sent "),
        "{ran:?}"
    );
    assert_eq!((ran.code, ran.out.matches("POST ").count()), (0, 1));
    let ran = prompt.run(&["send", "--dry-run", "--once", "r.toml", "o.toml"]);
    assert_eq!(
        (ran.code, ran.out.matches("POST ").count()),
        (0, 1),
        "{ran:?}"
    );
    assert_eq!(send(&prompt, &["v.toml"]).0.code, 3);
    let ran = prompt.run(&["send", "--dry-run", "--once", "v.toml"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{ran:?}");
    assert_eq!(running.requests(), 2);
}

/// Waits until the gateway has the message of a program that is running.
fn began(running: &Running, child: &Child) {
    assert!(running.request().contains("/send/text"), "{child:?}");
}

/// The file of this name, wherever it is in the folder.
fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).find_map(|path| {
        if path.is_dir() {
            find(&path, name)
        } else {
            path.ends_with(name).then_some(path)
        }
    })
}

/// Removes the store, and what is beside it.
fn remove_store(prompt: &Prompt) {
    let path = find(&prompt.path(""), "wacompose.db").unwrap();
    for side in ["", "-wal", "-shm"] {
        let file = PathBuf::from(format!("{}{side}", path.display()));
        assert!(!file.exists() || std::fs::remove_file(file).is_ok());
    }
}

#[rstest]
#[case::with_its_store(false)]
#[case::without(true)]
fn what_is_under_way_in_another_process_is_not_sent(#[case] is_removed: bool) {
    let running = Running::start(&["/send/text=timeout"]);
    let prompt = wuts(&running);
    let mut child = prompt
        .command(&["send", "--once", "m.toml"])
        .spawn()
        .unwrap();
    began(&running, &child);
    let (ran, objects) = send(&prompt, &["--once", "r.toml"]);
    assert_eq!((ran.code, outcomes(&objects)[0]), (3, "unknown"), "{ran:?}");
    assert!(ran.err.contains("being sent just now"), "{ran:?}");
    child.kill().unwrap();
    child.wait().unwrap();
    if is_removed {
        remove_store(&prompt);
    }
    // Killed under way it is as much in doubt, whatever became of the store since.
    let (ran, _) = send(&prompt, &["--once", "m.toml"]);
    assert_eq!((ran.code, running.requests()), (3, 0), "{ran:?}");
    assert!(ran.err.contains("its outcome is unknown"), "{ran:?}");
}

#[test]
fn many_that_begin_at_once_send_one() {
    let running = Running::start(&[]);
    let prompt = wuts(&running);
    let begin = || {
        prompt
            .command(&["send", "--once", "m.toml"])
            .spawn()
            .unwrap()
    };
    let children: Vec<Child> = (0..4).map(|_| begin()).collect();
    let ran: Vec<Ran> = children
        .into_iter()
        .map(|child| Ran::of(child.wait_with_output().unwrap()))
        .collect();
    let accepted = ran.iter().filter(|ran| ran.out.starts_with("accepted "));
    assert_eq!(accepted.count(), 1, "{ran:?}");
    assert!(ran.iter().all(|ran| [0, 3].contains(&ran.code)), "{ran:?}");
    assert_eq!(running.requests(), 1);
}

/// Killed in the middle of many, the same command sends the rest.
#[test]
fn the_rest_is_sent_by_the_same_command() {
    let running = Running::start(&["/send/buttons=timeout*1"]);
    let prompt = wuts(&running);
    let arguments = ["--once", "m.toml", "v.toml", "o.toml"];
    let mut child = prompt
        .command(&[&["send", "--format", "json"], &arguments[..]].concat())
        .spawn()
        .unwrap();
    began(&running, &child);
    assert!(running.request().contains("/send/buttons"));
    child.kill().unwrap();
    child.wait().unwrap();
    let (ran, objects) = send(&prompt, &arguments);
    assert_eq!(outcomes(&objects), ["already-sent", "unknown", "accepted"]);
    assert_eq!((ran.code, running.requests()), (3, 1));
}

#[test]
fn the_numbered_text_is_looked_for_by_itself() {
    let running = Running::start(&["sendMessage=400*1"]);
    let prompt = Prompt::new()
        .profile("green-api", &running, "duplicate_as_text = true")
        .file("v.toml", VALID);
    let (ran, objects) = send(&prompt, &["--once", "v.toml"]);
    assert_eq!(
        (ran.code, &objects[0]["duplicate"]["outcome"]),
        (1, &"rejected".into())
    );
    let (ran, objects) = send(&prompt, &["--once", "v.toml"]);
    assert_eq!(
        (ran.code, outcomes(&objects)[0]),
        (0, "already-sent"),
        "{ran:?}"
    );
    assert_eq!(objects[0]["duplicate"]["outcome"], "accepted");
    let (ran, objects) = send(&prompt, &["--once", "v.toml"]);
    assert_eq!(objects[0]["duplicate"]["outcome"], "already-sent");
    assert!(objects[0]["duplicate"]["message_id"].is_string());
    assert!(ran.err.contains("numbered text already sent"), "{ran:?}");
    let (_, objects) = send(&prompt, &["v.toml"]);
    assert_eq!(warnings(&objects[0]["duplicate"])[0].0, "same-again");
    // Five messages, and GREEN-API's state after each run in which the buttons were accepted.
    assert_eq!(running.requests(), 7);
}

/// Without the history nobody knows what was sent.
#[test]
fn once_without_a_history_sends_nothing() {
    let running = Running::start(&[]);
    let prompt = wuts(&running).file("data", "a file in the folder's place");
    let mut command = prompt.command(&["send", "--once", "--format", "json", "m.toml", "o.toml"]);
    let ran = Ran::of(
        command
            .env("WACOMPOSE_DATA", prompt.path("data"))
            .output()
            .unwrap(),
    );
    let objects = ran.json();
    assert_eq!((ran.code, objects.len()), (2, 2), "{ran:?}");
    assert!(
        objects
            .iter()
            .all(|object| object["error"]["code"] == "not-sent")
    );
    assert!(ran.err.contains("--once: nothing was sent"), "{ran:?}");
    assert_eq!(running.requests(), 0);
    // Without --once it is sent, as it always was.
    let mut command = prompt.command(&["send", "m.toml"]);
    let ran = Ran::of(
        command
            .env("WACOMPOSE_DATA", prompt.path("data"))
            .output()
            .unwrap(),
    );
    assert_eq!((ran.code, running.requests()), (0, 1));
}

/// Makes a file in the data folder, written so many hours ago.
fn make_aside(prompt: &Prompt, name: &str, bytes: &[u8], hours: u64) -> PathBuf {
    let path = prompt.path("data").join(name);
    std::fs::create_dir_all(prompt.path("data")).unwrap();
    std::fs::write(&path, bytes).unwrap();
    let written = SystemTime::now() - Duration::from_secs(hours * 3600);
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(written).unwrap();
    path
}

fn sends_with_data(prompt: &Prompt, arguments: &[&str]) -> Ran {
    let mut command = prompt.command(&[&["send"], arguments].concat());
    let data = prompt.path("data");
    Ran::of(command.env("WACOMPOSE_DATA", data).output().unwrap())
}

/// Messages of a store that was set aside may not be in the new one.
#[rstest]
#[case::just_now("wacompose.db.unreadable-1", "日", 0, true)]
#[case::yesterday("wacompose.db.unreadable-12", "日", 23, true)]
#[case::its_log_alone("wacompose.db.unreadable-1-wal", "日", 1, true)]
#[case::long_ago("wacompose.db.unreadable-1", "日", 25, false)]
#[case::an_empty_log("wacompose.db.unreadable-1-wal", "", 0, false)]
#[case::the_index_of_a_log("wacompose.db.unreadable-1-shm", "日", 0, false)]
#[case::renamed("wacompose.db.unreadable-1.seen", "日", 0, false)]
#[case::another("日.unreadable-1", "日", 0, false)]
fn once_beside_a_store_that_was_set_aside(
    #[case] name: &str,
    #[case] bytes: &str,
    #[case] hours: u64,
    #[case] refuses: bool,
) {
    let running = Running::start(&[]);
    let prompt = wuts(&running);
    let path = make_aside(&prompt, name, bytes.as_bytes(), hours);
    for dry in [&["--dry-run"][..], &[]] {
        let ran = sends_with_data(&prompt, &[dry, &["--once", "m.toml"]].concat());
        assert_eq!(ran.code, if refuses { 2 } else { 0 }, "{ran:?}");
        let says = [path.to_str().unwrap(), "delete or rename", "without --once"];
        for words in says {
            assert_eq!(ran.err.contains(words), refuses, "{ran:?}");
        }
    }
    assert_eq!(running.requests(), usize::from(!refuses));
    if refuses {
        let format = ["--format", "json", "--once", "m.toml", "o.toml"];
        let objects = sends_with_data(&prompt, &format).json();
        let codes = objects.iter().map(|object| &object["error"]["code"]);
        assert_eq!(codes.collect::<Vec<_>>(), ["not-sent", "not-sent"]);
        assert_eq!(sends_with_data(&prompt, &["m.toml"]).code, 0);
        std::fs::remove_file(path).unwrap();
        assert_eq!(sends_with_data(&prompt, &["--once", "o.toml"]).code, 0);
        assert_eq!(running.requests(), 2);
    }
}

#[test]
fn once_after_a_store_that_was_damaged() {
    let running = Running::start(&[]);
    let prompt = wuts(&running);
    assert_eq!(sends_with_data(&prompt, &["m.toml"]).code, 0);
    let file = prompt.path("data").join("wacompose.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let from = bytes.len() / 3;
    bytes[from..].fill(0xa5);
    std::fs::write(&file, bytes).unwrap();
    for _ in 0..3 {
        let ran = sends_with_data(&prompt, &["--once", "m.toml"]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
        assert!(ran.err.contains("wacompose.db.unreadable-1"), "{ran:?}");
    }
    assert_eq!(running.requests(), 1);
}

fn green(fault: &[&str]) -> (Running, Prompt) {
    let running = Running::start(fault);
    let prompt = Prompt::new()
        .profile("green-api", &running, "")
        .file("m.toml", TEXT)
        .file("v.toml", VALID);
    (running, prompt)
}

#[rstest]
#[case::text("m.toml", "sendMessage=lost*1")]
#[case::buttons("v.toml", "sendInteractiveButtonsReply=lost*1")]
fn a_lost_answer_is_in_the_journal(#[case] file: &str, #[case] fault: &str) {
    let (running, prompt) = green(&[fault]);
    let (ran, objects) = send(&prompt, &[file]);
    assert_eq!(
        (ran.code, outcomes(&objects)[0]),
        (0, "accepted"),
        "{ran:?}"
    );
    let id = objects[0]["message_id"].as_str().unwrap();
    assert!(objects[0]["error"].is_null() && !id.is_empty());
    assert!(
        ran.err
            .contains(&format!("the chat's journal has it as {id}")),
        "{ran:?}"
    );
    let requests = running.lines();
    assert!(requests[1].contains("/getChatHistory/"), "{requests:?}");
    let listed = prompt.run(&["history", "--format", "json"]).json();
    assert_eq!(
        (&listed[0]["outcome"], &listed[0]["message_id"]),
        (&"accepted".into(), &id.into())
    );
    // And it is not sent again.
    let (_, objects) = send(&prompt, &["--once", file]);
    assert_eq!(outcomes(&objects), ["already-sent"]);
}

#[rstest]
#[case::not_there(&["sendMessage=drop"], "does not have it yet")]
#[case::it_does_not_answer(&["sendMessage=lost", "getChatHistory=500"], "could not be read")]
#[case::the_queue_does_not_answer(
    &["sendMessage=lost", "showMessagesQueue=500"],
    "likely it, and the gateway's queue could not be read"
)]
#[case::it_waits_in_the_queue(
    &["sendMessage=lost", "getStateInstance=state:yellowCard"],
    "waits in the gateway's queue"
)]
fn what_the_journal_does_not_prove_stays_unknown(#[case] faults: &[&str], #[case] words: &str) {
    let (_running, prompt) = green(faults);
    let (ran, objects) = send(&prompt, &["m.toml"]);
    assert_eq!((ran.code, outcomes(&objects)[0]), (3, "unknown"), "{ran:?}");
    assert!(ran.err.contains(words), "{ran:?}");
    assert!(objects[0]["message_id"].is_null());
}

/// What came into the journal meanwhile settles what was in doubt.
#[test]
fn once_asks_the_journal_of_what_is_in_doubt() {
    let (running, prompt) = green(&["sendMessage=lost*1", "getChatHistory=500*1"]);
    let (ran, objects) = send(&prompt, &["m.toml"]);
    assert_eq!((ran.code, outcomes(&objects)[0]), (3, "unknown"), "{ran:?}");
    let (ran, objects) = send(&prompt, &["--once", "m.toml"]);
    assert_eq!(
        (ran.code, outcomes(&objects)[0]),
        (0, "already-sent"),
        "{ran:?}"
    );
    assert!(objects[0]["message_id"].is_string());
    let sent = running.lines();
    let sent = sent.iter().filter(|line| line.contains("/sendMessage/"));
    assert_eq!(sent.count(), 1);
    let listed = prompt.run(&["history", "--format", "json"]).json();
    assert_eq!(listed[0]["message_id"], objects[0]["message_id"]);
}

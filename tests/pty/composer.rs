//! The composer, from its first frame to its end.

use std::io::{Read, Write};
use std::thread;

use portable_pty::PtySize;
use rstest::rstest;
use tempfile::TempDir;

use crate::session::{ENTER, Session, nonzero};

/// The terminal as it was: no alternate screen, no mouse, no bracketed paste, the cursor shown.
fn assert_given_back(output: &str) {
    for mode in ["1049", "1000", "2004", "1036", "1039"] {
        let on = output.rfind(&format!("\u{1b}[?{mode}h"));
        let off = output.rfind(&format!("\u{1b}[?{mode}l"));
        assert!(on.is_some() && off > on, "mode {mode} is not given back");
    }
    let saved = output.rfind("\u{1b}[?1036;1039s");
    let restored = output.rfind("\u{1b}[?1036;1039r");
    assert!(
        saved.is_some() && restored > saved,
        "how Alt was is not restored"
    );
    let (hidden, shown) = (output.rfind("\u{1b}[?25l"), output.rfind("\u{1b}[?25h"));
    assert!(shown > hidden, "the cursor stays hidden");
}

/// Types a message with three buttons, sends it to the embedded sandbox, and reads the id.
#[test]
fn compose_send_read_the_id_and_quit() {
    let mut session = Session::start(&[], &[]);
    session.sees("/4096");
    session.types(" Olá 日本 👋");
    session.sees("日本");
    session.types("\u{1b}[15~");
    session.asks("Send this message?");
    session.types("\r");
    session.sees("Accepted in");
    session.sees("3EB0");
    session.types("\u{11}");
    let (code, output) = session.ends();
    assert_eq!(code, 0);
    assert_given_back(&output);
}

#[test]
fn a_paste_of_four_thousand_characters_is_whole() {
    let mut session = Session::start(&[], &[]);
    session.sees("/4096");
    let line = "0123456789abcdef 日本 ".repeat(10);
    let pasted = vec![line.as_str(); 19].join("\r");
    let characters = pasted.chars().count();
    session.sees("48/4096");
    session.types(&format!("\u{1b}[200~{pasted}END\u{1b}[201~"));
    session.sees(&format!("{}/", 48 + characters + 3));
    session.sees("END");
    session.types("\u{11}");
    assert_eq!(session.ends().0, 0);
}

#[rstest]
#[case::terminated(rustix::process::Signal::TERM)]
#[case::hung_up(rustix::process::Signal::HUP)]
fn a_signal_ends_it_and_the_terminal_is_given_back(#[case] signal: rustix::process::Signal) {
    let mut session = Session::start(&[], &[]);
    session.sees("/4096");
    session.sees("connected");
    let id = i32::try_from(session.child.process_id().unwrap()).unwrap();
    rustix::process::kill_process(rustix::process::Pid::from_raw(id).unwrap(), signal).unwrap();
    let (_, output) = session.ends();
    assert_given_back(&output);
}

#[test]
fn the_external_editor_edits_the_text() {
    // The "editor" appends to the file that it is given.
    let script = r#"sh -c 'printf "édité 日本" >> "$1"' editor"#;
    let mut session = Session::start(&[], &[("VISUAL", script)]);
    session.sees("/4096");
    session.types("\u{5}");
    session.sees("édité 日本");
    session.types("!");
    session.sees("日本!");
    session.types("\u{11}");
    let (code, output) = session.ends();
    assert_eq!(code, 0);
    assert_given_back(&output);
}

#[test]
fn an_interrupt_in_the_external_editor_is_the_editors() {
    let script = r#"sh -c 'trap "printf kept > $1; exit 0" INT; echo WAITS; while :; do sleep 0.05; done' editor"#;
    let mut session = Session::start(&[], &[("VISUAL", script)]);
    session.sees("/4096");
    session.types("\u{5}");
    session.sees("WAITS");
    session.types("\u{3}");
    session.sees("kept");
    session.types("!");
    session.sees("kept!");
    session.types("\u{11}");
    assert_eq!(session.ends().0, 0);
}

/// The editor ends only when the gateway has got the message.
#[test]
fn what_is_sent_goes_on_behind_the_external_editor() {
    let folder = TempDir::new().unwrap();
    let (config, got) = (folder.path().join("config.toml"), folder.path().join("got"));
    let gateway = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let profile = format!(
        "default_profile = \"p\"\n[profiles.p]\ngateway = \"wuts\"\n\
         base_url = \"http://{}\"\ntoken = {{ env = \"TOKEN\" }}\n",
        gateway.local_addr().unwrap()
    );
    std::fs::write(&config, profile).unwrap();
    // Reading from a named pipe waits until something is written to it.
    let made = std::process::Command::new("mkfifo").arg(&got).status();
    assert!(made.unwrap().success());
    let script = format!("sh -c 'read line < {}' editor", got.display());
    let env = [
        ("VISUAL", script.as_str()),
        ("WACOMPOSE_CONFIG", config.to_str().unwrap()),
        ("TOKEN", "a-token"),
    ];
    thread::spawn(move || {
        // First it is asked how it is, then it gets the message.
        let (mut connection, _) = gateway.accept().unwrap();
        let (mut request, mut byte) = (Vec::new(), [0]);
        while !request.ends_with(b"\r\n\r\n") {
            connection.read_exact(&mut byte).unwrap();
            request.extend(byte);
        }
        connection
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 18\r\n\r\n{\"connected\":true}")
            .unwrap();
        let (mut connection, _) = gateway.accept().unwrap();
        let (mut request, mut byte) = (Vec::new(), [0]);
        while !request.ends_with(b"}]}") {
            connection.read_exact(&mut byte).unwrap();
            request.extend(byte);
        }
        std::fs::write(got, "\n").unwrap();
        let answer = r#"{"success":true,"message_id":"3EB0日本"}"#;
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n",
            answer.len()
        );
        connection
            .write_all(format!("{head}{answer}").as_bytes())
            .unwrap();
    });
    // The sample is for the sandbox profiles alone.
    let message = folder.path().join("order.toml");
    std::fs::write(&message, include_str!("../../assets/samples/order.toml")).unwrap();
    let mut session = Session::start(&[message.to_str().unwrap()], &env);
    session.sees("● connected");
    session.types("\u{1b}[15~");
    session.asks("Send this message?");
    session.types("\r\u{5}");
    session.sees("3EB0日本");
    session.types("\u{11}");
    assert_eq!(session.ends().0, 0);
}

#[test]
fn resizing_while_typing_loses_nothing() {
    let mut session = Session::start(&[], &[]);
    session.sees("/4096");
    for (index, (cols, rows)) in [(120, 40), (20, 5), (60, 18), (80, 24)]
        .into_iter()
        .enumerate()
    {
        session
            .master
            .resize(PtySize {
                rows,
                cols,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        session
            .screen
            .screen_mut()
            .set_size(nonzero(rows), nonzero(cols));
        if cols > 50 {
            session.sees("F5 send");
            session.types("x");
            session.until("a letter more", |screen| {
                screen.contains(&format!(
                    "{}/4096",
                    49 + index.min(1) + usize::from(index == 3)
                ))
            });
        } else {
            session.sees("needs 50×15");
        }
    }
    session.types("\u{11}");
    assert_eq!(session.ends().0, 0);
}

/// As with `cargo run`: what started the composer is a part of the job, and the shell waits for both.
#[test]
fn suspending_stops_what_started_it_too() {
    let script = r#"
        set -m
        sh -c '"$0"; true' "$0"
        printf 'stopped %s\n' "$(jobs | grep -c Stopped)"
        read -r
        fg >/dev/null"#;
    let mut session = Session::start_shell(script);
    session.sees("/4096");
    session.types(&format!("\u{10}suspend{ENTER}"));
    session.sees("stopped 1");
    session.types("\n");
    session.sees("/4096");
    session.types("\u{11}");
    let (_, output) = session.ends();
    assert_given_back(&output);
}

#[test]
fn what_is_saved_on_the_way_out_is_in_the_file() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("order.toml");
    std::fs::copy("assets/samples/order.toml", &file).unwrap();
    let mut session = Session::start(&[file.to_str().unwrap()], &[]);
    session.sees("/4096");
    session.types(" 日本 👋\u{13}\u{11}");
    assert_eq!(session.ends().0, 0);
    let saved = std::fs::read_to_string(&file).unwrap();
    assert!(saved.contains(" 日本 👋"), "{saved}");
    let files = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 1, "nothing is left beside it");
}

#[test]
fn esc_does_not_wait_for_the_tokens_command() {
    let folder = TempDir::new().unwrap();
    let config = folder.path().join("config.toml");
    let profile = "default_profile = \"p\"\n[profiles.p]\ngateway = \"wuts\"\n\
                   base_url = \"http://127.0.0.1:9\"\ntoken = { command = [\"sleep\", \"600\"] }\n";
    std::fs::write(&config, profile).unwrap();
    let message = folder.path().join("message.toml");
    std::fs::write(&message, MESSAGE).unwrap();
    let env = [("WACOMPOSE_CONFIG", config.to_str().unwrap())];
    let mut session = Session::start(&[message.to_str().unwrap()], &env);
    session.sees("not asked");
    session.types("\u{1b}[15~");
    session.asks("Send this message?");
    session.types("\r");
    session.sees("Esc cancels");
    session.types("\u{1b}");
    session.sees("cancelled before it began");
    session.types("\u{11}");
    assert_eq!(session.ends().0, 0);
}

/// The composer on a file that it is told to save at once.
fn saved_over(path: &std::path::Path) -> Session {
    let mut session = Session::start(&[path.to_str().unwrap()], &[]);
    session.sees("/4096");
    session.types("!\u{13}");
    session
}

const MESSAGE: &str = "kind = \"text\"\nto = \"5511999999999\"\ntext = \"Hello\"\n";

#[test]
fn saving_through_a_link_writes_the_file_behind_it() {
    let folder = TempDir::new().unwrap();
    let (file, link) = (folder.path().join("a.toml"), folder.path().join("b.toml"));
    std::fs::write(&file, MESSAGE).unwrap();
    std::os::unix::fs::symlink("a.toml", &link).unwrap();
    let mut session = saved_over(&link);
    session.sees("Saved b.toml");
    session.types("\u{11}");
    session.ends();
    assert!(link.is_symlink());
    assert!(std::fs::read_to_string(&file).unwrap().contains("Hello!"));
}

#[test]
fn a_write_protected_file_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.toml");
    std::fs::write(&file, MESSAGE).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o444)).unwrap();
    let mut session = saved_over(&file);
    session.sees("write-protected");
    session.types("\u{11}");
    session.ends();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), MESSAGE);
}

#[test]
fn a_save_that_fails_names_the_file_alone() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.toml");
    std::fs::write(&file, MESSAGE).unwrap();
    let mut session = Session::start(&[file.to_str().unwrap()], &[]);
    session.sees("/4096");
    std::fs::remove_dir_all(folder.path()).unwrap();
    session.types("!\u{13}");
    session.sees("cannot be");
    let text = session.text();
    assert!(!text.contains("at path"), "{text}");
    session.types("\u{11}");
    session.ends();
}

const COMMENTED: &str = "\
# o modelo de todos os dias 日本
kind = \"text\" # nada mais
to = \"5511999999999\"

# com saudação 👋
text = \"Bom dia\"
";

#[test]
fn saving_keeps_comments_and_notices_what_others_wrote() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("bom dia.toml");
    std::fs::write(&path, COMMENTED).unwrap();
    let mut session = Session::start(&[path.to_str().unwrap()], &[]);
    session.sees("Bom dia");
    session.types("!\x13");
    session.sees("Saved bom dia.toml");
    let expected = COMMENTED.replace("Bom dia", "Bom dia!");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), expected);

    let theirs = expected.replace("5511999999999", "5511988887777");
    std::fs::write(&path, &theirs).unwrap();
    session.types("!\x13");
    session.asks("was changed by another program");
    session.types("\r");
    session.until("the question is gone", |screen| {
        !screen.contains("another program")
    });
    assert_eq!(std::fs::read_to_string(&path).unwrap(), theirs);
    session.types("\x13");
    session.asks("was changed by another program");
    session.types("\x1b[D\x1b[D\r");
    session.sees("Saved bom dia.toml");
    let ours = COMMENTED.replace("Bom dia", "Bom dia!!");
    session.until("it is written", |_| {
        std::fs::read_to_string(&path).unwrap() == ours
    });
    session.types("\x11");
    session.ends();
}

#[test]
fn a_file_is_found_by_completion() {
    let folder = TempDir::new().unwrap();
    let inside = folder.path().join("modelos 日本");
    std::fs::create_dir(&inside).unwrap();
    std::fs::write(inside.join("ação.toml"), COMMENTED).unwrap();
    let mut session = Session::start(&[], &[]);
    session.sees("Preview");
    session.types("\x0f");
    session.sees("Open a message file");
    session.types(&format!("{}/m", folder.path().display()));
    session.sees("modelos 日本/");
    session.types("\t");
    session.sees("ação.toml");
    session.types("\x1b[B\r");
    session.sees("Opened ação.toml");
    session.sees("Bom dia");
    session.types("\x11");
    session.ends();
}

#[test]
fn a_picture_is_loaded_and_shown_in_half_blocks() {
    let folder = TempDir::new().unwrap();
    let picture = image::RgbImage::from_fn(600, 400, |x, _| {
        image::Rgb(if x < 300 {
            [200, 30, 30]
        } else {
            [30, 30, 200]
        })
    });
    picture.save(folder.path().join("camisa 日本.png")).unwrap();
    let message = "kind = \"catalog\"\nto = \"5511999999999\"\ntext = \"Olá\"\nbutton = \"Ver\"\n\
        business_owner = \"5511988887777\"\nthumbnail = \"camisa 日本.png\"\n[[sections]]\nproducts = [\"1\"]\n";
    let path = folder.path().join("verao.toml");
    std::fs::write(&path, message).unwrap();
    let mut session = Session::start(&[path.to_str().unwrap()], &[]);
    session.sees("▀▀▀▀");
    session.sees("PNG 600×400");
    let raw = String::from_utf8_lossy(&session.raw).into_owned();
    assert!(
        raw.contains("200;30;30") || raw.contains("199;3"),
        "its colours are drawn"
    );
    session.types("\x1b[15~");
    session.asks("Send this message?");
    session.types("\r");
    session.sees("Accepted");
    session.types("\x11");
    session.ends();
}

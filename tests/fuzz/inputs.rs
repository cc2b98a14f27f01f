//! What is done with any bytes: never a panic, never long, and what must hold does. The targets of
//! cargo-fuzz and the test `mutations` call these.

use std::path::Path;

use tokio_util::sync::CancellationToken;
use wacompose::gateway::wire::Response;
use wacompose::gateway::{Account, GatewayKind};
use wacompose::message::file::{Format, parse, write};
use wacompose::message::{Draft, Message, Text};
use wacompose::thumbnail::{Settings, from_bytes};
use wacompose::{config, import, visible};

fn text(data: &[u8]) -> &str {
    let end = std::str::from_utf8(data).map_or_else(|error| error.valid_up_to(), str::len);
    std::str::from_utf8(&data[..end]).unwrap_or_default()
}

fn is_safe(words: &str) {
    assert_eq!(visible::lines(words), words);
}

/// A message file, in both formats: what is read is written, checked and encoded.
pub fn message(data: &[u8]) {
    for format in [Format::Toml, Format::Json] {
        let draft = match parse(text(data), format) {
            Ok(draft) => draft,
            Err(error) => {
                assert!(!error.problems.is_empty() && error.problems.len() <= 101);
                error
                    .problems
                    .iter()
                    .for_each(|problem| is_safe(&problem.to_string()));
                continue;
            }
        };
        for format in [Format::Toml, Format::Json] {
            assert_eq!(parse(&write(&draft, format), format).as_ref(), Ok(&draft));
        }
        for gateway in GatewayKind::ALL {
            let account = Account::public(gateway);
            let _ = account.check(&draft);
            let _ = account.encode(&draft);
        }
    }
}

/// A text that is imported: what comes of it can be written.
pub fn import(data: &[u8]) {
    if let Ok(imported) = import::import(text(data)) {
        let written = write(&imported.draft, Format::Toml);
        assert_eq!(parse(&written, Format::Toml).as_ref(), Ok(&imported.draft));
    }
}

/// A configuration.
pub fn configuration(data: &[u8]) {
    if let Err(problems) = config::file::parse(text(data), Path::new("/nowhere")) {
        assert!(!problems.is_empty());
        for problem in &problems {
            is_safe(&problem.to_string());
        }
    }
}

/// A gateway's answer: the first two bytes are its status.
pub fn answers(data: &[u8]) {
    let (status, body) = data.split_at(data.len().min(2));
    let status = status
        .iter()
        .fold(0, |status, byte| status * 256 + u16::from(*byte));
    let draft = Draft {
        to: "5511999999999".to_owned(),
        message: Message::Text(Text {
            text: "Olá 日本".to_owned(),
        }),
        ..Draft::default()
    };
    for gateway in GatewayKind::ALL {
        let account = Account::public(gateway);
        let Ok(request) = account.encode(&draft) else {
            continue;
        };
        for status in [200, 400, status] {
            let response = Response {
                status,
                headers: vec![("content-type".to_owned(), "application/json".to_owned())],
                body: body.to_vec(),
                truncated: false,
            };
            let _ = account.decode(&request, &response);
        }
    }
}

/// A picture: what is made of it keeps to its limits.
pub fn thumbnail(data: &[u8]) {
    // Small enough for the DC coefficients alone, then for the library's decoder.
    for max_side in [16, 300] {
        let settings = Settings {
            max_side,
            max_bytes: 4096,
            ..Settings::default()
        };
        if let Ok(thumbnail) = from_bytes(data, &settings, &CancellationToken::new()) {
            assert!(thumbnail.jpeg.len() <= settings.max_bytes);
            let (width, height) = (thumbnail.width, thumbnail.height);
            assert!((1..=max_side).contains(&width.max(height)));
            assert_eq!(thumbnail.rgb.len() as u64, 3 * u64::from(width * height));
        }
    }
}

//! What a curl command sends, by its options: <https://curl.se/docs/manpage.html>.

use super::request::{Request, Sent};

/// Options that are followed by the body.
const DATA: [&str; 6] = [
    "-d",
    "--data",
    "--data-raw",
    "--data-binary",
    "--data-ascii",
    "--json",
];
/// Options whose body is something else than JSON.
const OTHER_DATA: [&str; 7] = [
    "--data-urlencode",
    "--url-query",
    "-F",
    "--form",
    "--form-string",
    "-T",
    "--upload-file",
];
/// Options that are followed by something else.
const WITH_VALUE: [&str; 47] = [
    "-X",
    "--request",
    "-H",
    "--header",
    "--url",
    "-u",
    "--user",
    "-A",
    "--user-agent",
    "-e",
    "--referer",
    "-b",
    "--cookie",
    "-c",
    "--cookie-jar",
    "-o",
    "--output",
    "--output-dir",
    "-D",
    "--dump-header",
    "-m",
    "--max-time",
    "--max-redirs",
    "--connect-timeout",
    "--connect-to",
    "--resolve",
    "-x",
    "--proxy",
    "--proxy-user",
    "-U",
    "--noproxy",
    "-w",
    "--write-out",
    "--retry",
    "--retry-delay",
    "--retry-max-time",
    "-E",
    "--cert",
    "--cacert",
    "--key",
    "-K",
    "--config",
    "--oauth2-bearer",
    "--interface",
    "--limit-rate",
    "--stderr",
    "--proto",
];

/// What the options ask for; the words come after the program's name.
pub(super) fn requests(words: &[String], at: usize) -> Result<Vec<Request>, &'static str> {
    let mut requests = vec![Request {
        at,
        ..Request::default()
    }];
    let mut words = words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        let Some(request) = requests.last_mut() else {
            break;
        };
        let Some((option, attached)) = option(word) else {
            if request.url.is_empty() {
                word.clone_into(&mut request.url);
            }
            continue;
        };
        if matches!(option, "--next" | "-:") {
            requests.push(Request {
                at,
                ..Request::default()
            });
            continue;
        }
        if let Some(option) = OTHER_DATA.into_iter().find(|other| *other == option) {
            request.body = Sent::Form(option);
            if attached.is_none() {
                words.next();
            }
            continue;
        }
        let is_data = DATA.contains(&option);
        if !is_data && !WITH_VALUE.contains(&option) {
            continue;
        }
        let value = attached.or_else(|| words.next());
        let value =
            value.ok_or("the curl command ends with an option that something has to follow")?;
        match option {
            "--url" => value.clone_into(&mut request.url),
            "-H" | "--header" => request.header(value),
            _ if is_data => data(request, option, value),
            _ => {}
        }
    }
    Ok(requests)
}

/// Adds to the body as curl does.
fn data(request: &mut Request, option: &str, value: &str) {
    if let Some(file) = value.strip_prefix('@').filter(|_| option != "--data-raw") {
        request.body = match file {
            "-" | "/dev/stdin" => Sent::Input,
            file => Sent::File(file.to_owned()),
        };
        return;
    }
    request.body = match std::mem::take(&mut request.body) {
        Sent::Text(mut body) if option == "--json" => {
            body.push_str(value);
            Sent::Text(body)
        }
        Sent::Text(mut body) | Sent::Joined(mut body) => {
            body.push('&');
            body.push_str(value);
            Sent::Joined(body)
        }
        Sent::Nothing => Sent::Text(value.to_owned()),
        other => other,
    };
}

/// An option, and what stands attached to it: `-XPOST`, `--data=…`. Flags may come before it: `-sSd`.
fn option(word: &str) -> Option<(&str, Option<&str>)> {
    let takes_value = |option: &str| {
        let all = [&DATA[..], &OTHER_DATA, &WITH_VALUE];
        all.into_iter().flatten().any(|known| *known == option)
    };
    if word.starts_with("--") {
        return Some(match word.split_once('=') {
            Some((option, value)) if takes_value(option) => (option, Some(value)),
            _ => (word, None),
        });
    }
    let letters = word
        .strip_prefix('-')
        .filter(|letters| !letters.is_empty())?;
    for (at, letter) in letters.char_indices() {
        if !letter.is_ascii() {
            break;
        }
        let all = [&DATA[..], &OTHER_DATA, &WITH_VALUE];
        let mut short = all.into_iter().flatten();
        let known = short.find(|known| {
            known.len() == 2 && known.as_bytes().get(1).copied() == u8::try_from(letter).ok()
        });
        if let Some(option) = known {
            let attached = &letters[at + 1..];
            return Some((option, Some(attached).filter(|text| !text.is_empty())));
        }
    }
    Some((word, None))
}

//! `check` for every gateway at once, of folders, and of every kind of bad input.

use std::fs;

use rstest::rstest;

use crate::prompt::{COPY, NO_BUTTONS, Prompt, UNREADABLE, VALID, keys};

const LIST: &str = "kind = \"list\"\nto = \"5511999999999\"\ntitle = \"t\"\ntext = \"日本\"\nbutton = \"b\"\n\
                    [[sections]]\ntitle = \"é\"\n[[sections.rows]]\nid = \"1\"\ntitle = \"👩‍👩‍👧\"\n";

const GATEWAYS: [&str; 4] = ["wuts", "green-api", "cloud-api", "evolution"];

#[test]
fn each_gateway_has_its_lines() {
    let prompt = Prompt::new().file("list.toml", LIST).file("c.toml", COPY);
    let ran = prompt.run(&["check", "--gateway", "all", "list.toml", "c.toml"]);
    assert_eq!(ran.code, 1);
    let summaries: Vec<&str> = ran.out.lines().filter(|line| line.ends_with(')')).collect();
    assert_eq!(
        summaries,
        [
            "list.toml: wuts: ok, native (/send/interactive)",
            "list.toml: green-api: 1 error, not at all (the nearest: numbered text)",
            "list.toml: cloud-api: ok, native (list)",
            "list.toml: evolution: ok, native (sendList)",
            "c.toml: wuts: 1 error, not at all (the nearest: numbered text)",
            "c.toml: green-api: ok, native (sendInteractiveButtons)",
            "c.toml: cloud-api: 1 error, not at all (the nearest: numbered text)",
            "c.toml: evolution: ok, 1 warning, native (sendButtons)",
        ],
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .contains("list.toml: green-api: error: kind: GREEN-API has switched lists off"),
        "{}",
        ran.out
    );
    // one gateway alone is told as ever
    let ran = prompt.run(&["check", "--gateway", "wuts", "list.toml"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "list.toml: ok\n"));
}

#[test]
fn what_a_gateway_does_not_send_is_not_at_all() {
    let reply = "kind = \"list-reply\"\nto = \"5511999999999\"\nselected = { id = \"1\", text = \"é\" }\n\
                 quote = { id = \"3EB0\", participant = \"5511999999999\" }\n";
    let ran = Prompt::new()
        .file("r.toml", reply)
        .run(&["check", "--gateway", "all", "r.toml"]);
    assert!(
        ran.out.contains("r.toml: green-api: 1 error, not at all\n"),
        "{}",
        ran.out
    );
}

/// The worst of all files and gateways counts.
#[rstest]
#[case::good_everywhere(VALID, 0)]
#[case::bad_somewhere(LIST, 1)]
#[case::bad_everywhere(NO_BUTTONS, 1)]
#[case::unreadable(UNREADABLE, 2)]
fn the_worst_gateway_counts(
    #[case] file: &str,
    #[case] code: i32,
    #[values("text", "json", "junit")] format: &str,
) {
    let prompt = Prompt::new().file("u.toml", file);
    let ran = prompt.run(&["check", "--gateway", "all", "--format", format, "u.toml"]);
    assert_eq!(ran.code, code, "{ran:?}");
    // what is wrong with the file is told once, and not for each gateway
    let told = ran.err.matches("u.toml:").count();
    assert_eq!(told, if code == 2 { 2 } else { 0 }, "{}", ran.err);
    if format == "json" {
        let objects = ran.json();
        let gateways: Vec<_> = objects.iter().map(|object| &object["gateway"]).collect();
        assert_eq!(gateways, GATEWAYS);
        for object in &objects {
            assert_eq!(keys(object), ["file", "gateway", "ok", "problems"]);
            let is_bad = !object["problems"].as_array().unwrap().is_empty();
            assert!(object["ok"] == true || is_bad);
        }
    }
}

#[test]
fn junit_has_a_suite_a_gateway() {
    let prompt = Prompt::new()
        .file("v.toml", VALID)
        .file("l.toml", LIST)
        .file("u.toml", UNREADABLE);
    let arguments = [
        "check",
        "--gateway",
        "all",
        "--format",
        "junit",
        "v.toml",
        "l.toml",
        "u.toml",
    ];
    let ran = prompt.run(&arguments);
    let heads: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.contains("<testsuite"))
        .collect();
    assert_eq!(
        heads,
        [
            "<testsuites name=\"wacompose check\" tests=\"12\" failures=\"1\" errors=\"4\">",
            "  <testsuite name=\"wuts\" tests=\"3\" failures=\"0\" errors=\"1\">",
            "  <testsuite name=\"green-api\" tests=\"3\" failures=\"1\" errors=\"1\">",
            "  <testsuite name=\"cloud-api\" tests=\"3\" failures=\"0\" errors=\"1\">",
            "  <testsuite name=\"evolution\" tests=\"3\" failures=\"0\" errors=\"1\">",
        ]
    );
    for gateway in GATEWAYS {
        let cases = format!("<testcase classname=\"{gateway}\" ");
        assert_eq!(ran.out.matches(&cases).count(), 3);
    }
    assert_eq!(ran.out.matches("</testsuite>").count(), GATEWAYS.len());
}

#[test]
fn payload_is_for_one_gateway() {
    let ran = Prompt::new().run(&["payload", "a.toml", "--gateway", "all"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
}

#[test]
fn a_folder_is_its_message_files() {
    let prompt = Prompt::new();
    for folder in ["m/日本", "m/.git", "m/b"] {
        fs::create_dir_all(prompt.path(folder)).unwrap();
    }
    for file in ["m/b/2.toml", "m/日本/é.TOML", "m/a.toml", "m/b/1.toml"] {
        fs::write(prompt.path(file), VALID).unwrap();
    }
    fs::write(
        prompt.path("m/b.json"),
        "{\"kind\":\"text\",\"to\":\"5511999999999\",\"text\":\"é\"}",
    )
    .unwrap();
    for other in [
        "m/.git/config.toml",
        "m/.hidden.toml",
        "m/readme.md",
        "m/toml",
        "m/b/x.toml.bak",
    ] {
        fs::write(prompt.path(other), "no message").unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", prompt.path("m/b/loop")).unwrap();
    let ran = prompt.run(&["check", "--gateway", "wuts", "m", "m/a.toml"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    let files: Vec<&str> = ran
        .out
        .lines()
        .map(|line| line.split(": ").next().unwrap())
        .collect();
    assert_eq!(
        files,
        [
            "m/a.toml",
            "m/b/1.toml",
            "m/b/2.toml",
            "m/b.json",
            "m/日本/é.TOML",
            "m/a.toml"
        ]
    );
    fs::create_dir(prompt.path("empty")).unwrap();
    let ran = prompt.run(&["check", "empty"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err
            .contains("empty: there is no message file in this folder"),
        "{}",
        ran.err
    );
}

/// Files are told in their order, however many there are.
#[rstest]
#[case::text("text")]
#[case::json("json")]
#[case::junit("junit")]
fn many_files_keep_their_order(#[case] format: &str) {
    let prompt = Prompt::new();
    fs::create_dir(prompt.path("m")).unwrap();
    let mut expected = Vec::new();
    for number in 0..1200 {
        let text = match number % 3 {
            0 => VALID.replace("Sim", "{{answer}}"),
            1 => NO_BUTTONS.to_owned(),
            _ => UNREADABLE.to_owned(),
        };
        let name = format!("m/{number:04}.toml");
        fs::write(prompt.path(&name), text).unwrap();
        expected.push(name);
    }
    let ran = prompt.run(&[
        "check",
        "--gateway",
        "wuts",
        "--var",
        "answer=日本",
        "--format",
        format,
        "m",
    ]);
    assert_eq!(ran.code, 2);
    assert!(!ran.err.contains("--var"), "the variable was used");
    let name = |line: &str| {
        let at = line.find("m/").unwrap();
        line[at..at + "m/0000.toml".len()].to_owned()
    };
    let mut found: Vec<String> = match format {
        "text" => ran.out.lines().chain(ran.err.lines()).map(name).collect(),
        "json" => ran.out.lines().map(name).collect(),
        _ => ran
            .out
            .lines()
            .filter(|line| line.contains("<testcase"))
            .map(name)
            .collect(),
    };
    if format == "text" {
        assert!(ran.out.lines().map(name).is_sorted() && ran.err.lines().map(name).is_sorted());
        found.sort();
        found.dedup();
    }
    assert_eq!(found, expected);
}

/// A catalog with sections of a title and so many products.
fn catalog(sections: &[(&str, &[&str])]) -> String {
    let mut file = "kind = \"catalog\"\nto = \"5511999999999\"\ntitle = \"日本\"\ntext = \"é\"\nbutton = \"b\"\n\
                    business_owner = \"5511988887777\"\n"
        .to_owned();
    for (title, products) in sections {
        file += "[[sections]]\ntitle = \"";
        file += title;
        file += &["\"\nproducts = ", &format!("{products:?}"), "\n"].concat();
    }
    file
}

/// A catalog of sections with so many products each.
fn catalog_of(counts: &[usize]) -> String {
    let ids: Vec<String> = (0..200).map(|number| number.to_string()).collect();
    let mut ids = ids.iter().map(String::as_str);
    let sections: Vec<(String, Vec<&str>)> = counts
        .iter()
        .enumerate()
        .map(|(at, count)| (format!("s{at}"), ids.by_ref().take(*count).collect()))
        .collect();
    let sections: Vec<(&str, &[&str])> = sections
        .iter()
        .map(|(title, ids)| (title.as_str(), ids.as_slice()))
        .collect();
    catalog(&sections)
}

#[rstest]
#[case::id_with_spaces(&catalog(&[("a", &["98 日本"])]), 0, "warning: sections[0].products[0]: white space in a product's id")]
#[case::empty_section(&catalog(&[("a", &["1"]), ("b", &[])]), 1, "error: sections[1].products: the section is empty: add a product, or remove")]
#[case::eleven_sections(&catalog_of(&[1; 11]), 1, "error: sections: 11 sections, at most 10")]
#[case::thirty_one_products(&catalog_of(&[31]), 1, "error: sections[0].products: 31 products, at most 30")]
#[case::a_hundred_and_one_products(&catalog_of(&[26, 25, 25, 25]), 1, "error: sections[*].products: 101 products, at most 100")]
#[case::a_hundred_products(&catalog_of(&[25; 4]), 0, "ok")]
#[case::product_twice(&catalog(&[("a", &["1", "é"]), ("b", &["é"])]), 0, "warning: sections[1].products[0]: the same product as product 2 of section 1")]
#[case::section_without_title(&catalog(&[("a", &["1"]), ("", &["2"])]), 1, "error: sections[1].title: the section has no title")]
#[case::quote_without_participant(
    "kind = \"button-reply\"\nto = \"5511999999999\"\nselected = { id = \"1\", text = \"שלום\" }\nquote = { id = \"3EB0\" }\n",
    1,
    "error: quote.participant: a reply needs to know who wrote the quoted message"
)]
fn a_message_that_is_wrong_is_explained(
    #[case] file: &str,
    #[case] code: i32,
    #[case] expected: &str,
) {
    let prompt = Prompt::new().file("a.toml", file);
    let ran = prompt.run(&["check", "--gateway", "wuts", "a.toml"]);
    assert_eq!((ran.code, ran.err.as_str()), (code, ""), "{}", ran.out);
    assert!(
        ran.out.contains(&format!("a.toml: {expected}")),
        "{}",
        ran.out
    );
    // it can be read, and so be mended and sent on purpose
    let ran = prompt.run(&["payload", "--gateway", "wuts", "a.toml"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[rstest]
#[case::two_documents(
    "a.toml",
    b"kind = \"text\"\ntext = \"\xc3\xa9\"\n\nkind = \"text\"\ntext = \"b\"\n",
    ":4:1: a second message begins here"
)]
#[case::two_values(
    "a.json",
    b"{\"kind\":\"text\",\"text\":\"a\"}\n\n{\"kind\":\"text\",\"text\":\"b\"}",
    ":3:1: a second message begins here"
)]
#[case::two_in_a_list(
    "a.json",
    b"[{\"kind\":\"text\",\"text\":\"a\"},{\"kind\":\"text\",\"text\":\"b\"}]",
    ":1:29: a second message begins here"
)]
#[case::two_kinds(
    "a.toml",
    b"kind = \"text\"\nkind = \"list\"\ntext = \"b\"\n",
    ":2:1: \"kind\" is here twice: remove one"
)]
#[case::two_kinds_in_json(
    "a.json",
    b"{\"kind\":\"text\",\"kind\":\"list\",\"text\":\"b\"}",
    ":1:16: \"kind\" is here twice: remove one"
)]
#[case::latin_1(
    "a.toml",
    b"kind = \"text\"\ntext = \"Ol\xe1\"\n",
    ":2: byte 24 of the file is not UTF-8, it may be Latin-1"
)]
#[case::utf_16(
    "a.toml",
    b"\xff\xfek\0i\0n\0d\0",
    ":1: byte 0 of the file is not UTF-8, it looks like UTF-16"
)]
#[case::fifty_megabytes("a.toml", &vec![b'#'; 50 << 20], ": larger than 4 MiB: this is no message file")]
#[case::empty("a.toml", b"", ":1:1: the file is empty")]
fn a_file_that_is_no_message_is_explained(
    #[case] name: &str,
    #[case] bytes: &[u8],
    #[case] expected: &str,
) {
    let prompt = Prompt::new();
    fs::write(prompt.path(name), bytes).unwrap();
    let ran = prompt.run(&["check", "--gateway", "wuts", name]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.starts_with(&format!("{name}{expected}")),
        "{}",
        ran.err
    );
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

/// A repository has more than messages in it: what a tool put there is left out, and what holds no
/// message too, unless it is named.
#[test]
fn what_is_no_message_in_a_folder_is_left_out() {
    let prompt = Prompt::new();
    for folder in ["repo/node_modules/a", "repo/target/b"] {
        fs::create_dir_all(prompt.path(folder)).unwrap();
    }
    let prompt = prompt
        .file(
            "repo/package.json",
            "{\"name\":\"日本\",\"version\":\"1.0.0\"}",
        )
        .file("repo/Cargo.toml", "[package]\nname = \"a\"\n")
        .file("repo/node_modules/a/package.json", "{\"kind\":1}")
        .file("repo/target/CACHEDIR.TAG", "Signature")
        .file("repo/target/b/c.json", "{\"kind\":1}")
        .file("repo/order.toml", VALID);
    let ran = prompt.run(&["check", "repo"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    assert_eq!(ran.err, "left out 2 files that hold no message\n");
    assert_eq!(prompt.run(&["check", "repo/package.json"]).code, 2);

    let prompt = prompt
        .file("repo/knid.toml", "knid = \"text\"\ntext = \"日本\"\n")
        .file("repo/cut.json", "{\"name\":");
    let ran = prompt.run(&["check", "repo"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("knid.toml") && ran.err.contains("cut.json"),
        "{}",
        ran.err
    );
}

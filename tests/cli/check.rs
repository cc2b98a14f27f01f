//! `check`: what is wrong with files, in three forms.

use rstest::rstest;

use crate::prompt::{NO_BUTTONS, Prompt, UNREADABLE, VALID, keys};

#[rstest]
#[case::valid(&["v.toml"], 0)]
#[case::invalid(&["i.toml"], 1)]
#[case::unreadable(&["u.toml"], 2)]
#[case::invalid_among_valid(&["v.toml", "i.toml", "v.toml"], 1)]
#[case::unreadable_first(&["u.toml", "i.toml", "v.toml"], 2)]
#[case::missing(&["v.toml", "none.toml"], 2)]
fn check_goes_on_and_ends_with_the_worst(
    #[case] files: &[&str],
    #[case] code: i32,
    #[values("text", "json", "junit")] format: &str,
) {
    let prompt = Prompt::new()
        .file("v.toml", VALID)
        .file("i.toml", NO_BUTTONS)
        .file("u.toml", UNREADABLE);
    let ran = prompt.run(&[&["check", "--format", format], files].concat());
    assert_eq!(ran.code, code, "{ran:?}");
    let reported = match format {
        "json" => ran.json().len(),
        "junit" => ran.out.matches("<testcase ").count(),
        _ => return,
    };
    assert_eq!(reported, files.len());
}

#[test]
fn check_reports_objects_whose_keys_are_always_there() {
    let prompt = Prompt::new()
        .file("v.toml", VALID)
        .file("i.toml", &VALID.replace("Sim", &"é".repeat(26)))
        .file("u.toml", UNREADABLE);
    let ran = prompt.run(&["check", "--format", "json", "v.toml", "i.toml", "u.toml"]);
    let objects = ran.json();
    for object in &objects {
        assert_eq!(keys(object), ["file", "gateway", "ok", "problems"]);
        assert_eq!(object["gateway"], "wuts");
        for problem in object["problems"].as_array().unwrap() {
            let expected = ["severity", "field", "message", "actual", "limit", "unit"];
            assert_eq!(keys(problem), expected);
        }
    }
    assert_eq!(objects[0]["ok"], true);
    let over = &objects[1]["problems"][0];
    assert_eq!(objects[1]["ok"], false);
    assert_eq!(over["severity"], "error");
    assert_eq!(over["field"], "buttons[0].text");
    assert_eq!((&over["actual"], &over["limit"]), (&26.into(), &25.into()));
    assert_eq!(over["unit"], "unicode_scalar_values");
    let unreadable = &objects[2]["problems"];
    assert!(
        unreadable
            .as_array()
            .unwrap()
            .iter()
            .any(|problem| problem["field"] == "txt")
    );
    assert!(ran.err.contains("u.toml:3:1: "), "{}", ran.err);
}

#[test]
fn check_writes_junit() {
    let prompt = Prompt::new()
        .file("v.toml", VALID)
        .file("i&<\">.toml", NO_BUTTONS);
    let ran = prompt.run(&[
        "check",
        "--format",
        "junit",
        "v.toml",
        "i&<\">.toml",
        "none.toml",
    ]);
    assert!(
        ran.out
            .starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    );
    assert!(
        ran.out.contains("tests=\"3\" failures=\"1\" errors=\"1\""),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("name=\"i&amp;&lt;&quot;&gt;.toml\""),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("<failure message=\"error: buttons: "),
        "{}",
        ran.out
    );
    assert!(ran.out.ends_with("</testsuites>\n"));
}

//! What was found, as `JUnit` XML: a test case a file, for CI to show.

use std::fmt::Write as _;

use super::Checked;
use crate::gateway::GatewayKind;
use crate::message::check::{Problem, Severity};
use crate::visible;

/// The whole document.
pub(super) fn document(checked: &[Checked], gateway: GatewayKind) -> String {
    let failures = checked.iter().filter(|one| failed(one)).count();
    let errors = checked.iter().filter(|one| one.found.is_err()).count();
    let counts = format!(
        "tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\"",
        checked.len()
    );
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(xml, "<testsuites name=\"wacompose check\" {counts}>");
    let _ = writeln!(xml, "  <testsuite name=\"{gateway}\" {counts}>");
    for one in checked {
        case(&mut xml, one, gateway);
    }
    xml.push_str("  </testsuite>\n</testsuites>\n");
    xml
}

fn failed(checked: &Checked) -> bool {
    let problems = checked.found.as_ref();
    problems.is_ok_and(|problems| crate::gateway::Account::blocks(problems))
}

fn case(xml: &mut String, checked: &Checked, gateway: GatewayKind) {
    let file = escape(&checked.file);
    let _ = writeln!(
        xml,
        "    <testcase classname=\"{gateway}\" name=\"{file}\">"
    );
    match &checked.found {
        Err(error) => {
            let words = escape(&error.to_string());
            let _ = writeln!(
                xml,
                "      <error message=\"the file is no message\">{words}</error>"
            );
        }
        Ok(problems) => {
            let errors = of(problems, Severity::Error);
            if let [first, ..] = errors.as_slice() {
                let (first, all) = (escape(first), escape(&errors.join("\n")));
                let _ = writeln!(xml, "      <failure message=\"{first}\">{all}</failure>");
            }
            let warnings = of(problems, Severity::Warning);
            if !warnings.is_empty() {
                let all = escape(&warnings.join("\n"));
                let _ = writeln!(xml, "      <system-out>{all}</system-out>");
            }
        }
    }
    xml.push_str("    </testcase>\n");
}

fn of(problems: &[Problem], severity: Severity) -> Vec<String> {
    let problems = problems.iter().filter(|p| p.severity == severity);
    problems
        .map(|problem| format!("{severity}: {}: {}", problem.field, problem.message))
        .collect()
}

/// Text for an element or an attribute; what XML does not allow becomes visible.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in visible::lines(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::markup("<a href=\"x\">&</a>", "&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;")]
    #[case::controls("\u{1b}[31m\u{0}", "␛[31m␀")]
    #[case::noncharacter("a\u{ffff}", "a\u{fffd}")]
    #[case::wide("日本語 👩‍👩‍👧 e\u{301} שלום", "日本語 👩‍👩‍👧 e\u{301} שלום")]
    fn only_what_xml_allows(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(escape(text), expected);
    }
}

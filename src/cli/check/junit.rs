//! What was found, as `JUnit` XML: a test suite a gateway and a test case a file, for CI to show.

use std::fmt::Write as _;

use super::{Checked, Exit};
use crate::gateway::{Account, GatewayKind};
use crate::message::check::{Problem, Severity};
use crate::visible;

/// The whole document.
pub(super) fn document(checked: &[Checked], accounts: &[Account]) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let all = (0..accounts.len()).map(|at| Counts::of(checked, at));
    let _ = writeln!(
        xml,
        "<testsuites name=\"wacompose check\" {}>",
        all.fold(Counts::default(), Counts::plus).attributes()
    );
    for (at, account) in accounts.iter().enumerate() {
        let (gateway, counts) = (account.gateway, Counts::of(checked, at).attributes());
        let _ = writeln!(xml, "  <testsuite name=\"{gateway}\" {counts}>");
        for one in checked {
            case(&mut xml, one, at, gateway);
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
}

impl Counts {
    fn of(checked: &[Checked], at: usize) -> Self {
        let count = |exit| checked.iter().filter(|one| one.exit_at(at) == exit).count();
        Self {
            tests: checked.len(),
            failures: count(Exit::Invalid),
            errors: count(Exit::Usage),
        }
    }

    const fn plus(self, other: Self) -> Self {
        Self {
            tests: self.tests + other.tests,
            failures: self.failures + other.failures,
            errors: self.errors + other.errors,
        }
    }

    fn attributes(self) -> String {
        let Self {
            tests,
            failures,
            errors,
        } = self;
        format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"")
    }
}

fn case(xml: &mut String, checked: &Checked, at: usize, gateway: GatewayKind) {
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
        Ok(found) => {
            let problems = found.get(at).map(|found| found.problems.as_slice());
            let problems = problems.unwrap_or_default();
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

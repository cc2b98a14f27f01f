//! What a panic says: where and why, without secrets, on standard error and in the log.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::Write as _;

use crate::secret;

/// From now on, panics are reported without secrets.
pub(super) fn report_without_secrets() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let backtrace = Backtrace::capture();
        let backtrace = (backtrace.status() == BacktraceStatus::Captured).then_some(backtrace);
        let backtrace = backtrace.map(|backtrace| backtrace.to_string());
        let report = report(place.as_deref(), panic.payload(), backtrace.as_deref());
        log::error!("{report}");
        // There is nobody left to tell that it cannot be told.
        let _ = std::io::stderr().write_all(report.as_bytes());
    }));
}

fn report(place: Option<&str>, payload: &dyn Any, backtrace: Option<&str>) -> String {
    let words = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let place = place.unwrap_or("an unknown place");
    let words = words.unwrap_or("no words");
    let note = backtrace.unwrap_or("RUST_BACKTRACE=1 in the environment shows how it came to that");
    let report = format!("wacompose failed at {place}: {words}\n{note}\n");
    secret::redact_known(&report).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;
    use rstest::rstest;

    #[rstest]
    #[case::text(
        Box::new("日本 p4nic-token"),
        "wacompose failed at src/a.rs:1:2: 日本 ***\n"
    )]
    #[case::string(
        Box::new("👩‍👩‍👧 e\u{301} שלום p4nic%2Dtoken".to_owned()),
        "wacompose failed at src/a.rs:1:2: 👩‍👩‍👧 e\u{301} שלום ***\n"
    )]
    #[case::else_(Box::new(1), "wacompose failed at src/a.rs:1:2: no words\n")]
    fn a_report_holds_no_secret(#[case] payload: Box<dyn Any>, #[case] expected: &str) {
        let _secret = Secret::new("p4nic-token");
        let report = report(Some("src/a.rs:1:2"), &*payload, Some("0: f(p4nic-token)"));
        assert_eq!(report, format!("{expected}0: f(***)\n"));
    }
}

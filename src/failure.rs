//! An error as plain data: what failed and why, kept apart until they are shown.

use std::error::Error;
use std::fmt;

/// What failed, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Failure {
    /// What failed, in a sentence that says what to do.
    pub title: String,
    /// Why, the nearest cause first.
    pub causes: Vec<String>,
}

impl Failure {
    /// Something that failed for no other reason than it says.
    pub fn new(title: impl Into<String>) -> Self {
        let (title, causes) = (title.into(), Vec::new());
        Self { title, causes }
    }

    /// Something that failed, with an error as the cause.
    pub fn because(title: impl Into<String>, cause: impl Into<Self>) -> Self {
        let Self { title: why, causes } = cause.into();
        let causes = std::iter::once(why).chain(causes).collect();
        Self {
            title: title.into(),
            causes,
        }
    }

    /// The title, then each cause, on lines of their own: for where there is room.
    pub fn on_lines(&self) -> String {
        self.lines().collect::<Vec<_>>().join("\n")
    }

    /// The title, then each cause.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let causes = self.causes.iter().map(String::as_str);
        std::iter::once(self.title.as_str()).chain(causes)
    }
}

impl fmt::Display for Failure {
    /// In one line, as the prompt writes errors: `title: cause: cause`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines().collect::<Vec<_>>().join(": "))
    }
}

impl From<Failure> for String {
    fn from(failure: Failure) -> Self {
        failure.to_string()
    }
}

impl<E: Error> From<E> for Failure {
    /// The error's chain, without what an error repeats of its own cause.
    fn from(error: E) -> Self {
        let mut failure = Self::new(error.to_string());
        let mut cause = error.source();
        while let Some(error) = cause {
            let why = error.to_string();
            if !failure.lines().any(|line| line.contains(&why)) {
                failure.causes.push(why);
            }
            cause = error.source();
        }
        failure
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[derive(Debug, thiserror::Error)]
    enum Broken {
        #[error("日本 cannot be read")]
        File(#[source] std::io::Error),
        #[error("it failed: {0}")]
        Said(#[source] std::io::Error),
    }

    fn io() -> std::io::Error {
        std::io::Error::other("👩‍👩‍👧 is שלום")
    }

    #[rstest]
    #[case::alone(Failure::new("é"), "é")]
    #[case::cause(Broken::File(io()).into(), "日本 cannot be read: 👩‍👩‍👧 is שלום")]
    #[case::said_already(Broken::Said(io()).into(), "it failed: 👩‍👩‍👧 is שלום")]
    #[case::of_another(
        Failure::because("no", Broken::File(io())),
        "no: 日本 cannot be read: 👩‍👩‍👧 is שלום"
    )]
    fn a_chain_in_one_line(#[case] failure: Failure, #[case] expected: &str) {
        assert_eq!(failure.to_string(), expected);
        assert_eq!(failure.lines().collect::<Vec<_>>().join(": "), expected);
    }
}

//! How well a name answers what was typed: whole words first, then their beginnings, then letters that
//! stand in this order ("prvw" finds Preview).

use crate::message::folded;

/// What is looked for: every word of it has to be found.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The whole of it, with one blank between words.
    whole: String,
}

/// A text as it is looked through: neither case nor accents count, and a hyphen is a blank.
pub fn searched(text: &str) -> String {
    folded(text).replace('-', " ")
}

/// How well something answers; more is better.
pub type Score = u32;

/// The name is the query.
const SAME: Score = 8000;
/// The name begins with the query.
const BEGINS: Score = 4000;
/// A word is in the name, at a word's beginning or within one.
const IN_NAME: [Score; 2] = [1000, 700];
/// The same in what is said of it.
const IN_WORDS: [Score; 2] = [600, 400];
/// The letters are in the name in this order, without anything between them.
const SCATTERED: Score = 300;
/// Letters of the name that may stand between those of a word of the query, for each of these.
const GAPS: usize = 2;

impl Query {
    /// A query as it was typed; neither case nor accents count.
    pub fn new(typed: &str) -> Self {
        let typed = searched(typed);
        let words: Vec<&str> = typed.split_whitespace().collect();
        Self {
            whole: words.join(" "),
        }
    }

    /// Whether nothing is looked for.
    pub const fn is_empty(&self) -> bool {
        self.whole.is_empty()
    }

    /// How well something answers that has these names, and of which `words` are said; all of them
    /// as [`searched`] makes them. `None` where a word of the query is nowhere.
    pub fn score(&self, names: &[&str], words: &str) -> Option<Score> {
        let mut sum = 0;
        for word in self.whole.split(' ').filter(|word| !word.is_empty()) {
            let in_names = names.iter().filter_map(|name| in_name(name, word));
            sum += in_names.chain(within(words, word, IN_WORDS)).max()?;
        }
        let whole = names.iter().map(|name| {
            if self.is_empty() {
                0
            } else if *name == self.whole {
                SAME
            } else if name.starts_with(&self.whole) {
                BEGINS
            } else {
                0
            }
        });
        Some(sum + whole.max().unwrap_or(0))
    }
}

fn in_name(name: &str, word: &str) -> Option<Score> {
    within(name, word, IN_NAME).or_else(|| scattered(name, word))
}

/// A word as a part of a text: the first score at the beginning of a word there, else the second.
fn within(text: &str, word: &str, [at_word, inside]: [Score; 2]) -> Option<Score> {
    let first = text.find(word)?;
    let starts = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
    let is_start = starts(first) || text.match_indices(word).any(|(at, _)| starts(at));
    Some(if is_start { at_word } else { inside })
}

/// The letters of a word in this order, from the beginning of a word on, not too far apart.
fn scattered(text: &str, word: &str) -> Option<Score> {
    let mut letters = word.chars();
    let first = letters.next()?;
    let length = word.chars().count();
    if length < 2 {
        return None;
    }
    let starts = text.match_indices(first);
    let starts = starts.filter(|(at, _)| !text[..*at].ends_with(char::is_alphanumeric));
    let gaps = starts.filter_map(|(at, _)| {
        let mut rest = text[at..].chars().skip(1);
        let mut gap = 0;
        for letter in word.chars().skip(1) {
            gap += rest.position(|c| c == letter)?;
        }
        (gap <= GAPS * length).then_some(gap)
    });
    let gap = gaps.min()?;
    Some(SCATTERED.saturating_sub(u32::try_from(gap * 10).unwrap_or(SCATTERED)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;
    use rstest::rstest;

    const NAMES: [&str; 8] = [
        "preview",
        "kind text",
        "select all",
        "next problem",
        "problems",
        "café com leite",
        "日本語",
        "👍 thumbs up",
    ];

    #[rstest]
    #[case::letters("prvw", "preview")]
    #[case::whole("kind text", "kind text")]
    #[case::the_other_way_round("text kind", "kind text")]
    #[case::beginnings("sel al", "select all")]
    #[case::the_name_before_a_part_of_one("problems", "problems")]
    #[case::the_beginning_before_a_later_word("pro", "problems")]
    #[case::case_and_accents("CAFE", "café com leite")]
    #[case::wide("本", "日本語")]
    #[case::emoji("👍", "👍 thumbs up")]
    fn the_best_is(#[case] typed: &str, #[case] expected: &str) {
        let query = Query::new(typed);
        let names = NAMES.map(searched);
        let scores = names.iter().map(|name| query.score(&[name], ""));
        let best = scores.zip(NAMES).max_by_key(|(score, _)| *score).unwrap();
        assert!(best.0.is_some());
        assert_eq!(best.1, expected);
    }

    #[rstest]
    #[case::other_letters("xyz")]
    #[case::one_word_is_missing("kind zebra")]
    #[case::too_far_apart("kx")]
    #[case::one_letter_is_no_pattern("z")]
    fn nothing_is_found(#[case] typed: &str) {
        let query = Query::new(typed);
        assert!(NAMES.iter().all(|name| query.score(&[name], "").is_none()));
    }

    #[test]
    fn what_is_called_so_comes_before_what_speaks_of_it() {
        let query = Query::new("cop");
        let called = query.score(&["copy"], "copy the selection");
        let speaks = query.score(&["paste"], "paste what was copied or cut here");
        assert!(called > speaks && speaks.is_some());
    }
}

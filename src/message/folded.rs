//! Texts as they are searched: neither case nor accents count.

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;

/// The combining class of the voicing marks of kana, which make another letter of theirs.
const KANA_VOICING: u8 = 8;

/// A text as it is searched, and searched for. Each character is lowered by itself, so that a part of
/// a text becomes the same part: at the end of a word, Greek has a sigma of its own.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let classes = CanonicalCombiningClassMapBorrowed::new();
    let counts = |c: &char| matches!(classes.get_u8(*c), 0 | KANA_VOICING);
    DecomposingNormalizerBorrowed::new_nfd()
        .normalize_iter(text.chars())
        .filter(counts)
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::composed("Café às ÇÃÖ", "cafe as cao")]
    #[case::decomposed("Cafe\u{301}", "cafe")]
    #[case::vietnamese("Tiếng Việt", "tieng viet")]
    #[case::capital_with_a_dot("İstanbul", "istanbul")]
    #[case::greek("ΟΔΌΣ", "οδοσ")]
    #[case::kana("ガ", "カ\u{3099}")]
    #[case::han_and_emoji("日本 👩‍👩‍👧", "日本 👩‍👩‍👧")]
    #[case::vocalised("שָׁלוֹם", "שלום")]
    fn neither_case_nor_accents_count(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(folded(text), expected);
    }
}

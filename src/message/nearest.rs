//! The known word that a mistyped one was most likely meant to be.

/// The most characters that a mistyped word may have: a longer one is no slip of the finger.
const LONGEST: usize = 40;

/// The known word nearest to this one, whatever its case; `None` where none is near.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.chars().count() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    known
        .into_iter()
        .map(|known| {
            let known_in_lower_case = known.to_lowercase();
            let likeness = strsim::normalized_damerau_levenshtein(&word, &known_in_lower_case);
            (known, likeness)
        })
        .filter(|(_, likeness)| *likeness >= 0.5)
        .max_by(|(_, one), (_, other)| one.total_cmp(other))
        .map(|(known, _)| known)
}

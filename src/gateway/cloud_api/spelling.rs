//! The other spelling of a phone number: in three countries one person's number is written in two
//! ways, and an account, or a test number's list, knows one of them.
//!
//! Brazil's ninth digit, the 9 after Argentina's 54 and the 1 after Mexico's 52. Which one is right
//! cannot be told from the number, so it is offered and never put in.

/// The sentence that offers the other spelling of a recipient; `None` where there is none.
pub(super) fn hint(to: &str) -> Option<String> {
    let digits: String = to.chars().filter(char::is_ascii_digit).collect();
    let (country, other) = other_spelling(&digits)?;
    Some(format!(
        "A number in {country} has two spellings, and the list or the account may know the other \
         one: try +{other}."
    ))
}

/// The country, and the same number spelt the other way.
fn other_spelling(digits: &str) -> Option<(&'static str, String)> {
    let without = |start: &str, length: usize| {
        let rest = digits.strip_prefix(start)?;
        (rest.len() == length).then_some(rest)
    };
    if let Some(rest) = without("549", 10) {
        Some(("Argentina", format!("54{rest}")))
    } else if let Some(rest) = without("54", 10) {
        Some(("Argentina", format!("549{rest}")))
    } else if let Some(rest) = without("521", 10) {
        Some(("Mexico", format!("52{rest}")))
    } else if let Some(rest) = without("52", 10) {
        Some(("Mexico", format!("521{rest}")))
    } else if let Some((area, rest)) = without("55", 11).and_then(|rest| rest.split_at_checked(2)) {
        let rest = rest.strip_prefix('9')?;
        Some(("Brazil", format!("55{area}{rest}")))
    } else {
        let (area, rest) = without("55", 10)?.split_at_checked(2)?;
        // A landline begins with 2 to 5 and has no ninth digit.
        let is_mobile = rest.starts_with(['6', '7', '8', '9']);
        is_mobile.then(|| ("Brazil", format!("55{area}9{rest}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::argentina("+5491123456789", Some("+541123456789"))]
    #[case::argentina_without("+541123456789", Some("+5491123456789"))]
    #[case::mexico("+5215512345678", Some("+525512345678"))]
    #[case::mexico_without("525512345678", Some("+5215512345678"))]
    #[case::brazil("+5511987654321", Some("+551187654321"))]
    #[case::brazil_without("+553187654321", Some("+5531987654321"))]
    #[case::brazilian_landline("+551132654321", None)]
    #[case::elsewhere("+4915112345678", None)]
    #[case::too_short("+5491", None)]
    #[case::wide("日本 👩‍👩‍👧 e\u{301} שלום", None)]
    #[case::wide_digits("+５５11987654321", None)]
    #[case::nothing("", None)]
    fn offers(#[case] to: &str, #[case] other: Option<&str>) {
        let said = hint(to);
        assert_eq!(said.is_some(), other.is_some(), "{said:?}");
        assert!(said.is_none_or(|said| said.contains(&format!("{}.", other.unwrap_or_default()))));
    }
}

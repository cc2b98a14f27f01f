//! The address of a chat, as the server makes it of a number (`src/utils/createJid.ts`).

use crate::message::recipient::Recipient;

/// The address that a request's `number` becomes: what is looked up is under it.
pub(super) fn jid(number: &str) -> String {
    match number.parse() {
        Ok(Recipient::User(digits)) if !number.contains('@') => {
            format!("{}@s.whatsapp.net", rewritten(&digits))
        }
        Ok(recipient) => recipient.jid(),
        Err(_) => number.to_owned(),
    }
}

/// A number as the server writes it: Mexico's and Argentina's without the digit after the country's code,
/// Brazil's mobiles from area 31 on without the ninth one.
fn rewritten(digits: &str) -> String {
    let without = |at: usize| format!("{}{}", &digits[..at], &digits[at + 1..]);
    if digits.len() != 13 || !digits.is_ascii() {
        return digits.to_owned();
    }
    let is_far = digits[2..4].parse::<u32>().is_ok_and(|area| area >= 31);
    let is_mobile = matches!(digits.as_bytes()[5], b'7'..=b'9');
    match &digits[..2] {
        "52" | "54" => without(2),
        "55" if is_far && is_mobile => without(4),
        _ => digits.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::plain("5511999999999", "5511999999999@s.whatsapp.net")]
    #[case::brazil("5531987654321", "553187654321@s.whatsapp.net")]
    #[case::brazil_landline("5531932654321", "5531932654321@s.whatsapp.net")]
    #[case::argentina("5491123456789", "541123456789@s.whatsapp.net")]
    #[case::mexico("5215512345678", "525512345678@s.whatsapp.net")]
    #[case::elsewhere("819012345678", "819012345678@s.whatsapp.net")]
    #[case::address("5531987654321@s.whatsapp.net", "5531987654321@s.whatsapp.net")]
    #[case::group("120363039000000000@g.us", "120363039000000000@g.us")]
    #[case::lid("69385314111689@lid", "69385314111689@lid")]
    #[case::unreadable("日本 👩‍👩‍👧", "日本 👩‍👩‍👧")]
    fn a_number_becomes_an_address(#[case] number: &str, #[case] expected: &str) {
        assert_eq!(jid(number), expected);
    }
}

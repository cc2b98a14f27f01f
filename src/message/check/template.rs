//! What is wrong with a template message, as far as it can be told without the approved template: its
//! lengths are counted by their limits, and its line breaks and tabs found with all characters.

use std::collections::HashMap;

use super::buttons::wrong_with_url;
use super::{Problem, Subject, is_blank};
use crate::message::limits::Unit;
use crate::message::{
    ButtonPart, Field, Filling, HeaderMedia, HeaderPlace, MediaKind, MediaPart, PlacePart,
    Template, TemplateButton, TemplateHeader, TemplateValue,
};

/// The last place that a button can have: a template has ten at the most.
const LAST_BUTTON: u32 = 9;

/// The most spaces in a row that a value may have (Meta, by the words of its error 100).
const MOST_SPACES: usize = 4;

pub(super) fn check(message: &Template, subject: &Subject<'_>, problems: &mut Vec<Problem>) {
    if subject.is_known(Field::Name) {
        let wrong = wrong_with_name(&message.name);
        problems.extend(wrong.map(|wrong| Problem::error(Field::Name, wrong)));
    }
    if subject.is_known(Field::Language) {
        let wrong = wrong_with_language(&message.language);
        problems.extend(wrong.map(|wrong| Problem::error(Field::Language, wrong)));
    }
    match &message.header {
        TemplateHeader::Text(text) => {
            if !text.is_empty() {
                check_value(Field::Header, text, "header", problems);
            }
        }
        TemplateHeader::Media(media) => check_media(media, subject, problems),
        TemplateHeader::Place(place) => check_place(place, subject, problems),
    }
    check_values(message, problems);
    if let Some(code) = message.one_time_code() {
        let warning = format!(
            "{code} is a number alone, and is sent as a one-time code, with the button that copies \
             it: Meta refuses it where the template has no such button"
        );
        problems.push(Problem::warning(Field::Value(0), warning));
    }
    check_buttons(&message.buttons, subject, problems);
}

fn wrong_with_name(name: &str) -> Option<String> {
    if is_blank(name) {
        return Some("there is no name: write the template's, as it is listed".to_owned());
    }
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let wrong = name.chars().find(|&c| !fits(c))?;
    if wrong.is_control() {
        return None; // said of every text
    }
    let meant: String = name
        .trim()
        .chars()
        .map(|c| match c.to_ascii_lowercase() {
            c if fits(c) => c,
            _ => '_',
        })
        .collect();
    Some(format!(
        "a template's name has lower-case letters, digits and _ alone, and this one has {wrong:?}: \
         write it as it is listed, perhaps {meant}"
    ))
}

/// A language as Meta lists them: `en`, `fil`, `pt_BR`.
fn wrong_with_language(language: &str) -> Option<String> {
    if is_blank(language) {
        return Some("there is no language: write the template's, such as pt_BR".to_owned());
    }
    if is_language(language) {
        return None;
    }
    let bare = language.trim().replace(['-', ' '], "_");
    let meant = match bare.split_once('_') {
        Some((language, country)) => {
            let (language, country) = (language.to_lowercase(), country.to_uppercase());
            format!("{language}_{country}")
        }
        None => bare.to_lowercase(),
    };
    let hint = if is_language(&meant) {
        format!("perhaps {meant} is meant")
    } else {
        "write it as it is listed".to_owned()
    };
    Some(format!(
        "a template's language is a code such as en or pt_BR: {hint}"
    ))
}

fn is_language(text: &str) -> bool {
    let (language, country) = match text.split_once('_') {
        Some((language, country)) => (language, Some(country)),
        None => (text, None),
    };
    let is_country = |country: &str| {
        country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase())
            || country.len() == 3 && country.bytes().all(|byte| byte.is_ascii_digit())
    };
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && country.is_none_or(is_country)
}

/// What Meta takes in no value of a variable.
fn check_value(field: Field, text: &str, what: &str, problems: &mut Vec<Problem>) {
    if is_blank(text) {
        problems.push(Problem::error(
            field,
            format!("the {what} is empty: Meta takes no template with an empty value"),
        ));
        return;
    }
    let spaces = text.split(|c| c != ' ').map(str::len).max().unwrap_or(0);
    if spaces > MOST_SPACES {
        problems.push(Problem {
            actual: Some(spaces),
            limit: Some(MOST_SPACES),
            unit: Some(Unit::Scalars),
            ..Problem::error(
                field,
                format!(
                    "there are {spaces} spaces in a row, and Meta takes {MOST_SPACES} in a value: \
                     remove some"
                ),
            )
        });
    }
}

fn check_media(media: &HeaderMedia, subject: &Subject<'_>, problems: &mut Vec<Problem>) {
    let field = Field::Media(MediaPart::Url);
    if is_blank(&media.url) {
        problems.push(Problem::error(
            field,
            "there is no address: Meta fetches the file of a header from one, and takes no \
             template without it",
        ));
    } else if subject.is_known(field)
        && let Some(wrong) = wrong_with_url(&media.url)
    {
        problems.push(Problem::error(field, wrong));
    }
    if media.kind != MediaKind::Document && !is_blank(&media.name) {
        problems.push(Problem::warning(
            Field::Media(MediaPart::Name),
            format!(
                "the name of a file is shown with a document alone: {}s go without one",
                media.kind
            ),
        ));
    }
}

fn check_place(place: &HeaderPlace, subject: &Subject<'_>, problems: &mut Vec<Problem>) {
    let degrees = [
        (PlacePart::Latitude, &place.latitude, 90.0),
        (PlacePart::Longitude, &place.longitude, 180.0),
    ];
    for (part, text, most) in degrees {
        let field = Field::Place(part);
        let number: Option<f64> = text.trim().parse().ok();
        let fits = number.is_some_and(|number| number.abs() <= most);
        if subject.is_known(field) && !fits {
            let name = field.spec().key;
            problems.push(Problem::error(
                field,
                format!("the {name} is a number of degrees, from -{most} to {most}"),
            ));
        }
    }
    let words = [
        (PlacePart::Name, &place.name),
        (PlacePart::Address, &place.address),
    ];
    for (part, text) in words {
        let field = Field::Place(part);
        if is_blank(text) {
            problems.push(Problem::error(
                field,
                format!("the place has no {}: write it", field.spec().key),
            ));
        }
    }
}

fn check_values(message: &Template, problems: &mut Vec<Problem>) {
    let is_named = message.is_named();
    let mut names = HashMap::new();
    for (at, TemplateValue { name, text }) in message.values.iter().enumerate() {
        check_value(Field::Value(at), text, "value", problems);
        if !is_named {
            continue;
        }
        let field = Field::ValueName(at);
        let first = *names.entry(name.as_str()).or_insert(at);
        if is_blank(name) {
            problems.push(Problem::error(
                field,
                "the variable has no name, and others have: write it",
            ));
        } else if first < at {
            problems.push(Problem::error(
                field,
                format!("value {} is of the same variable: remove one", first + 1),
            ));
        } else if let Some(wrong) = name.chars().find(|&c| !is_of_a_name(c)) {
            problems.push(Problem::warning(
                field,
                format!(
                    "a variable's name has lower-case letters, digits and _ alone, and this one \
                     has {wrong:?}: write it as it is listed"
                ),
            ));
        }
    }
}

const fn is_of_a_name(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
}

fn check_buttons(buttons: &[TemplateButton], subject: &Subject<'_>, problems: &mut Vec<Problem>) {
    let mut places = HashMap::new();
    for (at, button) in buttons.iter().enumerate() {
        let field = Field::Button(at, ButtonPart::Index);
        let first = *places.entry(button.index).or_insert(at);
        if first < at {
            problems.push(Problem::error(
                field,
                format!(
                    "button {} has the same index: it is the place in the template, counted from 0 \
                     over all of its buttons",
                    first + 1
                ),
            ));
        }
        if button.index > LAST_BUTTON {
            problems.push(Problem {
                actual: usize::try_from(button.index).ok(),
                limit: usize::try_from(LAST_BUTTON).ok(),
                unit: Some(Unit::Items),
                ..Problem::error(
                    field,
                    format!(
                        "a template has ten buttons at the most: their indexes are 0 to {LAST_BUTTON}"
                    ),
                )
            });
        }
        let field = Field::Button(at, ButtonPart::Filling(button.filling));
        if is_blank(&button.value) {
            let filling = button.filling;
            problems.push(Problem::error(
                field,
                format!("the {filling} is empty: write it, or remove the button"),
            ));
        } else if subject.is_known(field) {
            let wrong = wrong_with_filling(button);
            problems.extend(wrong.map(|wrong| Problem::error(field, wrong)));
        }
    }
}

fn wrong_with_filling(button: &TemplateButton) -> Option<&'static str> {
    let text = button.value.as_str();
    match button.filling {
        Filling::Payload => None,
        Filling::Suffix => text
            .contains(char::is_whitespace)
            .then_some("white space in an address: write it as %20, or remove it"),
        Filling::Code => text
            .contains(|c: char| !c.is_ascii_alphanumeric())
            .then_some("a code to copy has letters and digits alone: remove the others"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::check::{self, Severity};
    use crate::message::limits::Limits;
    use crate::message::{Draft, Message};
    use rstest::rstest;

    #[rstest]
    #[case::good("order_update_2", "")]
    #[case::empty("", "there is no name")]
    #[case::blank(" \u{200b}", "there is no name")]
    #[case::slash("order/update", "'/': write it as it is listed, perhaps order_update")]
    #[case::space("order update", "' '")]
    #[case::upper("Order_Update", "perhaps order_update")]
    #[case::wide("日本👩‍👩‍👧", "'日'")]
    #[case::combining("e\u{301}", "'\\u{301}'")]
    fn names(#[case] name: &str, #[case] said: &str) {
        let wrong = wrong_with_name(name).unwrap_or_default();
        assert_eq!(wrong.is_empty(), said.is_empty(), "{wrong}");
        assert!(wrong.contains(said), "{wrong}");
    }

    #[rstest]
    #[case::short("en", "")]
    #[case::three("fil", "")]
    #[case::with_country("pt_BR", "")]
    #[case::region("es_419", "")]
    #[case::empty("", "there is no language")]
    #[case::hyphen("pt-BR", "perhaps pt_BR is meant")]
    #[case::lower("pt_br", "perhaps pt_BR is meant")]
    #[case::upper("EN", "perhaps en is meant")]
    #[case::word("português", "as it is listed")]
    #[case::wide("שלום", "as it is listed")]
    fn languages(#[case] language: &str, #[case] said: &str) {
        let wrong = wrong_with_language(language).unwrap_or_default();
        assert_eq!(wrong.is_empty(), said.is_empty(), "{wrong}");
        assert!(wrong.contains(said), "{wrong}");
    }

    #[rstest]
    #[case::code("123456", true)]
    #[case::short("123", false)]
    #[case::wide("１２３４５６", false)]
    #[case::words("日本 👩‍👩‍👧 שלום", false)]
    fn a_number_alone_is_said_to_be_a_code(#[case] value: &str, #[case] is_said: bool) {
        let template = Template {
            name: "order_update".to_owned(),
            language: "en".to_owned(),
            values: vec![TemplateValue {
                text: value.to_owned(),
                ..TemplateValue::default()
            }],
            ..Template::default()
        };
        let draft = Draft {
            to: "5511999999999".to_owned(),
            message: Message::Template(template),
            ..Draft::default()
        };
        let problems = check::check(&draft, &Limits::new([]));
        let said = problems.iter().any(|problem| {
            problem.severity == Severity::Warning && problem.message.contains("one-time code")
        });
        assert_eq!(said, is_said, "{problems:?}");
    }
}

//! Keys in the recipient's field while recipients are offered, and taking one.

use crossterm::event::{KeyCode, KeyEvent};

use crate::message::Field;
use crate::tui::model::composer::Composer;
use crate::tui::model::recipients::Recipients;

/// A key in the recipient's field; whether it is done with. An offered one is taken only after it was
/// marked.
pub fn key(recipients: &mut Recipients, composer: &mut Composer, key: KeyEvent) -> bool {
    if !key.modifiers.is_empty() {
        return false;
    }
    let typed = composer.draft().to.clone();
    let count = recipients.matching(&typed).count();
    match key.code {
        KeyCode::Down if !recipients.is_open() => {
            recipients.offer_any(&typed);
            recipients.is_open()
        }
        KeyCode::Down => {
            recipients.step(false, count);
            true
        }
        KeyCode::Up if recipients.marked().is_some() => {
            recipients.step(true, count);
            true
        }
        KeyCode::Enter => match recipients.marked() {
            Some(at) => {
                take(recipients, composer, at);
                true
            }
            None => false,
        },
        _ => false,
    }
}

/// Puts an offered recipient into the field.
pub fn take(recipients: &mut Recipients, composer: &mut Composer, at: usize) {
    let to = recipients.matching(&composer.draft().to).nth(at);
    if let Some(to) = to.map(|last| last.to.clone()) {
        composer.edit(Field::To, |editor| editor.replace(&to));
    }
    recipients.close();
}

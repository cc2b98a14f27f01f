//! A poll: its question, how many options may be picked, and the options.

use super::{BOLD, Content, Place, Role, Style, span, words};
use crate::message::Poll;

impl Content {
    /// A poll's question and its options, none of which was voted for yet.
    pub(super) fn poll(&mut self, message: &Poll) {
        if message.text.trim().is_empty() {
            self.plain(None, "no text yet", Role::Faint, Style::default());
        } else {
            self.plain(None, &message.text, Role::Body, BOLD);
        }
        let many = match message.most() {
            Some(1) => "Select one".to_owned(),
            None => "Select one or more".to_owned(),
            Some(most) => format!("Select up to {most}"),
        };
        self.plain(None, &many, Role::Faint, Style::default());
        for option in &message.options {
            let icon = span("○ ", Role::Button, Style::default());
            let text = words(option, "no text yet", Role::Body, Style::default());
            self.add(Some(&icon), vec![text], Place::Left);
        }
    }

    /// The button below a poll, which shows who voted.
    pub(super) fn votes(&mut self) {
        self.bare(Place::Rule);
        self.button("", "View votes");
    }
}

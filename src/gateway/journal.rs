//! What went out in a chat, and which of it may be a message whose answer was lost.
//!
//! A text alone proves nothing: the same one may have gone out before, and clocks differ. What is found
//! is a proposal, and what cannot be told apart is not said to be missing.

mod unread;

use std::fmt;
use std::ops::RangeInclusive;

use super::remark::Remark;
use super::wire::{Query, Request, Response};
use super::{Account, Refusal};
use crate::visible;

/// What a journal says of a message that was taken and reaches nobody: GREEN-API's `statusMessage`,
/// <https://green-api.com/en/docs/api/journals/GetChatHistory/>, and its notifications'.
const UNDELIVERED: [&str; 4] = ["failed", "noAccount", "notInGroup", "ERROR"];

/// A message in the journal, or in the queue, that may be the one that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its id.
    pub message_id: String,
    /// When it went out, in seconds since 1970; `None` while it waits in the queue.
    pub time: Option<u64>,
    /// What became of it: `sent`, `delivered`, `read`; `None` where that is not said.
    pub status: Option<String>,
}

/// What a gateway has of a message whose outcome is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedUp {
    /// What is likely it, the likeliest first.
    pub likely: Vec<Found>,
    /// What is hardly it: its text, but at another time; or its time, but a text that is not shown.
    pub hardly: Vec<Found>,
    /// Whether everything was seen that may be it.
    pub is_whole: bool,
    /// Why the gateway's queue could not be read, where that is so; safe to show.
    pub unread_queue: Option<String>,
}

/// What was found of a message, with the times at which it went out if it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traced {
    /// What may be the message.
    pub found: LookedUp,
    /// When it was under way, in seconds since 1970 by the gateway's clock.
    pub times: RangeInclusive<u64>,
}

/// What is certain of a message that was traced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The gateway took it: this is the one message of its text that went out while it was under way.
    Taken(Found),
    /// This is likely it, and may be another one.
    Likely(Found),
    /// It is not there, or not yet.
    Missing,
    /// It cannot be distinguished from others.
    Open,
    /// The queue, which may hold it or another one of its text, could not be read.
    Unread {
        /// What the journal alone has as likely it.
        likely: Option<Found>,
        /// Why not; safe to show.
        why: String,
    },
}

impl Found {
    /// A warning where the gateway took it, and it reaches nobody.
    pub fn undelivered(&self) -> Option<Remark> {
        let status = self.status.as_deref()?;
        let mut known = UNDELIVERED.into_iter();
        let known = known.find(|word| word.eq_ignore_ascii_case(status))?;
        let id = visible::line(&self.message_id).into_owned();
        Some(Remark {
            rule: "state",
            message: format!(
                "the gateway took it as {id}, and its journal says that it was not delivered: {known}"
            ),
        })
    }
}

/// A journal of what went out in a chat.
pub trait Journal: Sync {
    /// The question for a chat's last messages, the chat of a request that was sent; `None` where that
    /// names none.
    fn query(&self, account: &Account, sent: &Request) -> Option<Query>;

    /// The messages that may be the one that was sent at a time, in seconds since 1970, the nearest
    /// first: outgoing, with the same text, and not long before.
    ///
    /// # Errors
    /// When the answer is no journal.
    fn find(&self, sent: &Request, since: u64, response: &Response) -> Result<LookedUp, Refusal>;
}

/// Whether two texts are one, where both are shown. White space at their ends is lost on the way.
pub(super) fn is_same(one: Option<&str>, other: Option<&str>) -> Option<bool> {
    Some(one?.trim() == other?.trim())
}

impl Account {
    /// The journal of its gateway, where it has one.
    pub fn journal(&self) -> Option<&'static dyn Journal> {
        self.gateway.own().journal()
    }

    /// The question for a chat's last messages, the chat of a request that was sent; `None` where
    /// it cannot be asked.
    pub fn journal_query(&self, sent: &Request) -> Option<Query> {
        self.journal()?.query(self, sent)
    }
}

impl Traced {
    /// What the journal proves, and no more.
    pub fn verdict(&self) -> Verdict {
        let found = &self.found;
        let is_in_time = |found: &&Found| found.time.is_none_or(|time| self.times.contains(&time));
        let mut candidates = found.likely.iter().filter(is_in_time);
        if let Some(why) = &found.unread_queue {
            return Verdict::Unread {
                likely: candidates.next().cloned(),
                why: why.clone(),
            };
        }
        match (candidates.next(), candidates.next()) {
            // What waits in the queue does not say since when.
            (Some(one), None) if found.is_whole && one.time.is_some() => {
                Verdict::Taken(one.clone())
            }
            (Some(one), _) => Verdict::Likely(one.clone()),
            (None, _) if found.is_missing() => Verdict::Missing,
            (None, _) => Verdict::Open,
        }
    }
}

impl fmt::Display for Verdict {
    /// For people. The texts are as they were answered: show them through [`visible`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken(Found {
                message_id, status, ..
            }) => {
                let status = status.iter().map(|status| format!(" ({status})"));
                let status: String = status.collect();
                write!(f, "the chat's journal has it as {message_id}{status}")
            }
            Self::Likely(Found {
                message_id,
                time: None,
                ..
            }) => write!(
                f,
                "{message_id} waits in the gateway's queue and is likely it: look into the chat"
            ),
            Self::Likely(Found { message_id, .. }) => write!(
                f,
                "the chat's journal has {message_id}, which is likely it: look into the chat"
            ),
            Self::Unread { likely, why } => f.write_str(&unread::sentence(likely.as_ref(), why)),
            Self::Missing => f.write_str(
                "the chat's journal does not have it yet: it takes up to two minutes to come there. \
                 Look into the chat before you send it again",
            ),
            Self::Open => f.write_str(
                "the chat's journal does not say whether it was taken: it cannot be distinguished from \
                 other messages there. Look into the chat",
            ),
        }
    }
}

impl LookedUp {
    pub(super) const fn nothing() -> Self {
        Self {
            likely: Vec::new(),
            hardly: Vec::new(),
            is_whole: true,
            unread_queue: None,
        }
    }

    /// Whether the message is missing, rather than not told apart from others.
    pub const fn is_missing(&self) -> bool {
        self.likely.is_empty() && self.hardly.is_empty() && self.is_whole
    }

    /// The id of everything that may be the message.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let all = self.likely.iter().chain(&self.hardly);
        all.map(|found| found.message_id.as_str())
    }

    /// Leaves out what is another message. Where that is somebody's guess, this one may be it after
    /// all.
    pub fn leave_out(&mut self, message_id: &str, is_certain: bool) {
        let before = self.likely.len();
        self.likely.retain(|found| found.message_id != message_id);
        self.is_whole &= is_certain || self.likely.len() == before;
        self.hardly.retain(|found| found.message_id != message_id);
    }

    /// Adds what was found elsewhere.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for found in other.likely {
            if !self.ids().any(|id| id == found.message_id) {
                self.likely.push(found);
            }
        }
        self.hardly.extend(other.hardly);
        self.is_whole &= other.is_whole;
        self
    }

    /// Takes a message for what it is worth; one without an id cannot be told from others.
    pub(super) fn take(&mut self, is_likely: bool, found: Option<Found>) {
        match found {
            Some(found) if is_likely => self.likely.push(found),
            Some(found) => self.hardly.push(found),
            None => self.is_whole = false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::failed(Some("failed"), true)]
    #[case::no_account(Some("NOACCOUNT"), true)]
    #[case::sent(Some("sent"), false)]
    #[case::wide(Some("失敗 👩‍👩‍👧"), false)]
    #[case::not_said(None, false)]
    fn what_reaches_nobody_is_a_warning(#[case] status: Option<&str>, #[case] is_warned: bool) {
        let found = Found {
            message_id: "3EB0\u{1b}A".to_owned(),
            time: None,
            status: status.map(str::to_owned),
        };
        let remark = found.undelivered();
        assert_eq!(remark.is_some(), is_warned);
        assert!(remark.is_none_or(|remark| !remark.message.contains('\u{1b}')));
    }
}

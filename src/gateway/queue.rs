//! The messages that a gateway took and that wait for the phone.

use super::journal::LookedUp;
use super::wire::{Query, Request, Response};
use super::{Account, Refusal};

/// A message that the gateway took and that waits for the phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// Its id; `None` where the gateway shows none.
    pub message_id: Option<String>,
    /// The method that it came by.
    pub method: String,
    /// To whom it goes, as the gateway writes it.
    pub to: String,
    /// What it says.
    pub text: String,
}

/// A queue that can be looked at.
pub trait Queue: Sync {
    /// The question for what waits.
    fn query(&self, account: &Account) -> Query;

    /// The request that empties the queue.
    fn clear_query(&self, account: &Account) -> Query;

    /// What the answer to [`Queue::query`] lists.
    ///
    /// # Errors
    /// When it lists nothing.
    fn read(&self, response: &Response) -> Result<Vec<Queued>, Refusal>;

    /// Whether the answer to [`Queue::clear_query`] says that the queue is empty now.
    ///
    /// # Errors
    /// When it does not say so.
    fn read_cleared(&self, response: &Response) -> Result<(), Refusal>;

    /// The messages that may be the one that was sent.
    ///
    /// # Errors
    /// When the answer is no queue.
    fn find(&self, sent: &Request, response: &Response) -> Result<LookedUp, Refusal>;
}

impl Account {
    /// The queue of its gateway, where it has one.
    pub fn queue(&self) -> Option<&'static dyn Queue> {
        self.gateway.own().queue()
    }

    /// The question for what waits; `None` for a gateway that has no queue to show.
    pub fn queue_query(&self) -> Option<Query> {
        Some(self.queue()?.query(self))
    }

    /// The request that empties the queue; `None` for a gateway that has none.
    pub fn clear_queue_query(&self) -> Option<Query> {
        Some(self.queue()?.clear_query(self))
    }
}

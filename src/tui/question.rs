//! What a gateway is asked besides, and what it says: plain data. None of it sends a message.

use super::effect::Ticket;
use crate::failure::Failure;
use crate::gateway::journal::{LookedUp, Verdict};
use crate::gateway::queue::Queued;
use crate::gateway::state::Status;
use crate::store::SendId;

/// What a gateway is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Whether messages go out.
    State,
    /// What waits for the phone.
    Queue,
    /// To throw away what waits.
    ClearQueue,
    /// What became of a message whose outcome is unknown.
    LookUp(SendId),
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Whether messages go out.
    State(Status),
    /// What waits for the phone, or why that is not known.
    Queue(Result<Vec<Queued>, Failure>),
    /// What waited is thrown away, or may still be there.
    Cleared(Result<(), Failure>),
    /// What may be the message; or why it could not be looked for.
    LookedUp(SendId, Result<LookedUp, Failure>),
    /// What became of a message whose outcome has just become unknown; asked by itself.
    Followed(Ticket, Followed),
}

/// What a gateway's journal says of a message that was just sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Followed {
    /// It is being asked.
    Asking,
    /// What is certain.
    Said(Verdict),
    /// It could not be asked, and why.
    Failed(Failure),
}

//! A message whose outcome is unknown, and what its gateway's journal says of it.

use crate::failure::Failure;
use crate::gateway::journal::{Found, LookedUp};
use crate::store::Entry;

/// The question about one message.
#[derive(Debug, Clone)]
pub struct Doubt {
    /// The message.
    pub entry: Entry,
    /// What the gateway's journal says.
    pub look_up: LookUp,
    /// The id that was proposed when a choice was made.
    pub agreed: Option<String>,
}

/// What a gateway's journal says of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUp {
    /// It has none, or its profile is gone.
    Impossible,
    /// It was not asked yet.
    Possible,
    /// It is being asked.
    Running,
    /// What may be the message.
    Done(LookedUp),
    /// It could not be asked.
    Failed(Failure),
}

impl Doubt {
    /// What is most likely the message.
    pub fn found(&self) -> Option<&Found> {
        match &self.look_up {
            LookUp::Done(looked_up) => looked_up.likely.first(),
            _ => None,
        }
    }
}

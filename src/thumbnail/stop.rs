//! Whether to go on: a user who cancels, and a time that runs out.

use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::Error;

pub(super) struct Stop<'a> {
    cancel: &'a CancellationToken,
    started: Instant,
    time: Duration,
}

impl<'a> Stop<'a> {
    pub(super) fn new(cancel: &'a CancellationToken, time: Duration) -> Self {
        Self {
            cancel,
            started: Instant::now(),
            time,
        }
    }

    /// Asked between two pieces of work of a few milliseconds at the most.
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.cancel.is_cancelled() {
            Err(Error::Cancelled)
        } else if self.started.elapsed() > self.time {
            Err(Error::TimedOut { limit: self.time })
        } else {
            Ok(())
        }
    }
}

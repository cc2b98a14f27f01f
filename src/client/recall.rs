//! Taking a message back: possible until the first byte of its request is written, and between two
//! attempts. From then on its answer is waited for, whatever was wanted.

use std::fmt;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::hand_over::HandOver;

/// A wish to take a message back, and who hears of it once that is too late.
#[derive(Clone)]
pub struct Recall {
    wish: CancellationToken,
    written: Arc<dyn Fn() + Send + Sync>,
}

impl Recall {
    /// The token says that the message is wanted back; `written` is called in each attempt when its
    /// request begins to be written.
    pub fn new(wish: CancellationToken, written: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            wish,
            written: Arc::new(written),
        }
    }

    /// Whether the message is wanted back.
    pub(super) fn is_wanted(&self) -> bool {
        self.wish.is_cancelled()
    }

    /// Waits until the message is wanted back.
    pub(super) async fn wanted(&self) {
        self.wish.cancelled().await;
    }

    /// Waits until the message is wanted back and was: nothing of it was written. Never ends where
    /// that is too late.
    pub(super) async fn done(&self, hand_over: &HandOver) {
        self.wanted().await;
        if !hand_over.withdraw() {
            std::future::pending::<()>().await;
        }
    }

    /// The request begins to be written.
    pub(super) fn written(&self) {
        (self.written)();
    }
}

impl fmt::Debug for Recall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recall").finish_non_exhaustive()
    }
}

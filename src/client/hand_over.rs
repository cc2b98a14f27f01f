//! A request's body that knows whether it was asked for: what decides between "not sent" and
//! "outcome unknown".
//!
//! The body starts as held. The connection asks for its first frame only once it stands, right
//! before anything is written; the client can take the body back until then, and not after. The two
//! exclude each other, so a body that was taken back is certainly never sent.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::sync::watch;

/// How far a body has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    /// Nobody asked for it.
    Held,
    /// The client took it back before anybody asked.
    Withdrawn,
    /// The connection asked for it: some of it may be on the wire.
    Asked,
    /// The connection has all of it.
    HandedOver,
}

/// The client's side of a body.
#[derive(Debug, Clone)]
pub(super) struct HandOver(Arc<watch::Sender<Phase>>);

/// The connection's side.
#[derive(Debug)]
pub(super) struct Body {
    rest: Bytes,
    hand_over: HandOver,
}

/// Why a body that was taken back has no frames.
#[derive(Debug, thiserror::Error)]
#[error("the request was taken back before it was written")]
pub(super) struct Withdrawn;

/// How much is handed over at a time: small enough that a connection which takes no more is seen.
const FRAME: usize = 16 * 1024;

impl HandOver {
    /// A body and the client's side of it.
    pub(super) fn new(content: impl Into<Bytes>) -> (Self, Body) {
        let hand_over = Self(Arc::new(watch::Sender::new(Phase::Held)));
        let body = Body {
            rest: content.into(),
            hand_over: hand_over.clone(),
        };
        (hand_over, body)
    }

    /// Takes the body back. True: nothing of the request was written, and nothing will be.
    pub(super) fn withdraw(&self) -> bool {
        self.step(Phase::Held, Phase::Withdrawn);
        *self.0.borrow() == Phase::Withdrawn
    }

    /// Waits until the connection asks for the body.
    pub(super) async fn asked(&self) {
        self.reached(Phase::Asked).await;
    }

    /// Waits until the connection has all of it.
    pub(super) async fn handed_over(&self) {
        self.reached(Phase::HandedOver).await;
    }

    async fn reached(&self, phase: Phase) {
        let mut phases = self.0.subscribe();
        // The sender is held by `self`, so the wait cannot fail.
        let _ = phases.wait_for(|current| *current >= phase).await;
    }

    fn step(&self, from: Phase, to: Phase) {
        self.0.send_if_modified(|phase| {
            let steps = *phase == from;
            if steps {
                *phase = to;
            }
            steps
        });
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = Withdrawn;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Withdrawn>>> {
        self.hand_over.step(Phase::Held, Phase::Asked);
        if *self.hand_over.0.borrow() == Phase::Withdrawn {
            return Poll::Ready(Some(Err(Withdrawn)));
        }
        let length = self.rest.len().min(FRAME);
        let frame = self.rest.split_to(length);
        if self.rest.is_empty() {
            self.hand_over.step(Phase::Asked, Phase::HandedOver);
        }
        Poll::Ready((!frame.is_empty()).then(|| Ok(Frame::data(frame))))
    }

    fn is_end_stream(&self) -> bool {
        // An empty body too is asked for, so that its phase is known.
        self.rest.is_empty() && *self.hand_over.0.borrow() == Phase::HandedOver
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}

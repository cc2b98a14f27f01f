//! Ctrl+C and the signals that end a program.

use std::io;

use tokio_util::sync::CancellationToken;

/// From now on, the signals that would end the process cancel what is returned instead.
///
/// # Errors
/// When the system does not tell about signals.
pub(super) fn cancelled() -> io::Result<CancellationToken> {
    let (cancel, interrupted) = (CancellationToken::new(), interrupted()?);
    let guard = cancel.clone();
    tokio::spawn(async move {
        interrupted.await;
        guard.cancel();
    });
    Ok(cancel)
}

/// From now on, the signals that would end the process end what is returned instead.
///
/// # Errors
/// When the system does not tell about signals.
#[cfg(unix)]
pub(super) fn interrupted() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hang_up.recv() => {}
        }
    })
}

/// From now on, Ctrl+C ends what is returned instead of the process.
///
/// # Errors
/// When the system does not tell about it.
#[cfg(windows)]
pub(super) fn interrupted() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

//! The limits of the process that the system sets: on its open files, and on their size.

use std::fs::File;

/// So many files and connections are open at the same time at the most, besides what was open when the
/// program was started: the store with its log and locks, the sandbox, a gateway, a picture, signals.
const MOST_OPEN: usize = 24;

/// Fails where the system does not let as many files be open as are needed: half of the program would
/// work then, and the other half wait for ever.
pub(super) fn enough_files() -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        let opened: Result<Vec<File>, _> =
            (0..MOST_OPEN).map(|_| File::open("/dev/null")).collect();
        if let Err(error) = opened
            && error.raw_os_error() == Some(rustix::io::Errno::MFILE.raw_os_error())
        {
            anyhow::bail!(
                "this process may not open enough files: allow it 64 or more with `ulimit -n 64`"
            );
        }
    }
    Ok(())
}

/// A file that may not grow any more is an error where it is written, as a full disk is, and no signal
/// that ends the program and leaves the terminal as it is.
pub(super) fn write_errors_not_signals() {
    #[cfg(unix)]
    {
        let seen = std::sync::Arc::default();
        // Where that is refused, everything is as it was.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, seen);
    }
}

//! Opening what somebody names, without waiting for it: a named pipe has nobody who writes.

use std::fs::File;
use std::io;
use std::path::Path;

/// Where the pipes of a shell are: `<(command)` names one of these, and somebody writes to it.
const PIPES_OF_SHELLS: [&str; 4] = [
    "/dev/fd/",
    "/dev/stdin",
    "/proc/self/fd/",
    "/proc/thread-self/fd/",
];

/// Opens a file to read it.
///
/// # Errors
/// When it cannot be opened, or is a named pipe or a socket.
pub fn open(path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        let kind = path.metadata()?.file_type();
        let is_of_a_shell = path
            .to_str()
            .is_some_and(|path| PIPES_OF_SHELLS.iter().any(|pipe| path.starts_with(pipe)));
        if kind.is_fifo() && !is_of_a_shell {
            return Err(io::Error::other(
                "this is a named pipe, not a file: give it on standard input, which is called -",
            ));
        }
        if kind.is_socket() {
            return Err(io::Error::other("this is a socket, not a file"));
        }
    }
    File::open(path)
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use super::*;

    #[test]
    fn what_is_no_file_is_named_and_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let (pipe, socket) = (folder.path().join("日本.toml"), folder.path().join("s"));
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        let _socket = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let why = |path: &Path| open(path).unwrap_err().to_string();
        assert!(why(&pipe).starts_with("this is a named pipe"));
        assert!(why(&socket).starts_with("this is a socket"));
        assert!(open(Path::new("/dev/null")).is_ok());
        let missing = open(&folder.path().join("nothing")).unwrap_err();
        assert_eq!(missing.kind(), io::ErrorKind::NotFound);
    }
}

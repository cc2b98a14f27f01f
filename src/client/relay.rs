//! A piece of the way to an HTTP proxy that is ours, so that what the proxy answers to CONNECT is seen:
//! the HTTP library says of every refusal no more than that there was one, and a wrong password (407,
//! with some 401), a rule (403) and a host that cannot be reached (502) want different things.
//!
//! A listener on the loopback interface takes one connection, of the library's, and passes every byte on
//! to the proxy and back. What it passes on is what the library sends; it adds nothing.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream, lookup_host};
use tokio::task::JoinHandle;

/// The longest start of an answer that is looked at: `HTTP/1.1 407 …`.
const START: usize = 12;

/// What kept a proxy from making a connection.
#[derive(Debug)]
pub(super) enum Refused {
    /// Its name was not found.
    Dns(io::Error),
    /// It could not be reached.
    Unreachable(io::Error),
    /// It answered with this status, and not with a success.
    Status(u16),
}

/// The way to a proxy, for one connection.
#[derive(Debug)]
pub(super) struct Relay {
    address: SocketAddr,
    refused: Arc<Mutex<Option<Refused>>>,
    task: JoinHandle<()>,
}

impl Relay {
    /// A way to a proxy.
    ///
    /// # Errors
    /// When nothing can be listened to on the loopback interface.
    pub(super) async fn to(host: String, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let refused = Arc::new(Mutex::new(None));
        let noted = Arc::clone(&refused);
        let task = tokio::spawn(async move {
            let Ok((near, _)) = listener.accept().await else {
                return;
            };
            drop(listener);
            let note = |why| {
                *noted.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
            };
            // An end of either side is the library's to see.
            let _ = pass_on(near, (&host, port), note).await;
        });
        Ok(Self {
            address,
            refused,
            task,
        })
    }

    /// Where it is.
    pub(super) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What kept the proxy from making the connection, as far as that was seen.
    pub(super) fn refused(&self) -> Option<Refused> {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.take()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Passes everything on, both ways, until one side ends. Why there is no connection is noted before the
/// library hears of it.
async fn pass_on(
    mut near: TcpStream,
    (host, port): (&str, u16),
    note: impl Fn(Refused),
) -> io::Result<()> {
    // The brackets of an IPv6 address belong to the URL.
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let found: Vec<SocketAddr> = match lookup_host((host, port)).await {
        Ok(found) => found.collect(),
        Err(error) => {
            note(Refused::Dns(error));
            return Ok(());
        }
    };
    let mut far = match TcpStream::connect(found.as_slice()).await {
        Ok(far) => far,
        Err(error) => {
            note(Refused::Unreachable(error));
            return Ok(());
        }
    };
    let (mut request, mut answer) = ([0; 4096], Vec::new());
    while answer.len() < START {
        tokio::select! {
            read = near.read(&mut request) => match read? {
                0 => return Ok(()),
                length => far.write_all(&request[..length]).await?,
            },
            read = far.read_buf(&mut answer) => if read? == 0 {
                break;
            },
        }
    }
    if let Some(status) = status(&answer).filter(|status| *status != 200) {
        note(Refused::Status(status));
    }
    near.write_all(&answer).await?;
    copy_bidirectional(&mut near, &mut far).await?;
    Ok(())
}

/// The status of an answer that begins like this.
fn status(answer: &[u8]) -> Option<u16> {
    let start = std::str::from_utf8(answer.get(..START)?).ok()?;
    let status = start.strip_prefix("HTTP/1.")?.get(2..)?;
    status.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::refused(b"HTTP/1.1 407 Proxy", Some(407))]
    #[case::old(b"HTTP/1.0 403 Forbidden", Some(403))]
    #[case::without_a_reason(b"HTTP/1.1 200", Some(200))]
    #[case::short(b"HTTP/1.1 20", None)]
    #[case::other("日本 👩‍👩‍👧 e\u{301}".as_bytes(), None)]
    fn is_read(#[case] answer: &[u8], #[case] expected: Option<u16>) {
        assert_eq!(status(answer), expected);
    }
}

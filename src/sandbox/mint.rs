//! What a gateway makes afresh: its token, message ids and timestamps.

use std::fmt::Write as _;
use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::secret::Secret;

/// Makes message ids, each once.
#[derive(Debug)]
pub(super) struct Mint {
    seed: u64,
    next: AtomicU32,
}

impl Mint {
    /// A mint of its own, and a token: a random UUID v4.
    pub(super) fn new() -> io::Result<(Self, Secret)> {
        let mut random = [0; 24];
        getrandom::fill(&mut random).map_err(io::Error::from)?;
        let (token, seed) = random.split_at(16);
        let seed = seed
            .iter()
            .fold(0, |seed, byte| seed << 8 | u64::from(*byte));
        let next = AtomicU32::new(0);
        Ok((Self { seed, next }, uuid_v4(token)))
    }

    /// An id as WUTS' page `conventions` shows them: `3EB0` and 18 digits more.
    pub(super) fn wuts_id(&self) -> String {
        format!("3EB0{:010X}{:08X}", self.seed >> 24, self.count())
    }

    /// An id as GREEN-API's page `sending/SendButtons` shows them: 20 digits in all.
    pub(super) fn green_api_id(&self) -> String {
        format!("3EB0{:08X}{:08X}", self.seed >> 32, self.count())
    }

    /// An id as the Cloud API's pages show them: `wamid.` and base64.
    pub(super) fn cloud_api_id(&self) -> String {
        format!("wamid.HBgN{:016X}{:08X}AA==", self.seed, self.count())
    }

    fn count(&self) -> u32 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }
}

fn uuid_v4(random: &[u8]) -> Secret {
    let mut text = String::with_capacity(36);
    for (index, byte) in random.iter().enumerate() {
        let byte = match index {
            6 => byte & 0x0f | 0x40,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        };
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let _ = write!(text, "{byte:02x}");
    }
    Secret::new(text)
}

/// The time now, as RFC 3339 in UTC.
pub(super) fn now() -> String {
    humantime::format_rfc3339_seconds(SystemTime::now()).to_string()
}

/// The time now, in seconds since 1970.
pub(super) fn seconds() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_are_unique_and_shaped_as_documented() -> io::Result<()> {
        let (mint, _) = Mint::new()?;
        let upper = |id: &str| {
            id.bytes()
                .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        };
        let mut seen = HashSet::new();
        for _ in 0..100 {
            for (id, length) in [(mint.wuts_id(), 22), (mint.green_api_id(), 20)] {
                assert!(
                    id.starts_with("3EB0") && id.len() == length && upper(&id),
                    "{id}"
                );
                assert!(seen.insert(id));
            }
            let id = mint.cloud_api_id();
            assert!(id.starts_with("wamid.") && seen.insert(id));
        }
        Ok(())
    }

    #[test]
    fn tokens_are_fresh_version_4_uuids() -> io::Result<()> {
        let ((_, one), (_, other)) = (Mint::new()?, Mint::new()?);
        assert_ne!(one, other);
        let bytes = one.reveal().as_bytes();
        assert_eq!(bytes.len(), 36);
        assert_eq!([bytes[8], bytes[13], bytes[18], bytes[23]], [b'-'; 4]);
        assert_eq!(bytes[14], b'4');
        assert!(b"89ab".contains(&bytes[19]));
        Ok(())
    }
}

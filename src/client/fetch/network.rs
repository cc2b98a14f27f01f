//! Which addresses may be connected to: a message file can come from anybody, and must not make
//! this machine ask its own services, or its network's, for anything.
//!
//! A name is looked up once, by the same call that is connected by, so that what was judged is what
//! is connected to.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Looks a name up.
pub type Lookup = Arc<dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync>;

/// The network that is fetched from: the system's, unless another is put in its place.
#[derive(Clone)]
pub struct Network {
    /// Who looks names up; the system where there is none.
    pub lookup: Option<Lookup>,
    /// Which addresses anybody may be made to connect to.
    pub is_public: fn(IpAddr) -> bool,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            lookup: None,
            is_public,
        }
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network").finish_non_exhaustive()
    }
}

/// A name whose addresses are all this machine's or a private network's.
#[derive(Debug)]
pub(super) struct Private;

impl fmt::Display for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the address is private")
    }
}

impl Error for Private {}

/// Looks names up, and leaves out the addresses that may not be connected to.
pub(super) struct Guard {
    pub network: Network,
    pub allow_private: bool,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let network = self.network.clone();
        let allow_private = self.allow_private;
        Box::pin(async move {
            let found = match &network.lookup {
                Some(lookup) => lookup(name.as_str())?,
                None => tokio::net::lookup_host((name.as_str(), 0))
                    .await?
                    .map(|address| address.ip())
                    .collect(),
            };
            if found.is_empty() {
                return Err(io::Error::from(io::ErrorKind::NotFound).into());
            }
            let allowed = found
                .into_iter()
                .filter(|ip| allow_private || (network.is_public)(*ip));
            // The port is the URL's.
            let allowed: Vec<_> = allowed.map(|ip| SocketAddr::new(ip, 0)).collect();
            if allowed.is_empty() {
                return Err(Private.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is everybody's: none of this machine, of a private network, of a link, or of
/// what IANA keeps for special purposes (RFC 6890).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

#[expect(clippy::unnested_or_patterns, reason = "a network is a pattern")]
fn is_public_v4(address: Ipv4Addr) -> bool {
    let special = match address.octets() {
        // this network, loopback, and from multicast on
        [0 | 127 | 224.., ..]
        // private (RFC 1918)
        | [10, ..] | [172, 16..=31, ..] | [192, 168, ..]
        // shared by a carrier's customers (RFC 6598), link-local
        | [100, 64..=127, ..] | [169, 254, ..]
        // IETF's, examples, 6to4's relays, benchmarks
        | [192, 0, 0 | 2, _] | [198, 51, 100, _] | [203, 0, 113, _]
        | [192, 88, 99, _] | [198, 18 | 19, ..] => true,
        _ => false,
    };
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let v4 = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        // An IPv4 address in it: mapped (RFC 4291), translated (RFC 6052), 6to4 (RFC 3056).
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => v4(high, low),
        // IETF's own (Teredo among it), and examples
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // What is given out at all (RFC 4291, section 2.4): no loopback, unique-local, link-local,
        // site-local or multicast address is among it.
        [first, ..] => (0x2000..=0x3fff).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::public("93.184.216.34", true)]
    #[case::below_private("172.15.255.255", true)]
    #[case::above_private("172.32.0.0", true)]
    #[case::below_shared("100.63.255.255", true)]
    #[case::above_shared("100.128.0.0", true)]
    #[case::loopback("127.0.0.1", false)]
    #[case::all_of_loopback("127.255.255.254", false)]
    #[case::unspecified("0.0.0.0", false)]
    #[case::ten("10.1.2.3", false)]
    #[case::private_12("172.16.0.1", false)]
    #[case::private_12_end("172.31.255.255", false)]
    #[case::private_16("192.168.178.1", false)]
    #[case::carrier("100.64.0.1", false)]
    #[case::link_local("169.254.169.254", false)]
    #[case::benchmark("198.19.0.1", false)]
    #[case::multicast("224.0.0.1", false)]
    #[case::broadcast("255.255.255.255", false)]
    #[case::public_6("2606:2800:220:1::1", true)]
    #[case::loopback_6("::1", false)]
    #[case::unspecified_6("::", false)]
    #[case::unique_local("fd12:3456::1", false)]
    #[case::unique_local_fc("fc00::1", false)]
    #[case::link_local_6("fe80::1", false)]
    #[case::site_local("fec0::1", false)]
    #[case::multicast_6("ff02::1", false)]
    #[case::mapped_loopback("::ffff:127.0.0.1", false)]
    #[case::mapped_private("::ffff:192.168.0.1", false)]
    #[case::mapped_public("::ffff:93.184.216.34", true)]
    #[case::compatible("::7f00:1", false)]
    #[case::translated_private("64:ff9b::10.0.0.1", false)]
    #[case::translated_public("64:ff9b::93.184.216.34", true)]
    #[case::translated_locally("64:ff9b:1::10.0.0.1", false)]
    #[case::six_to_four_private("2002:a00:1::", false)]
    #[case::teredo("2001:0:1::", false)]
    #[case::example("2001:db8::1", false)]
    fn an_address_is_public(#[case] address: &str, #[case] expected: bool) {
        assert_eq!(address.parse().map(is_public), Ok(expected));
    }
}

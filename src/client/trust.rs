//! Which servers are trusted: those that the platform's CAs or the profile's vouch for, and those
//! whose very certificate stands in the profile's `ca_file`.
//!
//! `openssl req -x509` makes a self-signed certificate that is marked as a CA's. A CA's certificate
//! is refused as a server's, but as curl's `--cacert` does, one that is in the file byte for byte is
//! trusted: its name and its dates are checked all the same.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, OtherError, SignatureScheme};
use rustls_platform_verifier::Verifier;

type Cert<'a> = CertificateDer<'a>;
type Signed = DigitallySignedStruct;
type Verified = Result<HandshakeSignatureValid, Error>;

/// The platform's verifier, with the certificates that are trusted themselves.
pub(super) struct Trust {
    platform: Verifier,
    own: Vec<CertificateDer<'static>>,
}

/// Why a certificate is not trusted that nobody but its own key signed.
#[derive(Debug, thiserror::Error)]
#[error("the certificate is self-signed")]
pub(super) struct SelfSigned;

impl Trust {
    pub(super) const fn new(platform: Verifier, own: Vec<CertificateDer<'static>>) -> Self {
        Self { platform, own }
    }
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.own.iter().any(|own| own == end_entity) {
            verify_dates(end_entity, now)?;
            let name = verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name);
            return match name {
                Err(error) if !is_named_old(end_entity, server_name, &error) => Err(error),
                _ => Ok(ServerCertVerified::assertion()),
            };
        }
        let verified = self.platform.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        verified.map_err(|error| match error {
            Error::InvalidCertificate(
                CertificateError::UnknownIssuer
                | CertificateError::BadSignature
                | CertificateError::Other(_),
            ) if is_self_signed(end_entity) => {
                CertificateError::Other(OtherError(Arc::new(SelfSigned))).into()
            }
            error => error,
        })
    }

    fn verify_tls12_signature(&self, message: &[u8], cert: &Cert<'_>, dss: &Signed) -> Verified {
        self.platform.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(&self, message: &[u8], cert: &Cert<'_>, dss: &Signed) -> Verified {
        self.platform.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.platform.supported_verify_schemes()
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trust")
            .field("own", &self.own.len())
            .finish_non_exhaustive()
    }
}

/// Whether a certificate without any subjectAltName has the host's name as its common name, which is
/// where names stood before; curl looks there too.
fn is_named_old(certificate: &[u8], host: &ServerName<'_>, error: &Error) -> bool {
    let Error::InvalidCertificate(CertificateError::NotValidForNameContext { presented, .. }) =
        error
    else {
        return false;
    };
    let subject = Parts::of(certificate).map(|parts| parts.subject);
    let name = subject.and_then(common_name).unwrap_or_default();
    presented.is_empty() && name.eq_ignore_ascii_case(host.to_str().as_bytes())
}

/// The first common name in a subject.
fn common_name(subject: &[u8]) -> Option<&[u8]> {
    let at = subject
        .windows(COMMON_NAME.len())
        .position(|window| window == COMMON_NAME)?;
    let (_, name, _) = element(&subject[at + COMMON_NAME.len()..])?;
    Some(name)
}

/// The object identifier of a common name, 2.5.4.3, as it is encoded.
const COMMON_NAME: [u8; 5] = [0x06, 0x03, 0x55, 0x04, 0x03];

/// The parts of a certificate that are looked at here, as they are encoded (RFC 5280, 4.1).
struct Parts<'a> {
    issuer: &'a [u8],
    validity: &'a [u8],
    subject: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(certificate: &'a [u8]) -> Option<Self> {
        let (_, certificate, _) = element(certificate)?;
        let (_, mut rest, _) = element(certificate)?;
        // The version is left out where it is the first one.
        if rest.first() == Some(&0xa0) {
            rest = element(rest)?.2;
        }
        let (_, _, rest) = element(rest)?; // serial number
        let (_, _, rest) = element(rest)?; // algorithm
        let (_, issuer, rest) = element(rest)?;
        let (_, validity, rest) = element(rest)?;
        let (_, subject, _) = element(rest)?;
        Some(Self {
            issuer,
            validity,
            subject,
        })
    }
}

/// The first element of DER: its tag, its content and what comes after it.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[tag, first], rest) = der.split_first_chunk()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
        if digits.len() > 3 {
            return None;
        }
        let length = digits
            .iter()
            .fold(0, |length, digit| length << 8 | usize::from(*digit));
        (length, rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

fn is_self_signed(certificate: &[u8]) -> bool {
    Parts::of(certificate).is_some_and(|parts| parts.issuer == parts.subject)
}

/// Whether a certificate is valid at a time.
fn verify_dates(certificate: &[u8], now: UnixTime) -> Result<(), CertificateError> {
    let dates = || {
        let (from, rest) = date(Parts::of(certificate)?.validity)?;
        let (until, _) = date(rest)?;
        Some((from, until))
    };
    let (from, until) = dates().ok_or(CertificateError::BadEncoding)?;
    let now = Duration::from_secs(now.as_secs());
    if now < from {
        Err(CertificateError::NotValidYet)
    } else if now > until {
        Err(CertificateError::Expired)
    } else {
        Ok(())
    }
}

/// A `UTCTime` or a `GeneralizedTime`, as the time since 1970, and what comes after it (RFC 5280,
/// 4.1.2.5). What was before 1970 is 1970.
fn date(der: &[u8]) -> Option<(Duration, &[u8])> {
    let (tag, content, rest) = element(der)?;
    let text = std::str::from_utf8(content).ok()?;
    let text = match tag {
        0x17 => {
            let century = if text.get(..2)? < "50" { "20" } else { "19" };
            format!("{century}{text}")
        }
        0x18 => text.to_owned(),
        _ => return None,
    };
    let part = |from: usize, to: usize| text.get(from..to);
    let text = format!(
        "{}-{}-{}T{}:{}:{}",
        part(0, 4)?,
        part(4, 6)?,
        part(6, 8)?,
        part(8, 10)?,
        part(10, 12)?,
        text.get(12..)?,
    );
    if part(0, 4)? < "1970" {
        return Some((Duration::ZERO, rest));
    }
    let date = humantime::parse_rfc3339(&text).ok()?;
    Some((date.duration_since(UNIX_EPOCH).unwrap_or_default(), rest))
}

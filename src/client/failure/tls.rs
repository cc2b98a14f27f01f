//! What a TLS error means, in words for people: no Rust names, no addresses of documentation.

use std::net::IpAddr;

use rustls::{AlertDescription, CertificateError, Error};

use crate::client::trust::SelfSigned;
use crate::visible;

/// So many of the names that a certificate is for are shown.
const SHOWN_NAMES: usize = 4;

/// What went wrong, as the end of a sentence.
pub(in crate::client) fn words(error: &Error) -> String {
    match error {
        Error::InvalidCertificate(why) => of_certificate(why),
        Error::NoCertificatesPresented => "the server has no certificate".to_owned(),
        Error::AlertReceived(alert) => of_alert(*alert).to_owned(),
        Error::InvalidMessage(_)
        | Error::InappropriateMessage { .. }
        | Error::InappropriateHandshakeMessage { .. } => {
            "what answers there does not speak TLS".to_owned()
        }
        Error::PeerIncompatible(_) => {
            "the server offers no TLS that is safe: 1.2 or 1.3 is needed".to_owned()
        }
        Error::PeerMisbehaved(_) | Error::DecryptError => {
            "the server does not keep to the TLS protocol".to_owned()
        }
        Error::General(words) => visible::line(words).into_owned(),
        _ => "TLS failed".to_owned(),
    }
}

fn of_certificate(why: &CertificateError) -> String {
    match why {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "the server's certificate has expired".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "the server's certificate is not valid yet".to_owned()
        }
        CertificateError::Revoked => "the server's certificate was revoked".to_owned(),
        CertificateError::UnknownIssuer => {
            "the server's certificate was signed by an unknown issuer".to_owned()
        }
        CertificateError::BadSignature => {
            "the signature of the server's certificate is wrong".to_owned()
        }
        CertificateError::NotValidForName => {
            "the server's certificate is for another host".to_owned()
        }
        CertificateError::NotValidForNameContext { presented, .. } => for_names(presented),
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            "the certificate was not made for a server".to_owned()
        }
        CertificateError::Other(_) if is_self_signed(why) => {
            "the server's certificate is self-signed".to_owned()
        }
        CertificateError::Other(other) => match other.to_string().as_str() {
            words if words.contains("CaUsedAsEndEntity") => {
                "the server's certificate is a CA's own".to_owned()
            }
            words if words.contains("UnsupportedCertVersion") => {
                "the server's certificate is of an old form (X.509 version 1 or 2)".to_owned()
            }
            _ => "the server's certificate cannot be used".to_owned(),
        },
        _ => "the server's certificate cannot be used".to_owned(),
    }
}

/// The names of a certificate come as `DnsName("…")` or `IpAddress(…)`.
fn for_names(presented: &[String]) -> String {
    let bare = |name: &String| {
        let inside = name.split_once('(').map_or(name.as_str(), |(_, rest)| rest);
        let inside = inside.trim_end_matches(')').trim_matches('"');
        visible::line(inside).into_owned()
    };
    if presented.is_empty() {
        return "the server's certificate names no host (it has no subjectAltName)".to_owned();
    }
    let names: Vec<String> = presented.iter().take(SHOWN_NAMES).map(bare).collect();
    let more = if presented.len() > SHOWN_NAMES {
        " and others"
    } else {
        ""
    };
    format!("the server's certificate is for {}{more}", names.join(", "))
}

const fn of_alert(alert: AlertDescription) -> &'static str {
    match alert {
        _ if asks_for_certificate(alert) => "the server asks for a client certificate",
        AlertDescription::HandshakeFailure => {
            "the server does not agree to the TLS that is spoken here"
        }
        AlertDescription::ProtocolVersion => "the server speaks another version of TLS",
        AlertDescription::UnrecognisedName => "the server does not know a host of this name",
        AlertDescription::AccessDenied => "the server denies access",
        AlertDescription::InternalError => "the server's TLS failed",
        _ => "the server broke off the TLS handshake",
    }
}

/// Whether an alert says that a client certificate is missing: none is ever sent. It can only come
/// within the handshake, and so before the server took anything of a request, though with TLS 1.3
/// the request may be written by then (RFC 8446, 4.4.2.4 and 6.2).
pub(super) const fn asks_for_certificate(alert: AlertDescription) -> bool {
    matches!(
        alert,
        AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::NoCertificate
    )
}

fn is_self_signed(why: &CertificateError) -> bool {
    let CertificateError::Other(other) = why else {
        return false;
    };
    other.0.is::<SelfSigned>()
}

/// What to do about it.
pub(super) fn advice(error: &Error, host: &str) -> String {
    match error {
        Error::InvalidCertificate(why) => of_certificate_advice(why, host),
        Error::AlertReceived(alert) if asks_for_certificate(*alert) => format!(
            "{host} lets nobody in without a client certificate, and wacompose has none to send: \
             ask whoever runs it for an address without."
        ),
        Error::AlertReceived(AlertDescription::HandshakeFailure) => format!(
            "No secure connection to {host}: check base_url. The server may want a client \
             certificate, or a TLS that is not safe any more."
        ),
        Error::InvalidMessage(_) => format!(
            "No secure connection to {host}: check base_url and its port. Where the gateway speaks \
             plain HTTP, the address begins with http://."
        ),
        _ => format!(
            "No secure connection to {host}: check base_url, the computer's clock and what \
             inspects the network's traffic."
        ),
    }
}

fn of_certificate_advice(why: &CertificateError, host: &str) -> String {
    match why {
        CertificateError::Other(_) if is_self_signed(why) => format!(
            "This computer does not trust {host}, whose certificate is signed by nobody else. Where \
             the server is yours, name its certificate in the profile: ca_file = \"cert.pem\"."
        ),
        CertificateError::UnknownIssuer | CertificateError::BadSignature => format!(
            "This computer does not trust whoever signed the certificate of {host}. Where that is \
             your organisation's own CA, or a proxy that inspects the traffic, name the CA's \
             certificate in the profile: ca_file = \"ca.pem\"."
        ),
        CertificateError::NotValidForNameContext { presented, .. } if presented.is_empty() => {
            let kind = match host.parse::<IpAddr>() {
                Ok(_) => "IP",
                Err(_) => "DNS",
            };
            format!(
                "The certificate is not for {host}: make it with -addext \
                 subjectAltName={kind}:{host}."
            )
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            format!("The certificate is not for {host}: check base_url.")
        }
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => {
            format!(
                "The certificate of {host} is not valid now: check the computer's clock; where it \
                 is right, whoever runs the server has to renew the certificate."
            )
        }
        CertificateError::Other(_) => format!(
            "Whoever runs {host} has to make another certificate: of version 3, with \
             basicConstraints=CA:FALSE and a subjectAltName."
        ),
        _ => format!(
            "No secure connection to {host}: check base_url, the computer's clock and what \
             inspects the network's traffic."
        ),
    }
}

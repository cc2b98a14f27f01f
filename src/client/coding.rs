//! Answers that are compressed although `identity` was asked for, as some proxies do.
//!
//! gzip and deflate are read. Of any other coding nothing is kept: what cannot be read can neither
//! be shown nor be searched for a token. [`Response::coded`] then says what came.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::gateway::wire::Response;

/// The first bytes of gzip (RFC 1952), for answers that do not say that they are.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// The first bytes of Zstandard (RFC 8878).
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The same answer with its body as it was before it was compressed, at most
/// [`Response::MAX_BODY`] bytes of it.
pub(super) fn decoded(mut response: Response) -> Response {
    if response.body.is_empty() {
        return response;
    }
    let named = response.header("Content-Encoding").unwrap_or_default();
    let mut codings: Vec<String> = named
        .split(',')
        .map(|coding| coding.trim().to_ascii_lowercase())
        .filter(|coding| !coding.is_empty() && coding != "identity")
        .collect();
    if codings.is_empty() {
        let seen = if response.body.starts_with(&GZIP) {
            "gzip"
        } else if response.body.starts_with(&ZSTD) {
            "zstd"
        } else {
            return response;
        };
        let header = ("content-encoding".to_owned(), seen.to_owned());
        response.headers.retain(|(name, _)| *name != header.0);
        response.headers.push(header);
        codings.push(seen.to_owned());
    }
    // The last one was put on last.
    while let Some(coding) = codings.pop() {
        let (body, is_whole) = match coding.as_str() {
            "gzip" | "x-gzip" => read(MultiGzDecoder::new(response.body.as_slice())),
            // Some send zlib's format, as the standard says, and some what is in it.
            "deflate" => match read(ZlibDecoder::new(response.body.as_slice())) {
                (body, _) if body.is_empty() => read(DeflateDecoder::new(response.body.as_slice())),
                read => read,
            },
            _ => (Vec::new(), false),
        };
        response.body = body;
        response.truncated |= !is_whole;
        if response.body.is_empty() {
            break;
        }
    }
    response
}

/// What can be read, up to the most that is kept of a body, and whether that is all.
fn read(from: impl Read) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    let limit = Response::MAX_BODY as u64 + 1;
    let is_whole = from.take(limit).read_to_end(&mut body).is_ok();
    let fits = body.len() <= Response::MAX_BODY;
    body.truncate(Response::MAX_BODY);
    (body, is_whole && fits)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use rstest::rstest;

    use super::*;

    const TEXT: &str = "{\"error\":\"日本 👩‍👩‍👧 e\u{301} שלום\"}";

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn answer(coding: &str, body: Vec<u8>) -> Response {
        let headers = [("content-encoding".to_owned(), coding.to_owned())];
        Response {
            status: 401,
            headers: headers
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .collect(),
            body,
            truncated: false,
        }
    }

    #[rstest]
    #[case::plain("", TEXT.as_bytes().to_vec())]
    #[case::identity("identity", TEXT.as_bytes().to_vec())]
    #[case::gzip("gzip", gzip(TEXT.as_bytes()))]
    #[case::old_name("X-GZIP", gzip(TEXT.as_bytes()))]
    #[case::unnamed("", gzip(TEXT.as_bytes()))]
    #[case::deflate("deflate", zlib(TEXT.as_bytes()))]
    #[case::bare_deflate("deflate", deflate(TEXT.as_bytes()))]
    #[case::twice("deflate, gzip", gzip(&zlib(TEXT.as_bytes())))]
    fn is_read(#[case] coding: &str, #[case] body: Vec<u8>) {
        let read = decoded(answer(coding, body));
        assert_eq!(read.text(), TEXT);
        assert_eq!((read.truncated, read.coded()), (false, None));
    }

    #[rstest]
    #[case::brotli("br", "br")]
    #[case::zstd("zstd", "zstd")]
    #[case::compress("compress", "compress")]
    #[case::broken("gzip", "gzip")]
    #[case::under_gzip("br, gzip", "br, gzip")]
    #[case::wide("日本\u{1b}", "日本")]
    fn is_named(#[case] coding: &str, #[case] named: &str) {
        let read = decoded(answer(coding, b"\x8b\x01\x80{}\xff\xfe".to_vec()));
        assert_eq!((read.body.len(), read.truncated), (0, true));
        let said = read.coded().unwrap();
        assert!(said.contains(named) && !said.contains('\u{1b}'), "{said}");
    }

    #[test]
    fn what_was_cut_off_is_read_as_far_as_it_goes() {
        let mut body = gzip(TEXT.repeat(1000).as_bytes());
        body.truncate(body.len() - 12);
        let read = decoded(answer("gzip", body));
        assert!(read.truncated && read.text().starts_with(TEXT));
    }

    #[test]
    fn a_bomb_is_cut_off() {
        let read = decoded(answer("gzip", gzip(&vec![b' '; 64 << 20])));
        assert_eq!(
            (read.body.len(), read.truncated),
            (Response::MAX_BODY, true)
        );
    }
}

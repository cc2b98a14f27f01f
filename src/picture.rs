//! The picture that a message's `thumbnail` names: loaded, made small, and put in the message.
//!
//! One place for the prompt and the screen. It decides between a file and an address, asks
//! `client` for the one and has `thumbnail` do the rest on a thread of its own, so that whoever
//! waits stays free. It shows nothing.

use std::fmt;
use std::path::{Path, PathBuf};

use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::client::{FetchError, FetchSettings, Fetcher, Received};
use crate::message::file::home;
use crate::message::inline::Inline;
use crate::message::{Draft, Message, Thumbnail as Named, variables};
use crate::thumbnail::{self, Settings, Thumbnail};
use crate::visible;

/// Where a picture is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// In a file.
    File(PathBuf),
    /// At an address of `http` or `https`.
    Url(String),
    /// In the text itself.
    Inline(String),
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It is on its way.
    Fetching(Received),
    /// It is read and made small.
    Making,
}

/// Why a picture was not loaded: a sentence that names it, and says what to do.
#[derive(Debug)]
pub struct LoadError {
    /// The picture, as it can be shown.
    pub name: String,
    /// What is wrong with it.
    pub cause: Cause,
}

/// What went wrong.
#[derive(Debug)]
pub enum Cause {
    /// It was not fetched.
    Fetch(FetchError),
    /// There is no thumbnail of it.
    Thumbnail {
        /// What is wrong with the picture.
        error: thumbnail::Error,
        /// What the server says that it is.
        content_type: Option<String>,
    },
    /// The text that holds it cannot be decoded, as the rest of a sentence.
    Text(String),
    /// Whoever made it broke down.
    Broken,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.because(f)?;
        if is_misread_path(&self.name) {
            f.write_str(
                ": a backslash in \"…\" begins an escape: write the path in single quotes, as in \
                 'C:\\Users\\ana\\shirt.jpg'",
            )?;
        }
        Ok(())
    }
}

/// Whether a name is a path of Windows whose backslashes were read as escapes: `C:`, and a tab or a line
/// break in it, as they are or as they are shown.
fn is_misread_path(name: &str) -> bool {
    let is_mark = |c: char| c.is_control() || matches!(c, '\u{2400}'..='\u{241f}');
    let mut characters = name.chars();
    characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && characters.next() == Some(':')
        && characters.any(is_mark)
}

impl LoadError {
    /// What went wrong, as a sentence.
    fn because(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use thumbnail::Error;

        let name = &self.name;
        match &self.cause {
            Cause::Fetch(error) => write!(f, "{name}: {error}"),
            // These name the file themselves.
            Cause::Thumbnail {
                error:
                    error @ (Error::Missing { .. }
                    | Error::Directory { .. }
                    | Error::Special { .. }
                    | Error::Forbidden { .. }
                    | Error::Unreadable { .. }),
                ..
            } => write!(f, "{error}"),
            Cause::Thumbnail {
                error: error @ Error::NotAPicture { .. },
                content_type: Some(content_type),
            } => write!(f, "{name}: the server sends {content_type}: {error}"),
            Cause::Thumbnail { error, .. } => write!(f, "{name}: {error}"),
            Cause::Text(why) => write!(f, "{name}: {why}"),
            Cause::Broken => write!(
                f,
                "{name}: the decoder broke down over it: save it as an ordinary JPEG or PNG"
            ),
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Fetch(error) => Some(error),
            Cause::Thumbnail { error, .. } => Some(error),
            Cause::Text(_) | Cause::Broken => None,
        }
    }
}

impl LoadError {
    /// Whether the user stopped it.
    pub const fn is_cancelled(&self) -> bool {
        matches!(
            self.cause,
            Cause::Fetch(FetchError::Cancelled)
                | Cause::Thumbnail {
                    error: thumbnail::Error::Cancelled,
                    ..
                }
        )
    }
}

impl Source {
    /// What a text names: the picture that it holds, an address where it begins with `http://` or
    /// `https://`, else a file, from `folder` where it begins neither at the root nor with `~/`, the home folder.
    pub fn of(text: &str, folder: &Path) -> Self {
        if Inline::of(text).is_some() {
            return Self::Inline(text.to_owned());
        }
        match Named::of(text) {
            Some(Named::Url(url)) => Self::Url(url.to_owned()),
            _ => Self::File(folder.join(home::expand(text.into(), home::home))),
        }
    }

    /// What has to be loaded before a draft is sent: nothing where it names no picture, and where the
    /// gateway fetches the address itself (`sends_url`).
    pub fn named_by(draft: &Draft, folder: &Path, sends_url: bool) -> Option<Self> {
        let Message::Catalog(catalog) = &draft.message else {
            return None;
        };
        let name = variables::sent(&catalog.thumbnail);
        match Named::of(&name)? {
            Named::Url(_) if sends_url => None,
            _ => Some(Self::of(&name, folder)),
        }
    }

    /// Its name, as it can be shown: of an address what stands before `?`, for a key may stand
    /// behind it.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => visible::line(&path.to_string_lossy()).into_owned(),
            Self::Url(text) => match Url::parse(text.trim()) {
                Ok(url) => {
                    let host = url.host_str().unwrap_or_default();
                    let port = url
                        .port()
                        .map(|port| format!(":{port}"))
                        .unwrap_or_default();
                    let name = format!("{}://{host}{port}{}", url.scheme(), url.path());
                    visible::line(&name).into_owned()
                }
                Err(_) => "the picture's address".to_owned(),
            },
            Self::Inline(text) => Inline::of(text).map(Inline::name).unwrap_or_default(),
        }
    }
}

/// Puts a thumbnail in a draft in the place of the name of its picture, as encoding expects it; or
/// takes the name out, so that the draft is sent without a picture.
pub fn put(draft: &mut Draft, thumbnail: Option<&Thumbnail>) {
    if let Message::Catalog(catalog) = &mut draft.message {
        catalog.thumbnail = thumbnail.map(Thumbnail::data_uri).unwrap_or_default();
    }
}

/// Loads pictures; a clone shares what was set up.
#[derive(Debug, Clone, Default)]
pub struct Loader {
    settings: Settings,
    fetcher: Fetcher,
}

impl Loader {
    /// One with its settings; nothing slow happens before the first picture.
    pub fn new(settings: Settings, fetch: FetchSettings) -> Self {
        let fetcher = Fetcher::new(fetch);
        Self { settings, fetcher }
    }

    /// One with the usual settings.
    pub fn usual(allow_private: bool) -> Self {
        let fetch = FetchSettings {
            allow_private,
            ..FetchSettings::default()
        };
        Self::new(Settings::default(), fetch)
    }

    /// Loads a picture and makes its thumbnail, and tells how far it is.
    ///
    /// # Errors
    /// When it cannot be had, holds nothing that can be decoded, breaks a bound, or is cancelled:
    /// at once then, whatever is still going on.
    pub async fn load(
        &self,
        source: &Source,
        mut progress: impl FnMut(Progress),
        cancel: &CancellationToken,
    ) -> Result<Thumbnail, LoadError> {
        let failed = |cause| LoadError {
            name: source.name(),
            cause,
        };
        match source {
            Source::File(path) => {
                progress(Progress::Making);
                let path = path.clone();
                let work = move |settings: &Settings, cancel: &CancellationToken| {
                    let made = thumbnail::from_file(&path, settings, cancel);
                    made.or_else(|error| {
                        in_a_text(error, || std::fs::read(&path).ok(), settings, cancel)
                    })
                };
                self.make(work, None, cancel).await.map_err(failed)
            }
            Source::Inline(text) => {
                progress(Progress::Making);
                let bytes = Inline::of(text).map(Inline::bytes).transpose();
                let bytes = bytes
                    .map_err(|why| failed(Cause::Text(why)))?
                    .unwrap_or_default();
                let work = move |settings: &Settings, cancel: &CancellationToken| {
                    thumbnail::from_bytes(&bytes, settings, cancel)
                };
                self.make(work, None, cancel).await.map_err(failed)
            }
            Source::Url(url) => {
                let told = |received| progress(Progress::Fetching(received));
                let fetched = self.fetcher.fetch(url, told, cancel).await;
                let fetched = fetched.map_err(|error| failed(Cause::Fetch(error)))?;
                progress(Progress::Making);
                let bytes = fetched.bytes;
                let work = move |settings: &Settings, cancel: &CancellationToken| {
                    thumbnail::from_bytes(&bytes, settings, cancel)
                };
                self.make(work, fetched.content_type, cancel)
                    .await
                    .map_err(failed)
            }
        }
    }

    /// Makes the thumbnail of a picture that has been read already.
    ///
    /// # Errors
    /// As [`Loader::load`]; `name` is what the error calls it.
    pub async fn load_bytes(
        &self,
        name: &str,
        bytes: Vec<u8>,
        cancel: &CancellationToken,
    ) -> Result<Thumbnail, LoadError> {
        let work = move |settings: &Settings, cancel: &CancellationToken| {
            let made = thumbnail::from_bytes(&bytes, settings, cancel);
            made.or_else(|error| in_a_text(error, || Some(bytes), settings, cancel))
        };
        let failed = |cause| LoadError {
            name: name.to_owned(),
            cause,
        };
        self.make(work, None, cancel).await.map_err(failed)
    }

    /// Works on a thread of its own. A decoder of the library cannot be stopped: it is left alone
    /// then, and comes to its end within its bounds.
    async fn make(
        &self,
        work: impl FnOnce(&Settings, &CancellationToken) -> Result<Thumbnail, thumbnail::Error>
        + Send
        + 'static,
        content_type: Option<String>,
        cancel: &CancellationToken,
    ) -> Result<Thumbnail, Cause> {
        let inner = cancel.child_token();
        let stop = inner.clone().drop_guard();
        let settings = self.settings.clone();
        let limit = settings.time;
        let thread = tokio::task::spawn_blocking(move || work(&settings, &inner));
        let made = tokio::select! {
            biased;
            made = timeout(limit, thread) => match made {
                Ok(Ok(made)) => made,
                Ok(Err(_)) => return Err(Cause::Broken),
                Err(_) => Err(thumbnail::Error::TimedOut { limit }),
            },
            () = cancel.cancelled() => Err(thumbnail::Error::Cancelled),
        };
        drop(stop);
        made.map_err(|error| Cause::Thumbnail {
            error,
            content_type,
        })
    }
}

/// The thumbnail of a picture whose base64 a text holds that was taken for a picture; the same error
/// where it holds none.
fn in_a_text(
    error: thumbnail::Error,
    data: impl FnOnce() -> Option<Vec<u8>>,
    settings: &Settings,
    cancel: &CancellationToken,
) -> Result<Thumbnail, thumbnail::Error> {
    if !matches!(error, thumbnail::Error::NotAPicture { .. }) {
        return Err(error);
    }
    let text = data().and_then(|data| String::from_utf8(data).ok());
    let bytes = text.as_deref().and_then(Inline::of).map(Inline::bytes);
    match bytes {
        Some(Ok(bytes)) => thumbnail::from_bytes(&bytes, settings, cancel),
        _ => Err(error),
    }
}

/// What is wrong with a picture that stands in a draft itself, and what the user should know about its
/// thumbnail. It blocks; nothing is fetched or read.
///
/// # Errors
/// When there is no thumbnail of it.
pub fn check_inline(draft: &Draft) -> Option<Result<Thumbnail, LoadError>> {
    let Message::Catalog(catalog) = &draft.message else {
        return None;
    };
    let inline = Inline::of(&catalog.thumbnail)?;
    let failed = |cause| LoadError {
        name: inline.name(),
        cause,
    };
    let made = inline.bytes().map_err(Cause::Text).and_then(|bytes| {
        let made = thumbnail::from_bytes(&bytes, &Settings::default(), &CancellationToken::new());
        made.map_err(|error| Cause::Thumbnail {
            error,
            content_type: None,
        })
    });
    Some(made.map_err(failed))
}

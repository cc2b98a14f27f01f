//! Pictures at the prompt: what a message's `thumbnail` names is loaded before it is written.

use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::messages;
use super::output::Output;
use super::target::Chosen;
use crate::config::{Profile, ThumbnailAs};
use crate::gateway::Account;
use crate::message::check::Problem;
use crate::message::{Draft, Field};
use crate::picture::{self, Loader, Progress, Source};
use crate::thumbnail::Thumbnail;
use crate::visible;

/// What is to be loaded, and from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plan {
    /// Whether the gateway takes a picture at all.
    takes_pictures: bool,
    /// Whether an address goes along as it is.
    sends_url: bool,
    /// Whether pictures may be on private networks.
    allow_private: bool,
}

impl Plan {
    /// For a message that is sent with a profile.
    pub(super) fn of_profile(profile: &Profile, allow_private: bool) -> Self {
        Self {
            takes_pictures: profile.account.takes_pictures(),
            sends_url: profile.thumbnail_as == ThumbnailAs::Url,
            allow_private: allow_private || profile.allow_private_urls,
        }
    }

    /// For a message that is written for a gateway.
    pub(super) fn of(chosen: &Chosen, allow_private: bool) -> Self {
        match chosen {
            Chosen::Profile(profile) => Self::of_profile(profile, allow_private),
            Chosen::Gateway(account) => Self {
                takes_pictures: Account::takes_pictures(account),
                ..Self::to_look_at(allow_private)
            },
        }
    }

    /// For a message that is only looked at.
    pub(super) const fn to_look_at(allow_private: bool) -> Self {
        Self {
            takes_pictures: true,
            sends_url: false,
            allow_private,
        }
    }

    /// Loads what a draft names and puts it in; says what is wrong with it. What cannot be loaded is
    /// left out of the draft.
    pub(super) async fn carry_out(
        self,
        draft: &mut Draft,
        file: &Path,
        output: &mut Output,
        cancel: &CancellationToken,
    ) -> Vec<Problem> {
        let Some(loaded) = self.load(draft, file, output, cancel).await else {
            return Vec::new();
        };
        picture::put(draft, loaded.as_ref().ok());
        match loaded {
            Ok(thumbnail) => warnings(&thumbnail).collect(),
            Err(problem) => vec![problem],
        }
    }

    /// Loads what a draft names; `None` where there is nothing to load.
    pub(super) async fn load(
        self,
        draft: &Draft,
        file: &Path,
        output: &mut Output,
        cancel: &CancellationToken,
    ) -> Option<Result<Thumbnail, Problem>> {
        if !self.takes_pictures {
            return None;
        }
        let folder = if messages::is_stdin(file) {
            Path::new("")
        } else {
            file.parent().unwrap_or(Path::new(""))
        };
        let source = Source::named_by(draft, folder, self.sends_url)?;
        let loader = Loader::usual(self.allow_private);
        let progress = |at| show(at, &source, output);
        let thumbnail = loader.load(&source, progress, cancel).await;
        Some(thumbnail.map_err(|error| Problem::error(Field::Thumbnail, error.to_string())))
    }
}

/// What the user should know about a thumbnail, as problems at its field.
pub(super) fn warnings(thumbnail: &Thumbnail) -> impl Iterator<Item = Problem> {
    let warnings = thumbnail.warnings.iter();
    warnings.map(|warning| Problem::warning(Field::Thumbnail, warning.to_string()))
}

/// Shows how far a picture is.
pub(super) fn show(progress: Progress, source: &Source, output: &mut Output) {
    let name = source.name();
    output.progress(&match progress {
        Progress::Fetching(received) => {
            let bytes = visible::bytes(received.bytes);
            match received.of {
                Some(of) => format!("fetching {name}: {bytes} of {} …", visible::bytes(of)),
                None => format!("fetching {name}: {bytes} …"),
            }
        }
        Progress::Making => format!("making a thumbnail of {name} …"),
    });
}

//! A catalog's picture, loaded for the composer.

use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::{Effects, Event, Ticket};
use crate::failure::Failure;
use crate::picture::{Loader, Progress, Source};
use crate::thumbnail::Thumbnail;
use crate::tui::bytes::size;
use crate::tui::event;

impl Effects {
    /// Loads a picture, and lets go of the one before.
    pub(super) fn load_thumbnail(
        &mut self,
        ticket: Ticket,
        name: &str,
        folder: &Path,
        allow_private: bool,
    ) {
        let cancel = CancellationToken::new();
        if let Some((_, before)) = self.loading.replace((ticket, cancel.clone())) {
            before.cancel();
        }
        let source = Source::of(name, folder);
        let events = self.events.clone();
        tokio::spawn(async move {
            let told = |progress| {
                if let Progress::Fetching(received) = progress {
                    let _ = events.send(Event::ThumbnailProgress {
                        ticket,
                        received: received.bytes,
                        total: received.of,
                    });
                }
            };
            let loader = Loader::usual(allow_private);
            let made = loader.load(&source, told, &cancel).await;
            let thumbnail = made
                .map(|thumbnail| Box::new(plain(&thumbnail)))
                .map_err(Failure::from);
            let _ = events.send(Event::ThumbnailReady { ticket, thumbnail });
        });
    }
}

/// A thumbnail as the state keeps it.
fn plain(thumbnail: &Thumbnail) -> event::Thumbnail {
    let original = &thumbnail.original;
    let bytes = |bytes: usize| size(u64::try_from(bytes).unwrap_or(u64::MAX));
    let facts = format!(
        "{} {}×{}, {} → JPEG {}×{}, {}, quality {}",
        original.format,
        original.width,
        original.height,
        bytes(original.bytes),
        thumbnail.width,
        thumbnail.height,
        bytes(thumbnail.jpeg.len()),
        thumbnail.quality,
    );
    event::Thumbnail {
        data_uri: thumbnail.data_uri(),
        bytes: thumbnail.jpeg.len(),
        rgb: thumbnail.rgb.clone(),
        width: thumbnail.width,
        height: thumbnail.height,
        facts,
        warnings: thumbnail.warnings.iter().map(ToString::to_string).collect(),
    }
}

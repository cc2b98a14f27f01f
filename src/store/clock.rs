//! The time by which old messages and drafts are removed: the system's clock, once it was seen to be right.
//!
//! A clock that is months ahead for one start would remove the whole history. So the time that is trusted
//! follows the clock by at most [`MOST_AHEAD`] at once; beyond that the clock has to run for [`PROBATION`]
//! first, over as many starts as there are.
//!
//! ```text
//! trusted ── clock a little later ──────────────→ trusted
//!         ── clock earlier ─────────────────────→ trusted, that early
//!         ── clock far ahead ─→ on probation ─┬─→ trusted, when it went on for two days
//!                                             └─→ begun again, when it jumped again
//! ```

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::StoreError;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// The most by which the clock may be ahead of the last time that was trusted, in milliseconds.
const MOST_AHEAD: i64 = 7 * DAY;

/// How long a clock that jumped has to run before it is trusted, in milliseconds.
const PROBATION: i64 = 2 * DAY;

/// The longest pause between two looks at a clock on probation, in milliseconds.
const LONGEST_PAUSE: i64 = 31 * DAY;

/// What is known of the clock. Times are Unix milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Clock {
    /// The latest time that is trusted.
    trusted: i64,
    /// When a clock that is far ahead of it was seen first and last.
    probation: Option<(i64, i64)>,
}

impl Clock {
    /// What is known once the clock shows a time.
    fn seen(self, now: i64, most_ahead: i64) -> Self {
        let ahead = now.saturating_sub(self.trusted);
        if ahead <= most_ahead {
            return Self {
                trusted: now,
                probation: None,
            };
        }
        let first = match self.probation {
            Some((first, last)) if (first..=last.saturating_add(LONGEST_PAUSE)).contains(&now) => {
                first
            }
            _ => now,
        };
        if now - first >= PROBATION {
            return Self {
                trusted: now,
                probation: None,
            };
        }
        Self {
            probation: Some((first, now)),
            ..self
        }
    }
}

/// The time by which is removed what is older than so many days; it is never later than the clock.
pub(super) fn trusted(
    transaction: &Transaction<'_>,
    now: i64,
    history_days: u32,
) -> Result<i64, StoreError> {
    let most_ahead = match i64::from(history_days) {
        0 => MOST_AHEAD,
        days => (days * DAY / 4).clamp(DAY, MOST_AHEAD),
    };
    let clock = read(transaction)?.map_or_else(|| begin(transaction, now), Ok)?;
    let clock = clock.seen(now, most_ahead);
    let (first, last) = clock.probation.unzip();
    transaction.execute(
        "INSERT OR REPLACE INTO clock (id, trusted, first, last) VALUES (1, ?1, ?2, ?3)",
        params![clock.trusted, first, last],
    )?;
    if clock.trusted < now {
        log::warn!(
            "the clock is {} days ahead of the last time that the store was used: nothing is removed by it \
             until it was right for two days",
            (now - clock.trusted) / DAY
        );
    }
    Ok(clock.trusted.min(now))
}

fn read(transaction: &Transaction<'_>) -> Result<Option<Clock>, StoreError> {
    let clock = transaction.query_row(
        "SELECT trusted, first, last FROM clock WHERE id = 1",
        [],
        |row| {
            let probation: (Option<i64>, Option<i64>) = (row.get(1)?, row.get(2)?);
            Ok(Clock {
                trusted: row.get(0)?,
                probation: probation.0.zip(probation.1),
            })
        },
    );
    Ok(clock.optional()?)
}

/// The clock of a store that knows nothing of it yet: the latest time that it was written at.
fn begin(transaction: &Transaction<'_>, now: i64) -> Result<Clock, StoreError> {
    let latest: Option<i64> = transaction.query_row(
        "SELECT max(time) FROM (
            SELECT max(started) AS time FROM sent UNION ALL SELECT max(ended) FROM sent
            UNION ALL SELECT max(updated) FROM draft)",
        [],
        |row| row.get(0),
    )?;
    Ok(Clock {
        trusted: latest.unwrap_or(now),
        probation: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// Some time in 2026.
    const NOW: i64 = 1_772_386_327_123;

    #[rstest]
    #[case::as_usual(&[1, 2, 3], 3)]
    #[case::a_week(&[7, 14], 14)]
    #[case::once_far_ahead(&[1, 120, 2], 2)]
    #[case::far_ahead_again_and_again(&[1, 120, 120, 120, 121], 1)]
    #[case::other_jumps(&[1, 120, 400, 800, 1600], 1)]
    #[case::really_so_late(&[1, 120, 121, 122], 122)]
    #[case::a_long_pause_then_now_and_then(&[1, 120, 145, 146], 146)]
    #[case::a_pause_that_is_longer_than_that(&[1, 120, 160, 161], 1)]
    #[case::back_after_a_wrong_clock(&[1, 120, 122, 5], 5)]
    #[case::very_early(&[-20_000, 0], -20_000)]
    #[case::no_sense(&[i64::MAX / DAY - 30_000, 1], 1)]
    fn the_clock_is_trusted_when_it_was_seen(#[case] days: &[i64], #[case] expected: i64) {
        let begin = Clock {
            trusted: NOW,
            probation: None,
        };
        let clock = days.iter().fold(begin, |clock, day| {
            clock.seen(NOW.saturating_add(day * DAY), MOST_AHEAD)
        });
        assert_eq!((clock.trusted - NOW) / DAY, expected);
    }
}

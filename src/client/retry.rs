//! When the client tries again by itself, and how long it waits before it does.
//!
//! Only what is certain not to have been taken is tried again: [`Refusal::repeatable`] says so. The
//! waits are drawn at random up to a bound that doubles, so that many clients do not come back at
//! once, and are never shorter than a gateway's `Retry-After`. Time and chance come from a [`Pace`].
//!
//! [`Refusal::repeatable`]: crate::gateway::Refusal::repeatable

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// How often a request is tried at the most.
pub const MAX_ATTEMPTS: u32 = 5;

/// How long after the first attempt began another one may begin, by the machine's date too: what
/// waits while the machine sleeps is not sent when it wakes up.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The longest wait after the first attempt, which doubles with each one more.
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// What is longer is not counted in seconds.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Where the doubling ends.
const LONGEST_WAIT: Duration = Duration::from_secs(16);

/// Trying again: by whose clock, and who hears of each step.
#[derive(Clone)]
pub struct Retries {
    pub(super) pace: Arc<dyn Pace>,
    pub(super) told: Arc<dyn Fn(Progress) + Send + Sync>,
}

/// How a request comes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// An attempt begins.
    Trying {
        /// Which one, from 1.
        attempt: u32,
    },
    /// The message was not taken, and is sent again after a wait.
    Waiting(Wait),
}

/// A wait before the next attempt. As text: `429: trying again in 3 s (2 of 5)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// The attempt that comes after it, from 2.
    pub attempt: u32,
    /// How many attempts there are at the most.
    pub of: u32,
    /// How long it is.
    pub delay: Duration,
    /// Why: the status of the answer, or what kept the connection from being made.
    pub reason: String,
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let delay = in_words(self.delay);
        let (reason, attempt, of) = (&self.reason, self.attempt, self.of);
        write!(f, "{reason}: trying again in {delay} ({attempt} of {of})")
    }
}

/// The time, waiting for it to pass, and chance.
pub trait Pace: Send + Sync {
    /// The time now, for measuring.
    fn now(&self) -> Instant;
    /// The date now, which a `Retry-After` can name: for answers that do not say when they are.
    fn date(&self) -> SystemTime;
    /// Waits.
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
    /// A number from 0 up to, but not including, 1; each as likely as the others.
    fn chance(&self) -> f64;
}

/// The machine's own clock and chance.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealPace;

impl Pace for RealPace {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn date(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(tokio::time::sleep(time))
    }

    fn chance(&self) -> f64 {
        // Without random numbers the wait is the longest one.
        getrandom::u32().map_or(1.0 - f64::EPSILON, |number| {
            f64::from(number) / (f64::from(u32::MAX) + 1.0)
        })
    }
}

impl Retries {
    /// Trying again by the machine's clock; every step is reported.
    pub fn new(told: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self {
            pace: Arc::new(RealPace),
            told: Arc::new(told),
        }
    }

    /// The same by another clock.
    #[must_use]
    pub fn at(mut self, pace: impl Pace + 'static) -> Self {
        self.pace = Arc::new(pace);
        self
    }
}

impl fmt::Debug for Retries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retries").finish_non_exhaustive()
    }
}

/// When the first attempt began, by both clocks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begin {
    at: Instant,
    date: SystemTime,
}

/// How much later than it was set a timer may go off, by a machine that was awake.
const LATE: Duration = Duration::from_secs(1);

impl Begin {
    /// It begins now.
    pub fn now(pace: &dyn Pace) -> Self {
        Self {
            at: pace.now(),
            date: pace.date(),
        }
    }

    /// How long it took until now, for those who had to wait.
    pub fn elapsed(self, pace: &dyn Pace) -> Duration {
        pace.now().saturating_duration_since(self.at)
    }

    /// How long ago it was. The clock for measuring can stand still while the machine sleeps, and the
    /// date can be set: the one that says more is believed, for what is given up does no harm.
    pub fn passed(self, pace: &dyn Pace) -> Duration {
        let by_date = pace.date().duration_since(self.date);
        self.elapsed(pace).max(by_date.unwrap_or_default())
    }

    /// Why there is no attempt after a wait: it was longer than it should have been.
    pub fn overslept(self, pace: &dyn Pace) -> Option<Stop> {
        let passed = self.passed(pace);
        (passed > PATIENCE + LATE).then_some(Stop::Overslept(passed))
    }
}

/// Why there is no further attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// There were enough.
    Attempts,
    /// The gateway asks for a wait that would take too long.
    Asked(Duration),
    /// It took long enough.
    Time,
    /// So much time passed while nobody measured it.
    Overslept(Duration),
}

/// How long to wait after an attempt, the how manieth of how many, this long after the first began.
pub(super) fn plan(
    (attempt, of): (u32, u32),
    elapsed: Duration,
    asked: Option<Duration>,
    chance: f64,
) -> Result<Duration, Stop> {
    if attempt >= of {
        return Err(Stop::Attempts);
    }
    let left = PATIENCE.saturating_sub(elapsed);
    if let Some(asked) = asked.filter(|asked| *asked > left) {
        return Err(Stop::Asked(asked));
    }
    let doubled = FIRST_WAIT.saturating_mul(1 << attempt.saturating_sub(1).min(16));
    let drawn = doubled.min(LONGEST_WAIT).mul_f64(chance.clamp(0.0, 1.0));
    let delay = drawn.max(asked.unwrap_or_default());
    if delay > left || left.is_zero() {
        return Err(Stop::Time);
    }
    Ok(delay)
}

/// The wait that a `Retry-After` asks for, in seconds or as a date; one that is over is none. `date` is
/// the answer's own `Date` where it has one: the clocks of two machines seldom agree.
/// (RFC 9110, 10.2.3 and 6.6.1)
pub(super) fn retry_after(value: &str, date: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than can be counted are more than anybody waits.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    Some(until.duration_since(date).unwrap_or_default())
}

/// A time that people read, in whole seconds that were begun.
pub(super) fn in_words(time: Duration) -> String {
    if time > A_DAY {
        "more than a day".to_owned()
    } else {
        format!("{} s", time.as_millis().div_ceil(1000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[rstest]
    #[case::first(1, 0, None, 0.5, Ok(Duration::from_millis(500)))]
    #[case::second(2, 1, None, 0.5, Ok(secs(1)))]
    #[case::third(3, 3, None, 0.5, Ok(secs(2)))]
    #[case::fourth(4, 7, None, 0.5, Ok(secs(4)))]
    #[case::at_once(1, 0, None, 0.0, Ok(secs(0)))]
    #[case::enough(5, 7, None, 0.5, Err(Stop::Attempts))]
    #[case::asked(1, 0, Some(3), 0.5, Ok(secs(3)))]
    #[case::asked_for_less(4, 7, Some(3), 0.5, Ok(secs(4)))]
    #[case::asked_for_nothing(1, 0, Some(0), 0.0, Ok(secs(0)))]
    #[case::asked_for_the_last_second(1, 20, Some(40), 0.5, Ok(secs(40)))]
    #[case::asked_for_too_long(1, 20, Some(41), 0.5, Err(Stop::Asked(secs(41))))]
    #[case::asked_for_ever(1, 0, Some(u64::MAX), 0.5, Err(Stop::Asked(secs(u64::MAX))))]
    #[case::late(4, 57, None, 0.5, Err(Stop::Time))]
    #[case::too_late(2, 60, None, 0.0, Err(Stop::Time))]
    #[case::much_too_late(2, 600, Some(0), 0.0, Err(Stop::Time))]
    fn waits(
        #[case] attempt: u32,
        #[case] elapsed: u64,
        #[case] asked: Option<u64>,
        #[case] chance: f64,
        #[case] expected: Result<Duration, Stop>,
    ) {
        let asked = asked.map(secs);
        assert_eq!(
            plan((attempt, MAX_ATTEMPTS), secs(elapsed), asked, chance),
            expected
        );
    }

    #[rstest]
    #[case::seconds("3", Some(3))]
    #[case::none("0", Some(0))]
    #[case::spaces(" 120 ", Some(120))]
    #[case::date("Fri, 13 Feb 2009 23:31:40 GMT", Some(10))]
    #[case::old_date("Friday, 13-Feb-09 23:31:40 GMT", Some(10))]
    #[case::oldest_date("Fri Feb 13 23:31:40 2009", Some(10))]
    #[case::date_that_is_over("Fri, 13 Feb 2009 23:31:20 GMT", Some(0))]
    #[case::endless("99999999999999999999999", Some(u64::MAX))]
    #[case::empty("", None)]
    #[case::negative("-3", None)]
    #[case::fraction("1.5", None)]
    #[case::words("soon", None)]
    #[case::wide("３秒 👩‍👩‍👧 e\u{301} שלום", None)]
    fn reads_retry_after(#[case] value: &str, #[case] seconds: Option<u64>) {
        // Fri, 13 Feb 2009 23:31:30 GMT
        let date = SystemTime::UNIX_EPOCH + secs(1_234_567_890);
        assert_eq!(retry_after(value, date), seconds.map(secs));
    }

    #[test]
    fn chance_is_below_one() {
        assert!((0..1000).all(|_| (0.0..1.0).contains(&RealPace.chance())));
    }

    #[rstest]
    #[case::seconds("429", 3000, "429: trying again in 3 s (2 of 5)")]
    #[case::begun(
        "connection refused",
        2001,
        "connection refused: trying again in 3 s (2 of 5)"
    )]
    #[case::at_once("日本", 0, "日本: trying again in 0 s (2 of 5)")]
    fn is_reported(#[case] reason: &str, #[case] delay: u64, #[case] expected: &str) {
        let wait = Wait {
            attempt: 2,
            of: 5,
            delay: Duration::from_millis(delay),
            reason: reason.to_owned(),
        };
        assert_eq!(wait.to_string(), expected);
    }
}

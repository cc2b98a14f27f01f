//! To whom something was written, so that it can be offered again: each recipient once, as it was
//! written last.

use rusqlite::{Connection, Row, params};

use super::{Store, StoreError};

/// A recipient of a message that was sent, or of a draft. The texts are as they were typed: show them
/// through [`visible`](crate::visible).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correspondent {
    /// The recipient as it was written.
    pub to: String,
    /// When the last message was begun or the draft was changed, in Unix milliseconds.
    pub at: i64,
    /// The same in the time of this machine: `11:08` on the same day, else `11-28`.
    pub at_local: String,
    /// The first line of that message, 200 characters at the most.
    pub first_line: String,
    /// Whether that is a draft.
    pub is_draft: bool,
}

/// A time in the time of this machine, shorter on the day of `?2`.
macro_rules! local {
    ($time:literal) => {
        concat!(
            "strftime(iif(date(",
            $time,
            " / 1000, 'unixepoch', 'localtime') = date(?2 / 1000, 'unixepoch', 'localtime'),
                '%H:%M', '%m-%d'), ",
            $time,
            " / 1000, 'unixepoch', 'localtime')"
        )
    };
}

/// The last message to each recipient: the index has the numbers of all of them in order.
const SENT: &str = concat!(
    "SELECT recipient, started, ",
    local!("started"),
    ", first_line
     FROM (SELECT max(id) AS id FROM sent GROUP BY recipient ORDER BY 1 DESC LIMIT ?1)
        JOIN sent USING (id) WHERE recipient <> '' ORDER BY id DESC"
);

const DRAFTS: &str = concat!(
    "SELECT recipient, updated, ",
    local!("updated"),
    ", first_line
     FROM draft WHERE deleted IS NULL AND recipient <> '' AND id IS NOT ?3
     ORDER BY updated DESC LIMIT ?1"
);

impl Store {
    /// To whom was written last, the newest first, at most so many of messages and of drafts each.
    /// A draft can be left out: the one that is being written.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn correspondents(
        &self,
        at_most: usize,
        but: Option<super::DraftId>,
        now: i64,
    ) -> Result<Vec<Correspondent>, StoreError> {
        let at_most = i64::try_from(at_most).unwrap_or(i64::MAX);
        let mut all = self.read(|connection, _| {
            let mut all = read(connection, SENT, params![at_most, now], false)?;
            let but = but.map(|id| id.0);
            all.extend(read(connection, DRAFTS, params![at_most, now, but], true)?);
            Ok(all)
        })?;
        all.sort_by_key(|known| std::cmp::Reverse(known.at));
        Ok(all)
    }
}

fn read(
    connection: &Connection,
    sql: &str,
    values: impl rusqlite::Params,
    is_draft: bool,
) -> Result<Vec<Correspondent>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let known = |row: &Row<'_>| {
        Ok(Correspondent {
            to: row.get(0)?,
            at: row.get(1)?,
            at_local: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
            first_line: row.get(3)?,
            is_draft,
        })
    };
    Ok(statement
        .query_map(values, known)?
        .collect::<Result<_, _>>()?)
}

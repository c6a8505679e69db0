//! Fact sheets are derived from books: made again behind every change, and in any case before a session begins.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use jiff::civil::Date;
use tokio::sync::Notify;
use ybz_domain::book::BookKind;
use ybz_domain::office::OfficeKind;

use crate::ErrorDto;
use crate::cases::snapshot;
use crate::cx::Cx;
use crate::node::{Inner, blocking};

use super::house;

/// Books rest for so long before their sheets are made: whoever marks a roll saves every few seconds.
const REST: Duration = Duration::from_millis(500);

/// Books that never come to rest have their sheets made after so many times that.
const RESTLESS: u32 = 20;

/// How far the sheets of this node's branches are behind its books.
#[derive(Debug, Default)]
pub(crate) struct Sheets {
    /// Counts what may change a sheet.
    touched: AtomicU64,
    /// The count and the day for which sheets were made last. Held while they are made.
    made: Mutex<Option<(u64, Date)>>,
    moved: Notify,
}

impl Sheets {
    /// Takes note of a change of the store.
    pub(crate) fn touch(&self, tags: &BTreeSet<String>) {
        let counts = |tag: &String| matches!(tag.as_str(), "trust" | "keys") || BookKind::try_from(tag.clone()).is_ok();
        if tags.iter().any(counts) {
            self.touched.fetch_add(1, Ordering::SeqCst);
            self.moved.notify_one();
        }
    }

    /// Ends a wait for changes.
    pub(super) fn wake(&self) {
        self.moved.notify_one();
    }
}

/// Makes the fact sheets of this node's branches current. Blocks on the disk.
pub(crate) fn refresh(inner: &Arc<Inner>) -> Result<(), ErrorDto> {
    let sheets = &inner.link.sheets;
    let mut made = sheets.made.lock().unwrap_or_else(PoisonError::into_inner);
    let now = (sheets.touched.load(Ordering::SeqCst), inner.today());
    if *made == Some(now) {
        return Ok(());
    }
    for office in inner.offices()? {
        let cx = Cx::of(inner, office)?;
        let branch = matches!(cx.kind(), OfficeKind::Branch | OfficeKind::GeneralBranch);
        if let Some(tree) = cx.tree().filter(|_| branch && cx.must_write().is_ok()) {
            for year in [cx.today.year() - 1, cx.today.year()] {
                snapshot::refresh_sheet(&cx, tree, year)?;
            }
        }
    }
    house::deliver(inner)?;
    *made = Some(now);
    Ok(())
}

/// Makes sheets whenever the books have come to rest after a change. Open sessions hear of a new sheet as of any change.
pub(super) async fn keep_current(node: Weak<Inner>) {
    loop {
        let Some(inner) = node.upgrade() else { return };
        let look = inner.clone();
        if let Err(error) = blocking(move || refresh(&look)).await {
            tracing::warn!(code = %error.code, "fact sheets are not current");
        }
        let sheets = Arc::clone(&inner.link.sheets);
        drop(inner);
        sheets.moved.notified().await;
        for _ in 0..RESTLESS {
            let seen = sheets.touched.load(Ordering::SeqCst);
            tokio::time::sleep(REST).await;
            if seen == sheets.touched.load(Ordering::SeqCst) {
                break;
            }
        }
    }
}

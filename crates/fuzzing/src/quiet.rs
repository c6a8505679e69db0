//! Panics that the product catches, such as automerge's on operations for nothing, are no findings and are not shown; the last
//! one is kept for the case that it was not caught.

use std::panic::PanicHookInfo;
use std::sync::{Mutex, PoisonError};

static LAST: Mutex<String> = Mutex::new(String::new());

/// From now on panics are kept in place of being shown.
pub(crate) fn begin() {
    std::panic::set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = info.to_string();
    }));
}

/// What the last panic said, and where.
pub(crate) fn last() -> String {
    LAST.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

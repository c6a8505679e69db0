//! What changed, for those who wait for it.

use std::collections::BTreeSet;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A tag: a book's kind (`up/visits`), or `trust`, `sync`, `drafts`, `settings`, `keys`, `joins`, `carriers`, `log`.
pub type Tags = BTreeSet<String>;

type Listener = Arc<dyn Fn(u64, &Tags) + Send + Sync>;

/// Counts changes and calls listeners.
#[derive(Default)]
pub(crate) struct Listeners {
    state: Mutex<State>,
    moved: Condvar,
    listeners: Mutex<Vec<Listener>>,
}

#[derive(Default)]
struct State {
    version: u64,
    /// The tags of the latest changes, with the version that each led to.
    recent: std::collections::VecDeque<(u64, Tags)>,
}

/// Changes kept for those who ask later; who comes too late must take everything as changed.
const RECENT: usize = 256;

/// What changed since a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The version now.
    pub version: u64,
    /// What changed; none when that is no longer known, so that everything may have.
    pub tags: Option<Tags>,
}

impl Listeners {
    pub(crate) fn add(&self, listener: Listener) {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(listener);
    }

    pub(crate) fn tell(&self, tags: Tags) {
        if tags.is_empty() {
            return;
        }
        let version = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.version += 1;
            let version = state.version;
            state.recent.push_back((version, tags.clone()));
            if state.recent.len() > RECENT {
                state.recent.pop_front();
            }
            version
        };
        self.moved.notify_all();
        // Called without the lock, so that a listener may call back.
        let listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for listener in listeners {
            listener(version, &tags);
        }
    }

    pub(crate) fn version(&self) -> u64 {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).version
    }

    pub(crate) fn wait(&self, since: u64, timeout: Duration) -> Changed {
        let deadline = Instant::now() + timeout;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.version <= since {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            state = self.moved.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        let known = state.recent.front().is_none_or(|(first, _)| *first <= since + 1);
        let later = state.recent.iter().filter(|(version, _)| *version > since);
        let tags = known.then(|| later.flat_map(|(_, tags)| tags.iter().cloned()).collect());
        Changed { version: state.version, tags }
    }
}

//! The feed of changes: what `changes.wait` answers, so that screens ask again exactly what changed.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::dto::node::{Changes, WaitInput};

/// Steps kept; who slept longer asks everything again.
const KEPT: usize = 256;
/// Longest wait.
const LONGEST: Duration = Duration::from_secs(25);

#[derive(Debug, Default)]
struct State {
    cursor: u64,
    steps: VecDeque<(u64, BTreeSet<String>)>,
}

/// Tags that changed, in order.
#[derive(Debug, Default)]
pub(crate) struct Feed {
    state: Mutex<State>,
    notify: Notify,
}

impl Feed {
    /// Tells everyone who waits.
    pub(crate) fn publish(&self, tags: impl IntoIterator<Item = impl Into<String>>) {
        let tags: BTreeSet<String> = tags.into_iter().map(Into::into).collect();
        if tags.is_empty() {
            return;
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.cursor += 1;
        let cursor = state.cursor;
        state.steps.push_back((cursor, tags));
        if state.steps.len() > KEPT {
            state.steps.pop_front();
        }
        drop(state);
        self.notify.notify_waiters();
    }

    fn since(&self, cursor: u64) -> Option<Changes> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.cursor == cursor {
            return None;
        }
        let oldest = state.steps.front().map_or(0, |(at, _)| *at);
        let lost = cursor > state.cursor || cursor + 1 < oldest;
        let tags = if lost {
            vec!["*".to_owned()]
        } else {
            let all: BTreeSet<&String> =
                state.steps.iter().filter(|(at, _)| *at > cursor).flat_map(|(_, tags)| tags).collect();
            all.into_iter().cloned().collect()
        };
        Some(Changes { cursor: state.cursor, tags })
    }

    /// Answers at once when something changed after the cursor, else when it does or the time is up. The cursor 0 learns
    /// where the feed stands.
    pub(crate) async fn wait(&self, input: WaitInput) -> Changes {
        let deadline = Duration::from_millis(input.timeout_ms.into()).min(LONGEST);
        let wait = async {
            loop {
                let notified = self.notify.notified();
                if let Some(changes) = self.since(input.cursor) {
                    return changes;
                }
                notified.await;
            }
        };
        let late = |_| Changes { cursor: input.cursor, tags: Vec::new() };
        tokio::time::timeout(deadline, wait).await.unwrap_or_else(late)
    }
}

/// Tags of queries that read a kind of book.
pub(crate) fn tags_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "up/roster" => &["member", "session", "dues", "conflict", "sync"],
        "up/meetings" => &["session", "conflict", "sync"],
        "up/dues" => &["dues", "conflict", "sync"],
        "up/visits" => &["visit", "concern", "conflict", "sync"],
        "up/tasks" | "down/dispatch" => &["checklist", "concern", "flow", "member", "conflict", "sync"],
        "own/households" => &["household", "visit", "dues", "conflict"],
        "own/private" => &["visit", "concern", "conflict"],
        "own/desk" => &["alike", "flow", "checklist", "concern", "member", "conflict"],
        _ => &["sync"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_waiter_hears_of_what_changed_after_its_cursor_and_of_nothing_else() {
        let feed = Feed::default();
        feed.publish(["visit"]);
        let first = feed.wait(WaitInput { cursor: 0, timeout_ms: 1000 }).await;
        assert_eq!(first.tags, ["visit"]);
        let idle = feed.wait(WaitInput { cursor: first.cursor, timeout_ms: 0 }).await;
        assert!(idle.tags.is_empty(), "nothing changed since");
        let (woken, ()) = tokio::join!(feed.wait(WaitInput { cursor: first.cursor, timeout_ms: 20_000 }), async {
            feed.publish(["dues"]);
        });
        assert_eq!(woken.tags, ["dues"]);
    }

    #[tokio::test]
    async fn who_slept_too_long_asks_everything_again() {
        let feed = Feed::default();
        for _ in 0..=KEPT {
            feed.publish(["visit"]);
        }
        assert_eq!(feed.wait(WaitInput { cursor: 0, timeout_ms: 0 }).await.tags, ["*"]);
    }
}

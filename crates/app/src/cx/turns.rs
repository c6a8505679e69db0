//! Work that is done one after the other, and once more whenever somebody asked for it meanwhile.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Whose turn it is. Whoever asks while another is at it goes on at once: what was asked for is done by that one, who looks again.
/// So work may bring about that it is asked for again, on its own thread.
#[derive(Default)]
pub(super) struct Turns {
    asked: AtomicU64,
    turn: Mutex<()>,
}

impl Turns {
    /// Does the work until nobody has asked since it began.
    ///
    /// # Errors
    /// Those of the work.
    pub(super) fn take<E>(&self, work: impl Fn() -> Result<(), E>) -> Result<(), E> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        loop {
            let turn = match self.turn.try_lock() {
                Ok(turn) => turn,
                Err(std::sync::TryLockError::Poisoned(turn)) => turn.into_inner(),
                Err(std::sync::TryLockError::WouldBlock) => return Ok(()),
            };
            let begun = self.asked.load(Ordering::SeqCst);
            work()?;
            drop(turn);
            // After the turn was given away: who asks from here on gets it.
            if self.asked.load(Ordering::SeqCst) == begun {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn what_is_asked_for_while_it_is_done_is_done_again_and_never_within() {
        let turns = Turns::default();
        let told = RefCell::new(Vec::new());
        let tell = |word: &'static str| told.borrow_mut().push(word);
        let work = || -> Result<(), &str> {
            tell("begins");
            if told.borrow().len() == 1 {
                turns.take(|| {
                    tell("within");
                    Ok::<(), &str>(())
                })?;
            }
            tell("ends");
            Ok(())
        };
        turns.take(work).unwrap();
        assert_eq!(told.take(), ["begins", "ends", "begins", "ends"]);
        assert_eq!(turns.take(|| Err("fails")), Err("fails"));
        turns.take(work).unwrap();
        assert_eq!(told.take().len(), 4, "who failed gave the turn back");
    }
}

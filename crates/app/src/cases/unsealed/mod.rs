//! What was opened of sealed records. Lists by sealed names open all of them, and most of what asks comes while nothing in them
//! has changed.
//!
//! **Invariant:** what was opened is kept in memory alone, for an office at a time of which a caller sees the private books. It is
//! overwritten and gone with the first change of a key, of a book or of the people it is made of, and whenever somebody else sits
//! down or a seat is locked.

pub(crate) mod homes;
mod line;
pub(crate) mod links;
mod opener;

use std::any::{Any, TypeId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ybz_domain::book::BookKind;
use ybz_domain::ids::OfficeId;

use crate::cx::Cx;
use crate::error::Answer;

pub(crate) use line::{Line, Lines, Wipe, page_of, said};
pub(crate) use opener::Opener;

/// Something that was put together of opened records.
pub(crate) trait Opened: Any + Send + Sync + Sized {
    /// Kinds of books of which it is made, beside those of the households' identities.
    const MADE_OF: &'static [&'static str];

    /// Puts it together, as far as it opens here.
    ///
    /// # Errors
    /// Those of reading.
    fn open(cx: &Cx<'_>) -> Answer<Self>;
}

/// Changes that concern whatever was opened.
const ALWAYS: [&str; 3] = ["keys", "trust", "own/households"];

struct Kept {
    made_of: &'static [&'static str],
    what: Arc<dyn Any + Send + Sync>,
}

#[derive(Default)]
struct State {
    /// Goes on with every change.
    turn: u64,
    /// When each of the store's tags was told last.
    told: BTreeMap<String, u64>,
    /// When everything was given up last.
    forgot: u64,
    kept: BTreeMap<(OfficeId, TypeId), Kept>,
}

impl State {
    /// Whether nothing changed of what something is made of since it was begun: else nobody knows what of it was read before.
    fn stands(&self, made_of: &[&str], begun: u64) -> bool {
        let told = |tag: &&str| self.told.get(*tag).is_some_and(|turn| *turn > begun);
        self.forgot <= begun && !ALWAYS.iter().chain(made_of).any(told)
    }
}

/// What was opened, by office and sort.
#[derive(Default)]
pub(crate) struct Unsealed(Mutex<State>);

impl Unsealed {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The books changed, as the store tells it: by kind of book, or that keys, people or offices changed.
    pub(crate) fn changed(&self, tags: &BTreeSet<String>) {
        let mut state = self.state();
        state.turn += 1;
        let turn = state.turn;
        state.told.extend(tags.iter().map(|tag| (tag.clone(), turn)));
        let told = |tag: &&str| tags.contains(*tag);
        let all = ALWAYS.iter().any(told);
        state.kept.retain(|_, one| !all && !one.made_of.iter().any(told));
    }

    /// Gives up everything: somebody else sits down, or nobody.
    pub(crate) fn forget(&self) {
        let mut state = self.state();
        state.turn += 1;
        state.forgot = state.turn;
        state.kept.clear();
    }

    /// What is kept, or the turn at which it is begun to be opened.
    fn get<T: Opened>(&self, office: OfficeId) -> Result<Arc<T>, u64> {
        let state = self.state();
        let kept = state.kept.get(&(office, TypeId::of::<T>()));
        kept.and_then(|one| Arc::clone(&one.what).downcast().ok()).ok_or(state.turn)
    }

    fn keep<T: Opened>(&self, office: OfficeId, what: Arc<T>, begun: u64) {
        let mut state = self.state();
        if state.stands(T::MADE_OF, begun) {
            state.kept.insert((office, TypeId::of::<T>()), Kept { made_of: T::MADE_OF, what });
        }
    }
}

/// What was opened for this office: as it is kept, or opened now.
pub(crate) fn opened<T: Opened>(cx: &Cx<'_>) -> Answer<Arc<T>> {
    // Whoever does not see them, or may not open them yet, gets what reading lets through, which is nothing for anybody else.
    if !cx.sees(&BookKind::households()) || cx.must_open_private().is_err() {
        return Ok(Arc::new(T::open(cx)?));
    }
    let unsealed = &cx.node.unsealed;
    let begun = match unsealed.get(cx.office) {
        Ok(known) => return Ok(known),
        Err(begun) => begun,
    };
    let what = Arc::new(T::open(cx)?);
    unsealed.keep(cx.office, Arc::clone(&what), begun);
    Ok(what)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Word(&'static str);

    impl Opened for Word {
        const MADE_OF: &'static [&'static str] = &["own/private"];

        fn open(_: &Cx<'_>) -> Answer<Self> {
            Ok(Self("opened"))
        }
    }

    fn tags(words: &[&str]) -> BTreeSet<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    const OFFICE: OfficeId = OfficeId([1; 16]);

    fn kept(unsealed: &Unsealed) -> Option<&'static str> {
        unsealed.get::<Word>(OFFICE).ok().map(|word| word.0)
    }

    fn begun(unsealed: &Unsealed) -> u64 {
        unsealed.get::<Word>(OFFICE).err().expect("nothing is kept")
    }

    #[test]
    fn what_was_opened_goes_with_keys_households_people_and_what_it_is_made_of_and_with_nothing_else() {
        let unsealed = Unsealed::default();
        for tag in ["keys", "trust", "own/households", "own/private"] {
            unsealed.keep(OFFICE, Arc::new(Word("kept")), begun(&unsealed));
            assert_eq!(kept(&unsealed), Some("kept"));
            assert!(unsealed.get::<Word>(OfficeId([2; 16])).is_err(), "of another office");
            unsealed.changed(&tags(&["sync", tag]));
            assert_eq!(kept(&unsealed), None, "{tag}");
        }
        unsealed.keep(OFFICE, Arc::new(Word("kept")), begun(&unsealed));
        unsealed.changed(&tags(&["up/dues", "log"]));
        assert_eq!(kept(&unsealed), Some("kept"));
        unsealed.forget();
        assert_eq!(kept(&unsealed), None);
    }

    #[test]
    fn what_changed_while_it_was_opened_is_not_kept() {
        let unsealed = Unsealed::default();
        let turn = begun(&unsealed);
        unsealed.changed(&tags(&["log", "up/dues"]));
        unsealed.keep(OFFICE, Arc::new(Word("nothing of it changed")), turn);
        assert!(kept(&unsealed).is_some());
        for change in ["own/private", "keys"] {
            unsealed.forget();
            let turn = begun(&unsealed);
            unsealed.changed(&tags(&[change]));
            unsealed.keep(OFFICE, Arc::new(Word("too late")), turn);
            assert_eq!(kept(&unsealed), None, "{change}");
        }
        let turn = begun(&unsealed);
        unsealed.forget();
        unsealed.keep(OFFICE, Arc::new(Word("somebody else sits there")), turn);
        assert_eq!(kept(&unsealed), None);
    }
}

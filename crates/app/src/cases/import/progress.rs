//! How far an import is, for whoever started it and may call it off.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::ErrorDto;
use crate::dto::Nothing;
use crate::dto::import::{ImportProgress, ImportStage, ImportToken};
use crate::error::Answer;
use crate::node::Inner;

/// Characters of a token.
const TOKEN: usize = 64;

/// One import on its way.
#[derive(Debug, Default)]
struct Run {
    stage: AtomicU32,
    done: AtomicU32,
    total: AtomicU32,
    cancelled: AtomicBool,
}

/// Imports on their way, by the token under which they are asked for.
static RUNS: Mutex<BTreeMap<String, Arc<Run>>> = Mutex::new(BTreeMap::new());

const STAGES: [ImportStage; 4] =
    [ImportStage::Reading, ImportStage::Comparing, ImportStage::Preparing, ImportStage::Writing];

/// An import on its way, until it is dropped.
#[derive(Debug)]
pub(super) struct Watched {
    token: Option<String>,
    run: Arc<Run>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        if let Some(token) = &self.token {
            RUNS.lock().unwrap_or_else(PoisonError::into_inner).remove(token);
        }
    }
}

impl Watched {
    /// Begins; without a token nobody asks.
    ///
    /// # Errors
    /// `invalid_input` for a token that is too long or taken.
    pub(super) fn begin(token: Option<&str>) -> Answer<Self> {
        let run = Arc::new(Run::default());
        let token = token.filter(|token| !token.is_empty()).map(str::to_owned);
        if let Some(token) = &token {
            let mut runs = RUNS.lock().unwrap_or_else(PoisonError::into_inner);
            if token.chars().count() > TOKEN || runs.contains_key(token) {
                return Err(ErrorDto::new("invalid_input").at("token"));
            }
            runs.insert(token.clone(), run.clone());
        }
        Ok(Self { token, run })
    }

    /// Goes on to a stage with so many steps.
    pub(super) fn stage(&self, stage: ImportStage, total: usize) -> Answer<()> {
        let place = STAGES.iter().position(|one| *one == stage).unwrap_or_default();
        self.run.total.store(u32::try_from(total).unwrap_or(u32::MAX), Ordering::Relaxed);
        self.run.done.store(0, Ordering::Relaxed);
        self.run.stage.store(u32::try_from(place).unwrap_or_default(), Ordering::Relaxed);
        self.go_on()
    }

    /// One step is done.
    ///
    /// # Errors
    /// `import_cancelled` once it was called off.
    pub(super) fn step(&self) -> Answer<()> {
        self.run.done.fetch_add(1, Ordering::Relaxed);
        self.go_on()
    }

    /// Whether it was not called off.
    pub(super) fn goes_on(&self) -> bool {
        !self.run.cancelled.load(Ordering::Relaxed)
    }

    fn go_on(&self) -> Answer<()> {
        if self.goes_on() { Ok(()) } else { Err(ErrorDto::new("import_cancelled")) }
    }
}

fn find(token: &str) -> Option<Arc<Run>> {
    RUNS.lock().unwrap_or_else(PoisonError::into_inner).get(token).cloned()
}

/// `import.progress`
pub(crate) fn progress(_: &Arc<Inner>, input: ImportToken) -> Answer<ImportProgress> {
    let Some(run) = find(&input.token) else {
        return Ok(ImportProgress { running: false, stage: ImportStage::Reading, done: 0, total: 0 });
    };
    let place = usize::try_from(run.stage.load(Ordering::Relaxed)).unwrap_or_default();
    Ok(ImportProgress {
        running: true,
        stage: STAGES.get(place).copied().unwrap_or(ImportStage::Reading),
        done: run.done.load(Ordering::Relaxed),
        total: run.total.load(Ordering::Relaxed),
    })
}

/// `import.cancel`: nothing of it is written.
pub(crate) fn cancel(_: &Arc<Inner>, input: ImportToken) -> Answer<Nothing> {
    if let Some(run) = find(&input.token) {
        run.cancelled.store(true, Ordering::Relaxed);
    }
    Ok(Nothing {})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_is_told_until_it_ends_and_stops_when_it_is_called_off() {
        let watched = Watched::begin(Some("token of this test")).unwrap();
        assert!(Watched::begin(Some("token of this test")).is_err(), "taken");
        watched.stage(ImportStage::Preparing, 3).unwrap();
        watched.step().unwrap();
        let run = find("token of this test").unwrap();
        assert_eq!((run.done.load(Ordering::Relaxed), run.total.load(Ordering::Relaxed)), (1, 3));
        run.cancelled.store(true, Ordering::Relaxed);
        assert_eq!(watched.step().unwrap_err().code, "import_cancelled");
        drop(watched);
        assert!(find("token of this test").is_none());
        assert!(Watched::begin(Some(&"x".repeat(65))).is_err());
        assert!(Watched::begin(None).unwrap().step().is_ok());
    }
}

//! Concerns that are kept here and not handed in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ybz_domain::book::BookKind;
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::visit::{CONCERN, KEPT_CONCERN, KeptConcern, VISIT};
use ybz_store::RecordQuery;
use zeroize::Zeroize;

use super::handed_id;
use crate::cases::conflict;
use crate::cases::unsealed::{self, Line, Lines, Opened, Opener, Wipe};
use crate::cx::{Cx, Stored};
use crate::dto::concern::{ConcernRow, ConcernState};
use crate::error::Answer;

/// A kept concern as opened.
pub(crate) struct OneKept {
    pub(crate) id: RecordId,
    /// Its visit's id.
    pub(crate) visit: String,
    pub(crate) concern: KeptConcern,
    conflict: bool,
}

impl OneKept {
    pub(super) fn of(cx: &Cx<'_>, stored: &Stored, concern: KeptConcern) -> Answer<Self> {
        let visit = stored.view.str("ref").to_owned();
        Ok(Self { id: stored.view.id, visit, concern, conflict: conflict::waits(cx, stored)? })
    }

    /// As lists show it; its date is that of its visit.
    pub(crate) fn row(&self, cx: &Cx<'_>, date: &str) -> ConcernRow {
        let kept = self.concern.clone();
        ConcernRow {
            id: self.id.to_string(),
            office: cx.office.to_string(),
            office_name: cx.office_name(),
            date: date.to_owned(),
            category: kept.category,
            text: kept.text,
            private_note: kept.private_note,
            next_step: kept.next_step,
            owner: kept.owner,
            deadline: (!kept.deadline.is_empty()).then_some(kept.deadline),
            unit: kept.unit,
            state: ConcernState::Kept,
            visit: self.visit.clone(),
            progress: Vec::new(),
            answers: Vec::new(),
            answerable: false,
            conflict: self.conflict,
            answered_with: Vec::new(),
        }
    }
}

impl Wipe for OneKept {
    fn wipe(&mut self) {
        let KeptConcern { category, text, private_note, next_step, owner, deadline, unit } = &mut self.concern;
        [category, text, private_note, next_step, owner, deadline, unit].into_iter().for_each(Zeroize::zeroize);
    }
}

impl Opened for Lines<OneKept> {
    const MADE_OF: &'static [&'static str] = &["own/private"];

    fn open(cx: &Cx<'_>) -> Answer<Self> {
        let opener = Opener::new(cx)?;
        let mut lines = Vec::new();
        for stored in cx.records(KEPT_CONCERN, None)? {
            let Some(concern) = opener.open_own(&stored) else { continue };
            let row = OneKept::of(cx, &stored, concern)?;
            lines.push(Line { said: String::new(), row, year: stored.book.year });
        }
        Ok(Self(lines))
    }
}

/// Those that were not handed in.
pub(crate) struct Kept {
    all: Arc<Lines<OneKept>>,
    /// Days of their visits and places among all, newest first.
    order: Vec<(String, usize)>,
}

impl Kept {
    /// Of books of a year, or of all.
    pub(crate) fn load(cx: &Cx<'_>, year: Option<i16>) -> Answer<Self> {
        let all = unsealed::opened::<Lines<OneKept>>(cx)?;
        let mut order = Vec::new();
        if !all.0.is_empty() {
            let rows = |rtype: &str| cx.rows(BookKind::visits(), RecordQuery::of_type(rtype));
            let handed: BTreeSet<RecordId> = rows(CONCERN)?.into_iter().map(|(id, _)| id).collect();
            let days: BTreeMap<String, String> =
                rows(VISIT)?.into_iter().map(|(id, row)| (id.to_string(), row.date)).collect();
            for (place, line) in all.0.iter().enumerate() {
                if (year.is_none() || line.year == year) && !handed.contains(&handed_id(&line.row.id)) {
                    order.push((days.get(&line.row.visit).cloned().unwrap_or_default(), place));
                }
            }
        }
        let id = |place: &usize| all.0.get(*place).map(|line| line.row.id);
        order.sort_by(|(a_day, a), (b_day, b)| (b_day, id(b)).cmp(&(a_day, id(a))));
        Ok(Self { all, order })
    }

    /// Each with the day of its visit, newest first.
    pub(crate) fn newest(&self) -> impl Iterator<Item = (&str, &OneKept)> {
        self.order.iter().filter_map(|(day, place)| Some((day.as_str(), &self.all.0.get(*place)?.row)))
    }

    /// All of them as lists show them, newest first.
    pub(crate) fn rows(&self, cx: &Cx<'_>) -> Vec<ConcernRow> {
        self.newest().map(|(day, one)| one.row(cx, day)).collect()
    }
}

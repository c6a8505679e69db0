//! 时限: the day by which something is due, counted in days or months from an event, and whether it was met.

use std::collections::BTreeSet;

use jiff::Span;
use jiff::civil::Date;

use super::course::Course;
use super::spec::Deadline;
use crate::ids::RecordId;

/// A deadline that runs or ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub deadline: String,
    /// The day from which it is counted.
    pub from: Date,
    /// The day by which it is due.
    pub by: Date,
    /// The day on which the last of what it asks for was done.
    pub met_on: Option<Date>,
    /// Days that were set without knowing of each other differ: the earliest counts.
    pub disputed: bool,
}

/// How a deadline stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueState {
    /// So many days are left; 0: today is the last.
    Ahead(i32),
    /// Not done, so many days ago.
    Overdue(i32),
    /// Done in time.
    Met,
    /// Done so many days after.
    Late(i32),
}

impl Due {
    /// How it stands on a day. What counts is when things happened, never when they were entered.
    pub fn on(&self, today: Date) -> DueState {
        let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
        match self.met_on {
            Some(met) if met > self.by => DueState::Late(days(self.by, met)),
            Some(_) => DueState::Met,
            None if today > self.by => DueState::Overdue(days(self.by, today)),
            None => DueState::Ahead(days(today, self.by)),
        }
    }
}

/// So many months later; a day that does not exist becomes the month's last.
pub fn months_after(day: Date, months: u32) -> Option<Date> {
    day.checked_add(Span::new().try_months(i64::from(months)).ok()?).ok()
}

/// So many days later.
pub fn days_after(day: Date, days: u32) -> Option<Date> {
    day.checked_add(Span::new().try_days(i64::from(days)).ok()?).ok()
}

/// A beginning of a deadline: the event, none for the item's own day, with its day and the day that is set for the end.
struct Begun {
    by_event: Option<RecordId>,
    on: Date,
    due: Date,
    disputed: bool,
}

impl Course<'_> {
    /// Every deadline that has begun, in the order of the template. `start` and `given` are the item's own day and the day
    /// that it sets, ISO or empty.
    pub fn deadlines(&self, start: &str, given: &str) -> Vec<Due> {
        self.flow.deadlines.iter().filter_map(|deadline| self.deadline(deadline, start, given)).collect()
    }

    /// The deadline that runs in the state in which the item is.
    pub fn running(&self, start: &str, given: &str) -> Option<Due> {
        let state = self.flow.state(&self.state)?;
        self.deadline(self.flow.deadline(&state.deadline)?, start, given)
    }

    fn deadline(&self, deadline: &Deadline, start: &str, given: &str) -> Option<Due> {
        let begun = self.begun(deadline, start, given);
        // Begun by two without knowing of each other: the earlier end counts.
        let first = begun.iter().min_by_key(|one| (one.due, one.on))?;
        let disputed = begun.iter().any(|one| one.due != first.due || one.disputed);
        let saw = |id: &RecordId| begun.iter().all(|one| one.by_event.is_none_or(|by| self.causal.saw(id, &by)));
        // One that comes again is never over.
        let mut met_on = Some(first.on).filter(|_| !deadline.repeats);
        for kind in deadline.met_by.iter().filter_map(|kind| self.flow.event(kind)) {
            let done = self.standing(kind);
            let days = done.keys().filter(|id| saw(id)).filter_map(|id| self.day_of(id));
            // Entered twice, the first day counts.
            met_on = match (met_on, days.min()) {
                (Some(so_far), Some(day)) => Some(so_far.max(day)),
                _ => None,
            };
        }
        Some(Due { deadline: deadline.id.clone(), from: first.on, by: first.due, met_on, disputed })
    }

    fn begun(&self, deadline: &Deadline, start: &str, given: &str) -> Vec<Begun> {
        let mut out = Vec::new();
        if deadline.from == "start" {
            let on = start.parse::<Date>().ok();
            out.extend(on.and_then(|on| self.begin(deadline, None, on, given)));
        } else {
            let of = self.made.iter().filter(|(_, made)| made.kind == deadline.from);
            let last = self.causal.tips(&of.map(|(id, made)| (*id, made.clone())).collect());
            for id in last.keys() {
                let said = self.causal.event(id).map(|event| event.due.as_str()).unwrap_or_default();
                out.extend(self.day_of(id).and_then(|on| self.begin(deadline, Some(*id), on, said)));
            }
        }
        out
    }

    fn begin(&self, deadline: &Deadline, by_event: Option<RecordId>, on: Date, said: &str) -> Option<Begun> {
        let turn = if deadline.repeats { self.times(deadline, by_event) + 1 } else { 1 };
        let length = match (deadline.months, deadline.days) {
            (Some(months), _) => months_after(on, months.saturating_mul(turn)),
            (None, Some(days)) => days_after(on, days.saturating_mul(turn)),
            (None, None) => None,
        };
        let set = said.parse::<Date>().ok().filter(|_| deadline.given);
        // Moved by a later event, as far as the mover knew of this beginning.
        let extends = |id: &&RecordId| {
            let kind = self.made.get(*id).and_then(|made| self.flow.event(&made.kind));
            kind.is_some_and(|kind| kind.extends == deadline.id) && by_event.is_none_or(|by| self.causal.saw(id, &by))
        };
        let moved = self.made.keys().filter(extends).map(|id| (*id, ())).collect();
        let days: BTreeSet<Date> =
            self.causal.tips(&moved).keys().filter_map(|id| self.causal.event(id)?.due.parse().ok()).collect();
        let due = days.first().copied().or(set).or(length)?;
        Some(Begun { by_event, on, due, disputed: days.len() > 1 })
    }

    /// How often a repeating deadline was met since it began.
    fn times(&self, deadline: &Deadline, by_event: Option<RecordId>) -> u32 {
        let kinds = deadline.met_by.iter().filter_map(|kind| self.flow.event(kind));
        let done = kinds.flat_map(|kind| self.standing(kind).into_keys());
        let since = done.filter(|id| by_event.is_none_or(|by| self.causal.saw(id, &by)));
        u32::try_from(since.count()).unwrap_or(u32::MAX - 1)
    }

    fn day_of(&self, id: &RecordId) -> Option<Date> {
        self.causal.event(id)?.on.parse().ok()
    }
}

#[cfg(test)]
mod tests;

//! Books that ended by order: what this device wrote into them and nobody copied is carried over under its own name, and
//! then they are destroyed here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, TryLockError};

use ybz_domain::book::{BookKey, COPIED, RecordOp, RecordView, Value};
use ybz_domain::ids::{ActorId, ChangeHash, DeviceId, RecordId};
use ybz_domain::trust::{Membership, Reader, Renewal, may_write};
use ybz_store::{DropBook, OwnWork, StoreError};

use crate::cases::org::must_keep;
use crate::cases::redact;
use crate::cx::{Cx, Edits};
use crate::error::Answer;
use crate::node::{Inner, store_error};

/// Carries out every order for a new generation that is known and not done yet. One that cannot be carried out holds up no
/// other.
pub(crate) fn settle(inner: &Arc<Inner>) -> Answer<()> {
    let membership = inner.store.membership().map_err(store_error)?;
    if membership.renewals.is_empty() {
        return Ok(());
    }
    let mut done = Ok(());
    let books = inner.store.read(|reader| reader.books()).map_err(store_error)?;
    for info in books.into_iter().filter(|info| !membership.is_current(&info.key)) {
        if inner.store.dropped(&info.id).map_err(store_error)?.is_none() {
            done = done.and(end(inner, &membership, &info.key));
        }
    }
    done.and(repeat(inner, &membership))
}

/// How a book ended.
struct Ending<'m> {
    /// The order that stands: it replaced the book, or it stands where the way to the book parted from it.
    stands: &'m Renewal,
    /// The order that made the book and does not stand.
    made: Option<&'m Renewal>,
}

impl<'m> Ending<'m> {
    /// None as long as the order is not known by which it ended.
    fn of(membership: &'m Membership, key: &BookKey) -> Option<Self> {
        let first = BookKey { generation: 0, ..key.clone() };
        let replaced = membership.renewals_from(&first).into_iter().find(|renewal| renewal.from == *key);
        if let Some(stands) = replaced {
            return Some(Self { stands, made: None });
        }
        let (made, stands) = membership.void_renewals(key).into_iter().find(|(made, _)| made.to == *key)?;
        Some(Self { stands, made: Some(made) })
    }

    /// What was to be taken out by any order since.
    fn left_out(&self, membership: &Membership) -> BTreeSet<(RecordId, String)> {
        let standing = membership.renewals_from(&self.stands.from);
        let since = |fork: &Renewal| standing.iter().any(|renewal| renewal.order == fork.order);
        let void = membership.void_renewals(&self.stands.from);
        let void = void.into_iter().filter(|(_, fork)| since(fork)).flat_map(|(order, _)| &order.without);
        standing.iter().flat_map(|renewal| &renewal.without).chain(void).cloned().collect()
    }

    /// Whether the copies in the book hold work that the standing order did not copy.
    fn has_more(&self) -> bool {
        self.made.is_some_and(|made| made.from != self.stands.from || beyond(made, self.stands))
    }

    /// Whether the standing order copied work that the way to the book lacks.
    fn has_less(&self, membership: &Membership) -> bool {
        let mut parted = membership.overruled.iter().filter(|order| order.from == self.stands.from);
        parted.any(|order| beyond(self.stands, order))
    }
}

/// Whether an order copied changes that another one of the same book did not.
fn beyond(one: &Renewal, other: &Renewal) -> bool {
    one.covers.iter().any(|(actor, seq)| !other.covers(actor, *seq))
}

fn end(inner: &Arc<Inner>, membership: &Membership, key: &BookKey) -> Answer<()> {
    let Some(ending) = Ending::of(membership, key) else { return Ok(()) };
    let cx = Cx::of(inner, key.office)?;
    let target = membership.current(key.clone());
    let none = |_: &ActorId, _: u64| false;
    let covered = |actor: &ActorId, seq: u64| ending.stands.covers(actor, seq);
    let copied: &dyn Fn(&ActorId, u64) -> bool = if ending.made.is_some() { &none } else { &covered };
    let kept = inner.offices()?.contains(&key.office);
    let work = if kept {
        inner.store.own_work(&key.id(), copied).map_err(store_error)?
    } else {
        // Somebody else's book: the order says destroy, and the new one comes from whoever writes it.
        let heads = inner.store.heads(&key.id()).map_err(store_error)?;
        Some(OwnWork { heads, whole: true, ..OwnWork::default() })
    };
    let Some(work) = work else { return Ok(()) };
    // Who retires names its last changes: none may slip in behind them.
    let _writes = match inner.writing.try_read() {
        Ok(writes) => writes,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => return Ok(()),
    };
    let cx = cx.anew()?;
    let me = Reader { office: key.writer(), device: cx.device().id() };
    let mine = kept && may_write(cx.membership(), me, &target) && cx.must_write().is_ok();
    let mut edits = Edits::default();
    if kept && (mine || !work.records.is_empty() || !work.whole) {
        if !work.whole || !is_here(inner, &target)? {
            return Ok(());
        }
        let carrying = Carrying {
            cx: &cx,
            target: &target,
            actors: &work.actors,
            left_out: ending.left_out(membership),
            overruled: ending.made.is_some(),
            has_more: ending.has_more(),
            has_less: ending.has_less(membership),
        };
        let mut tally = Tally::default();
        for (view, fields) in &work.records {
            carrying.carry(&mut edits, &mut tally, view, fields)?;
        }
        // What this device may bring nowhere is not destroyed either.
        if tally.carried > 0 && !mine {
            return Ok(());
        }
        if tally.dropped > 0 {
            let count = tally.dropped.to_string();
            edits.log("redacted_edits_dropped", &[("book", key.kind.to_string()), ("count", count)]);
        }
    }
    let last = if ending.made.is_some() { work.heads.clone() } else { ending.stands.heads.clone() };
    edits.drop_book(DropBook { key: key.clone(), heads: last, seen: work.heads, on: cx.today_text() });
    match cx.commit_carried(edits) {
        // It is looked at again after the change that came between.
        Ok(()) | Err(StoreError::Moved(_)) => Ok(()),
        Err(error) => Err(store_error(error)),
    }
}

/// The new generation is here and read in.
fn is_here(inner: &Arc<Inner>, target: &BookKey) -> Answer<bool> {
    let info = inner.store.read(|reader| reader.book(&target.id())).map_err(store_error)?;
    Ok(info.is_some_and(|info| info.changes > 0 && info.unread == 0))
}

/// What became of the work that was looked at.
#[derive(Default)]
struct Tally {
    /// Steps into the new generation.
    carried: u32,
    /// Fields that were left out.
    dropped: u32,
}

/// Brings this device's work on a book that ended into the generation that stands.
struct Carrying<'a> {
    cx: &'a Cx<'a>,
    target: &'a BookKey,
    actors: &'a BTreeSet<ActorId>,
    left_out: BTreeSet<(RecordId, String)>,
    /// The book was made by an order that does not stand.
    overruled: bool,
    has_more: bool,
    has_less: bool,
}

impl Carrying<'_> {
    /// Adds the steps for one record. Fields that were taken out are left out.
    fn carry(&self, edits: &mut Edits, tally: &mut Tally, view: &RecordView, fields: &BTreeSet<String>) -> Answer<()> {
        let Self { cx, target, actors, left_out, .. } = self;
        let id = view.id;
        // What the order copied and nobody wrote since.
        let copy = if self.overruled { copied_by(view) } else { None };
        let is_copied = |name: &str| {
            let values = view.fields.get(name).map(|field| field.values.as_slice()).unwrap_or_default();
            copy.is_some() && !values.is_empty() && values.iter().all(|seen| seen.change == copy)
        };
        let there = cx.node.store.read(|reader| reader.record(Some(&target.id()), &id)).map_err(store_error)?;
        let Some(there) = there else {
            if view.fields.keys().all(|name| is_copied(name)) && !self.has_more {
                return Ok(());
            }
            let kept = view.fields.iter().filter(|(name, _)| !left_out.contains(&(id, (*name).clone())));
            let fields = kept.filter_map(|(name, _)| Some((name.clone(), mine(view, name, actors)?))).collect();
            edits.push((*target).clone(), RecordOp::Create { id, rtype: view.rtype.clone(), fields });
            tally.carried += 1;
            return Ok(());
        };
        for field in fields.iter().filter(|field| *field != "type" && !field.starts_with("undecided/")) {
            let value = mine(view, field, actors);
            if is_copied(field) {
                let same = value.is_none() || there.view.get(field) == value.as_ref();
                let out = COPIED.contains(&field.as_str()) || left_out.contains(&(id, field.clone()));
                if same || out || !self.has_more || written_since(&there.view, field) {
                    continue;
                }
                // Which of the two is the later one nobody can tell any more.
                if self.has_less && there.view.fields.contains_key(field) {
                    tally.dropped += 1;
                    continue;
                }
            }
            if left_out.contains(&(id, field.clone())) {
                tally.dropped += 1;
                continue;
            }
            let field = field.clone();
            let merging = matches!(there.view.get(&field), Some(Value::Text(_)));
            let step = match value {
                Some(Value::Text(text)) if merging => RecordOp::EditText { id, field, text },
                // Merging texts are made with their record and nowhere else.
                Some(Value::Text(_)) => continue,
                Some(value) => RecordOp::Set { id, field, value },
                None if there.view.fields.contains_key(&field) => RecordOp::Clear { id, field },
                None => continue,
            };
            edits.push((*target).clone(), step);
            tally.carried += 1;
        }
        Ok(())
    }
}

/// The change in which an order copied a record; none for one that was made where it stands.
fn copied_by(view: &RecordView) -> Option<ChangeHash> {
    view.fields.get("copied/on")?.values.last()?.change
}

/// Whether somebody wrote a field after its record was copied.
fn written_since(view: &RecordView, field: &str) -> bool {
    let copy = copied_by(view);
    view.fields.get(field).is_some_and(|field| field.values.iter().any(|seen| seen.change != copy))
}

/// The value of a field that this device wrote; where none of the values is its own, the one that is shown.
fn mine(view: &RecordView, field: &str, actors: &BTreeSet<ActorId>) -> Option<Value> {
    let values = &view.fields.get(field)?.values;
    let own = values.iter().rev().find(|seen| actors.contains(&seen.actor)).or(values.last())?;
    (own.value != Value::Unknown).then(|| own.value.clone())
}

/// What an order that does not stand left out still stands in the generation that does: it is left out once more, by whoever
/// gave that order, or by any keeper once that one may order no more.
fn repeat(inner: &Arc<Inner>, membership: &Membership) -> Answer<()> {
    let mut seen = BTreeSet::new();
    let mut done = Ok(());
    for overruled in &membership.overruled {
        let target = membership.current(overruled.from.clone());
        if seen.insert(target.id()) {
            done = done.and(repeat_in(inner, membership, &target));
        }
    }
    done
}

fn repeat_in(inner: &Arc<Inner>, membership: &Membership, target: &BookKey) -> Answer<()> {
    if !inner.offices()?.contains(&target.office) || !is_here(inner, target)? {
        return Ok(());
    }
    let cx = Cx::of(inner, target.office)?;
    if must_keep(&cx).is_err() {
        return Ok(());
    }
    let me = cx.device().id();
    let orders = |device: &DeviceId| {
        let held = membership.certificate(&target.office, device);
        held.is_some_and(|held| held.is_active() && !held.suspended && held.role.issues())
    };
    let mut again: BTreeMap<(RecordId, String), String> = BTreeMap::new();
    for (order, fork) in membership.void_renewals(target) {
        if order.by != me && orders(&order.by) {
            continue;
        }
        let since = membership.renewals_from(&fork.from);
        for left_out in &order.without {
            // Done by now; what was written there since is another text.
            if since.iter().any(|renewal| renewal.without.contains(left_out)) {
                continue;
            }
            let (id, field) = left_out;
            let there = inner.store.read(|reader| reader.record(Some(&target.id()), id)).map_err(store_error)?;
            let text = there.and_then(|there| there.view.get(field)?.as_str().map(str::to_owned));
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                again.insert(left_out.clone(), text);
            }
        }
    }
    if again.is_empty() {
        return Ok(());
    }
    // Whoever has the turn commits, and this is looked at again then.
    let _turn = match inner.issuing.try_lock() {
        Ok(turn) => turn,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => return Ok(()),
    };
    let cx = Cx::of(inner, target.office)?;
    if !cx.membership().is_current(target) {
        return Ok(());
    }
    let (again, words): (Vec<_>, Vec<_>) = again.into_iter().unzip();
    redact::renew(&cx, target, &again, &words).map(|_| ())
}

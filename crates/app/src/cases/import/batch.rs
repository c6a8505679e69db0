//! Steps gathered into as few changes as their quotas allow, and all changes into one commit: all of it is written, or nothing.

use std::collections::BTreeMap;

use ybz_domain::accept::{MAX_CHANGE_BYTES, MAX_CHANGE_OPS};
use ybz_domain::book::{BookKey, RecordOp, Value};

use crate::ErrorDto;
use crate::cx::{Cx, Edits, Names};
use crate::dto::import::ImportStage;
use crate::error::Answer;

use super::progress::Watched;

/// What a change of one book weighs, estimated from above.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Weight {
    ops: usize,
    bytes: usize,
}

/// Below the quotas, since weights are estimates.
const BUDGET: Weight = Weight { ops: MAX_CHANGE_OPS as usize / 5 * 4, bytes: MAX_CHANGE_BYTES / 4 * 3 };

impl Weight {
    /// A record with one sealed value.
    pub(super) fn sealed(plain: usize) -> Self {
        Self { ops: 8, bytes: 512 + plain * 2 }
    }

    fn of(op: &RecordOp) -> Self {
        let value = |field: &str, value: &Value| match value {
            // Every letter of a merging text is an operation.
            Value::Text(text) => Self::text(text).plus(Self { ops: 1, bytes: field.len() + 16 }),
            Value::Str(text) => Self { ops: 1, bytes: field.len() + text.len() + 16 },
            Value::Bytes(bytes) => Self { ops: 1, bytes: field.len() + bytes.len() + 16 },
            Value::Int(_) | Value::Bool(_) | Value::Unknown => Self { ops: 1, bytes: field.len() + 24 },
        };
        match op {
            RecordOp::Create { rtype, fields, .. } => fields
                .iter()
                .map(|(field, content)| value(field, content))
                .fold(Self { ops: 2, bytes: rtype.len() + 80 }, Self::plus),
            RecordOp::Set { field, value: content, .. } => value(field, content).plus(Self { ops: 0, bytes: 32 }),
            RecordOp::Clear { field, .. } => Self { ops: 1, bytes: field.len() + 48 },
            RecordOp::EditText { text, .. } => Self::text(text).plus(Self { ops: 1, bytes: 64 }),
        }
    }

    fn text(text: &str) -> Self {
        let letters = text.chars().count();
        Self { ops: letters, bytes: text.len() + letters * 3 }
    }

    fn plus(self, other: Self) -> Self {
        Self { ops: self.ops + other.ops, bytes: self.bytes + other.bytes }
    }

    fn fits(self) -> bool {
        self.ops <= BUDGET.ops && self.bytes <= BUDGET.bytes
    }
}

/// Steps of the commit.
pub(super) struct Batch<'a, 'b> {
    cx: &'a Cx<'b>,
    edits: Edits,
    weights: BTreeMap<BookKey, Weight>,
}

impl<'a, 'b> Batch<'a, 'b> {
    pub(super) fn new(cx: &'a Cx<'b>) -> Self {
        Self { cx, edits: Edits::default(), weights: BTreeMap::new() }
    }

    /// Adds steps that belong together.
    pub(super) fn push(&mut self, ops: Vec<(BookKey, RecordOp)>) -> Answer<()> {
        self.with(ops, &[], |_, _| Ok(()))
    }

    /// Adds steps that belong together; `stage` adds more of at most the given weights.
    pub(super) fn with<T>(
        &mut self,
        ops: Vec<(BookKey, RecordOp)>,
        more: &[(BookKey, Weight)],
        stage: impl FnOnce(&Cx<'_>, &mut Edits) -> Answer<T>,
    ) -> Answer<T> {
        let mut added: BTreeMap<BookKey, Weight> = BTreeMap::new();
        let steps = ops.iter().map(|(key, op)| (key, Weight::of(op))).chain(more.iter().map(|(key, of)| (key, *of)));
        for (key, weight) in steps {
            let sum = added.entry(key.clone()).or_default();
            *sum = sum.plus(weight);
        }
        if added.values().any(|weight| !weight.fits()) {
            return Err(ErrorDto::internal("import", &"one record is above the quota of a change"));
        }
        let sums = |weights: &BTreeMap<BookKey, Weight>, key: &BookKey| weights.get(key).copied().unwrap_or_default();
        for (key, weight) in &added {
            if !sums(&self.weights, key).plus(*weight).fits() {
                self.weights.remove(key);
                self.edits.part(key.clone());
            }
        }
        for (key, weight) in added {
            let sum = self.weights.entry(key).or_default();
            *sum = sum.plus(weight);
        }
        for (key, op) in ops {
            self.edits.push(key, op);
        }
        stage(self.cx, &mut self.edits)
    }

    /// Commits what was added, unless it was called off before the last change.
    pub(super) fn finish(mut self, watched: &Watched) -> Answer<()> {
        // What comes out of a file is not worth a question a line.
        self.edits.names = Names::Replace;
        watched.stage(ImportStage::Writing, self.edits.parts())?;
        self.cx.commit_parts(self.edits, &mut || watched.step().is_ok())
    }
}

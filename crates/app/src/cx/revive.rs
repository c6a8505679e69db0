//! Records under an id that follows from another, such as a visit's link: made again after they were deleted, they come back.

use ybz_domain::book::{BookKey, DELETED, RecordOp, RecordView, Value, is_deleted, plain_type};

use super::{Cx, Edits};
use crate::error::Answer;
use crate::node::store_error;

impl Cx<'_> {
    /// Turns the making of a record that stands deleted under the same id into writing it anew.
    pub(super) fn revive(&self, edits: &mut Edits) -> Answer<()> {
        for edit in &mut edits.books {
            let ops = std::mem::take(&mut edit.ops);
            for op in ops {
                match self.deleted_under(&edit.key, &op)? {
                    Some(gone) => edit.ops.extend(again(&gone, op)),
                    None => edit.ops.push(op),
                }
            }
        }
        Ok(())
    }

    fn deleted_under(&self, key: &BookKey, op: &RecordOp) -> Answer<Option<RecordView>> {
        let RecordOp::Create { id, rtype, .. } = op else { return Ok(None) };
        let book = key.id();
        let found = self.node.store.read(|reader| reader.record(Some(&book), id)).map_err(store_error)?;
        let same = |view: &RecordView| is_deleted(&view.rtype) && plain_type(&view.rtype) == rtype;
        Ok(found.map(|stored| stored.view).filter(same))
    }
}

/// The mark goes, what was written is written anew, and what is not written now is emptied.
fn again(gone: &RecordView, op: RecordOp) -> Vec<RecordOp> {
    let RecordOp::Create { id, fields, .. } = op else { return vec![op] };
    let left = gone.fields.keys().filter(|name| *name != DELETED && fields.iter().all(|(known, _)| known != *name));
    let mut out: Vec<RecordOp> = left.map(|name| RecordOp::Clear { id, field: name.clone() }).collect();
    out.push(RecordOp::Set { id, field: DELETED.to_owned(), value: "".into() });
    out.extend(fields.into_iter().map(|(field, value)| match value {
        Value::Text(text) => RecordOp::EditText { id, field, text },
        value => RecordOp::Set { id, field, value },
    }));
    out
}

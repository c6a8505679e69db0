//! Records marked as deleted, and what names a record. A record under an id that follows from another, such as a visit's link, comes
//! back when it is made again after it was deleted.

use ybz_domain::book::{BookKey, DELETED, RecordOp, RecordView, Value, is_deleted, plain_type};

use ybz_domain::ids::RecordId;
use ybz_store::{Marked, NewAction, RecordQuery as Query, Sort};

use super::{Cx, Edits, Stored};
use crate::error::Answer;
use crate::node::store_error;

impl Cx<'_> {
    /// This office's records that are marked as deleted.
    pub(crate) fn deleted_records(&self, query: Query) -> Answer<Vec<Stored>> {
        self.own_query(&Query { marked: Marked::Deleted, offices: Some(vec![self.office]), ..query })
    }

    /// This office's records of a type, those that are marked as deleted among them.
    pub(crate) fn with_deleted(&self, rtype: &str) -> Answer<Vec<Stored>> {
        let rtype = Some(rtype.to_owned());
        self.own_query(&Query { rtype, marked: Marked::Either, offices: Some(vec![self.office]), ..Query::default() })
    }

    /// Records of this office in which an id stands somewhere.
    pub(crate) fn naming(&self, id: &RecordId) -> Answer<Vec<Stored>> {
        let naming = Some(id.to_string());
        self.own_query(&Query { naming, offices: Some(vec![self.office]), sort: Sort::Id, ..Query::default() })
    }

    /// All records of this office that stand.
    pub(crate) fn everything(&self) -> Answer<Vec<Stored>> {
        self.own_query(&Query { offices: Some(vec![self.office]), sort: Sort::Id, ..Query::default() })
    }

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

    /// What a person does with a commit; none for what the program does by itself.
    pub(super) fn action(&self, undoes: Option<i64>) -> Option<NewAction> {
        (!self.call.name.is_empty()).then(|| NewAction {
            office: self.office,
            profile: self.who.profile.clone().unwrap_or_default(),
            call: self.call.name.to_owned(),
            undoes,
        })
    }

    fn deleted_under(&self, key: &BookKey, op: &RecordOp) -> Answer<Option<RecordView>> {
        let RecordOp::Create { id, rtype, .. } = op else { return Ok(None) };
        let book = key.id();
        let found = self.node.store.read(|reader| reader.record(Some(&book), id)).map_err(store_error)?;
        let same = |view: &RecordView| is_deleted(&view.rtype) && plain_type(&view.rtype) == rtype;
        Ok(found.map(|stored| stored.view).filter(same))
    }
}

/// The call that is answered.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Call {
    /// Its name; empty: none.
    pub(crate) name: &'static str,
    /// The person's word that texts for above may name what they name (保留并留痕).
    pub(crate) keep: bool,
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

//! Steps of one commit, collected.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ybz_domain::book::{BookKey, FieldView, RecordOp, Value};
use ybz_domain::ids::{ChangeHash, DeviceId, OfficeId, RecordId, Serial};
use ybz_domain::ledger::contents::CUSTODIAN;
use ybz_domain::seal::HouseholdKey;
use ybz_domain::sign::Signed;
use ybz_domain::trust::{Entry, Link, LinkHash};
use ybz_store::{BookEdit, DropBook, ErasedHousehold, HouseholdKeyRow, LogEntry, SeenField, SideWrites};

/// Steps collected for one commit, with the rows that go into the same transaction.
#[derive(Default)]
pub(crate) struct Edits {
    pub(super) books: Vec<BookEdit>,
    pub(super) side: SideWrites,
    pub(super) drafts: Vec<(String, String)>,
    pub(super) log: Vec<(String, BTreeMap<String, String>)>,
    /// It says nothing new: a choice between values that stand in the books, which a closed period must not keep open.
    pub(super) settles: bool,
    /// The action that this one undoes.
    pub(super) undoes: Option<i64>,
    /// Texts for above that were looked through already, by record where it is known.
    pub(crate) checked: BTreeSet<String>,
    /// What happens to names of households that nobody was asked about.
    pub(crate) names: Names,
}

/// What happens to names of households in texts for above that nobody was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Names {
    /// The person is asked.
    #[default]
    Ask,
    /// They are replaced: what comes out of a file is not worth a question a line.
    Replace,
    /// The text stood in the books before and was looked at then.
    Stood,
}

impl Edits {
    /// Adds a step to a book.
    pub(crate) fn push(&mut self, key: BookKey, op: RecordOp) {
        match self.books.iter_mut().rev().find(|edit| edit.key == key) {
            Some(edit) => edit.ops.push(op),
            None => self.books.push(BookEdit { key, ops: vec![op] }),
        }
    }

    /// What is added to a book from here on is a change of its own ([`crate::cx::Cx::commit_parts`]).
    pub(crate) fn part(&mut self, key: BookKey) {
        self.books.push(BookEdit { key, ops: Vec::new() });
    }

    /// Changes that these steps make.
    pub(crate) fn parts(&self) -> usize {
        self.books.len()
    }

    /// Marks it as a choice between values that are there, so that closed periods do not stop it.
    pub(crate) fn settle(&mut self) {
        self.settles = true;
        self.names = Names::Stood;
    }

    /// Marks it as what undoes an action. It puts back what stood in the books.
    pub(crate) fn undo(&mut self, action: i64) {
        self.undoes = Some(action);
        self.names = Names::Stood;
    }

    /// Commits only while a book has these heads.
    pub(crate) fn unmoved(&mut self, key: BookKey, heads: Vec<ChangeHash>) {
        self.side.unmoved.push((key, heads));
    }

    /// Commits only while a field that it writes has these values.
    pub(crate) fn unwritten(&mut self, key: BookKey, record: RecordId, field: &str, view: FieldView) {
        self.side.unwritten.push(SeenField { key, record, field: field.to_owned(), view });
    }

    /// The steps, book by book.
    pub(crate) fn steps(&self) -> impl Iterator<Item = (&BookKey, &RecordOp)> {
        self.books.iter().flat_map(|edit| edit.ops.iter().map(move |op| (&edit.key, op)))
    }

    /// The steps, to alter their texts.
    pub(crate) fn steps_mut(&mut self) -> impl Iterator<Item = (&BookKey, &mut RecordOp)> {
        self.books.iter_mut().flat_map(|BookEdit { key, ops }| {
            let key = &*key;
            ops.iter_mut().map(move |op| (key, op))
        })
    }

    /// Marks every record that is made here as 代录.
    pub(super) fn mark_custodian(&mut self) {
        for op in self.books.iter_mut().flat_map(|edit| &mut edit.ops) {
            if let RecordOp::Create { fields, .. } = op
                && fields.iter().all(|(name, _)| name != CUSTODIAN)
            {
                fields.push((CUSTODIAN.to_owned(), Value::Bool(true)));
            }
        }
    }

    /// The draft that this commit finishes.
    pub(crate) fn finish_draft(&mut self, form: &str, key: &str) {
        self.drafts.push((form.to_owned(), key.to_owned()));
    }

    /// A key that this commit makes.
    pub(crate) fn new_key(&mut self, subject: RecordId, key_id: Serial, key: HouseholdKey) {
        self.side.household_keys.push(HouseholdKeyRow { household: subject, key_id, key });
    }

    /// The key made for a subject in this same commit.
    pub(crate) fn key_of(&self, subject: &RecordId) -> Option<(Serial, HouseholdKey)> {
        let row = self.side.household_keys.iter().find(|row| row.household == *subject)?;
        Some((row.key_id, row.key.clone()))
    }

    /// A household whose keys this commit destroys.
    pub(crate) fn erase(&mut self, erased: ErasedHousehold) {
        self.side.erase_households.push(erased);
    }

    /// A book that this commit destroys here.
    pub(crate) fn drop_book(&mut self, dropped: DropBook) {
        self.side.drop_books.push(dropped);
    }

    /// An office that this node keeps no more from this commit on.
    pub(crate) fn leave(&mut self, office: OfficeId) {
        self.side.left_offices.push(office);
    }

    /// A household or member whose keys go from here.
    pub(crate) fn forget_key(&mut self, subject: RecordId) {
        self.side.forget_keys.push(subject);
    }

    /// A draft to throw away, by the form as it is kept.
    pub(crate) fn discard_draft(&mut self, form: String, key: String) {
        self.side.delete_drafts.push((form, key));
    }

    /// A line of the local log; no private word belongs into it.
    pub(crate) fn log(&mut self, code: &str, params: &[(&str, String)]) {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.log.push((code.to_owned(), params));
    }

    /// The same, unless this commit has the line already.
    pub(crate) fn log_once(&mut self, code: &str, params: &[(&str, String)]) {
        let line: BTreeMap<String, String> =
            params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        if !self.log.iter().any(|(known, params)| known == code && *params == line) {
            self.log(code, params);
        }
    }

    /// The invitation that this commit gives to a device.
    pub(crate) fn admit(&mut self, slot: Serial, device: DeviceId) {
        self.side.admits = Some((slot, device));
    }

    /// A setting to put.
    pub(crate) fn setting(&mut self, name: &str, value: serde_json::Value) {
        self.side.settings.push((name.to_owned(), value));
    }

    /// Number and link of the last entry that this commit issues.
    pub(crate) fn last_entry(&self) -> Option<(u64, LinkHash)> {
        let signed = self.side.entries.last()?;
        let entry = signed.peek().ok()?;
        Some((entry.seq, Link::of(signed, &entry).hash()))
    }

    /// The rows alone, for a commit that is not one of an office that is known already.
    pub(crate) fn into_side(self, on: Date) -> SideWrites {
        let log = self.log.into_iter().map(|(code, params)| LogEntry { on, code, params }).collect();
        SideWrites { log, ..self.side }
    }

    /// Entries of issuance logs to keep.
    pub(crate) fn entry(&mut self, entry: Signed<Entry>) {
        self.side.entries.push(entry);
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    fn files(folder: &Path, ending: &str, out: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, ending, out);
            } else if path.to_string_lossy().ends_with(ending) {
                out.push(path);
            }
        }
    }

    /// The first word in quotes of every call of a function below a folder.
    fn first_words(folder: &str, ending: &str, call: &str) -> std::collections::BTreeSet<String> {
        let mut all = Vec::new();
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), ending, &mut all);
        let texts: Vec<String> = all.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
        let calls = texts.iter().flat_map(|text| text.split(call).skip(1));
        let word =
            |rest: &str| Some(rest.split_once('(')?.1.trim_start().strip_prefix('"')?.split_once('"')?.0.to_owned());
        calls.filter_map(word).collect()
    }

    #[test]
    fn a_draft_is_finished_under_the_form_under_which_the_screen_keeps_it() {
        let mut kept = first_words("../../ui/src", ".tsx", "useDraft");
        kept.extend(first_words("../../ui/src", ".tsx", "useTyped"));
        let finished = first_words("src/cases", ".rs", ".finish_draft");
        let own = ["case_accept", "case_answer", "case_pass", "dispatch", "flow", "flow_open", "item", "visit"];
        for form in own {
            assert!(kept.contains(form) && finished.contains(form), "{form}: {kept:?} {finished:?}");
        }
        let lost: Vec<&String> = finished.difference(&kept).collect();
        assert!(lost.is_empty(), "no screen keeps {lost:?}");
    }
}

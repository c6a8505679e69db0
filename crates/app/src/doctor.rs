//! The doctor, the repair after it, and the offline check of a snapshot: what anyone can verify from what is on disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use ybz_domain::book::{BookKey, BookKind};
use ybz_domain::ids::BookId;

use crate::ErrorDto;
use crate::cases::snapshot;
use crate::dto::Nothing;
use crate::dto::doctor::{CheckReport, DamagedRow, Finding, RepairInput, RepairReport, RepairedBook};
use crate::dto::snapshot::VerifyReport;
use crate::error::Answer;
use crate::node::{Inner, Node, store_error};

impl Node {
    /// Checks every page, hash, chain, attestation and certificate, the heads and the read model. Blocks.
    ///
    /// # Errors
    /// What kept it from checking; what it found wrong is in the report.
    pub fn doctor(&self) -> Answer<CheckReport> {
        check(&self.0, Nothing {})
    }

    /// Repairs the books that the check finds damaged, or one of them, and ends open sessions, so that everything is
    /// compared anew. Blocks.
    ///
    /// # Errors
    /// `database_damaged` when only a backup helps; `not_found` for a book that is not here.
    pub fn repair(&self, book: Option<&str>) -> Answer<RepairReport> {
        repair(&self.0, RepairInput { book: book.map(str::to_owned) })
    }
}

/// `doctor.check`
pub(crate) fn check(node: &Arc<Inner>, _: Nothing) -> Answer<CheckReport> {
    let found = node.store.check().map_err(store_error)?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(CheckReport {
        sound: found.problems.is_empty(),
        books: count(found.books),
        changes: count(found.changes),
        records: count(found.records),
        attestations: count(found.attestations),
        held: count(found.held),
        findings: findings(node, &found)?,
        damaged: damaged(node)?,
    })
}

/// `doctor.repair`
pub(crate) fn repair(node: &Arc<Inner>, input: RepairInput) -> Answer<RepairReport> {
    let only = match input.book.as_deref().map(str::trim).filter(|book| !book.is_empty()) {
        Some(book) => Some(named(node, book)?),
        None => None,
    };
    let done = node.store.repair(node.today(), only.as_ref()).map_err(|error| match error {
        ybz_store::StoreError::FileDamaged => ErrorDto::new("database_damaged"),
        other => store_error(other),
    })?;
    if !done.is_empty() {
        // What is shared with others was forgotten: a session that goes on would still go by it.
        node.link.end_sessions();
    }
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let books = done
        .iter()
        .map(|one| RepairedBook {
            book: one.book.id().to_string(),
            kind: one.book.kind.to_string(),
            year: one.book.year,
            kept: count(one.kept),
            waiting: count(one.waiting),
            lost: count(one.lost),
        })
        .collect();
    Ok(RepairReport { books, sound: node.store.check().map_err(store_error)?.problems.is_empty() })
}

/// A book by its id, or by its kind and year when only one fits.
fn named(node: &Arc<Inner>, text: &str) -> Answer<BookId> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let (kind, year) = match text.rsplit_once('/') {
        Some((kind, year)) if year.parse::<i16>().is_ok() => (kind, year.parse::<i16>().ok()),
        _ => (text, None),
    };
    let missing = || ErrorDto::new("not_found").at("book").with("id", text);
    let kind = BookKind::try_from(kind.to_owned()).map_err(|_| missing())?;
    let mut fitting =
        keys(node)?.into_iter().filter(|(_, key)| key.kind == kind && (year.is_none() || key.year == year));
    match (fitting.next(), fitting.next()) {
        (Some((id, _)), None) => Ok(id),
        _ => Err(missing()),
    }
}

fn keys(node: &Arc<Inner>) -> Answer<BTreeMap<BookId, BookKey>> {
    let books = node.store.read(|reader| reader.books()).map_err(store_error)?;
    Ok(books.into_iter().map(|info| (info.id, info.key)).collect())
}

fn findings(node: &Arc<Inner>, found: &ybz_store::DoctorReport) -> Answer<Vec<Finding>> {
    if found.problems.is_empty() {
        return Ok(Vec::new());
    }
    // In a damaged file not even the names of books can be read.
    let books = if found.file_damaged() { BTreeMap::new() } else { keys(node)? };
    Ok(found
        .problems
        .iter()
        .map(|problem| {
            let book = problem.book();
            let key = book.as_ref().and_then(|book| books.get(book));
            Finding {
                book: book.map(|book| book.to_string()),
                kind: key.map(|key| key.kind.to_string()),
                year: key.and_then(|key| key.year),
                code: problem.code().to_owned(),
                what: problem.to_string(),
                remedy: problem.remedy().as_str().to_owned(),
            }
        })
        .collect())
}

fn damaged(node: &Arc<Inner>) -> Answer<Vec<DamagedRow>> {
    let rows = node.store.damaged().unwrap_or_default();
    let books = if rows.is_empty() { BTreeMap::new() } else { keys(node)? };
    Ok(rows
        .into_iter()
        .map(|row| {
            let key = books.get(&row.book);
            DamagedRow {
                book: row.book.to_string(),
                kind: key.map(|key| key.kind.to_string()),
                year: key.and_then(|key| key.year),
                rows: u32::try_from(row.rows).unwrap_or(u32::MAX),
                missing: u32::try_from(row.missing.len()).unwrap_or(u32::MAX),
            }
        })
        .collect())
}

/// Checks a snapshot file with nothing but the tree id.
///
/// # Errors
/// `invalid_input` for a tree id that is none, `file_unreadable` and `file_too_large` for the file.
pub fn verify_snapshot_offline(bytes: &[u8], tree: &str) -> Answer<VerifyReport> {
    let tree = tree.parse().map_err(|_| ErrorDto::new("invalid_input").at("tree").with("value", tree))?;
    Ok(snapshot::report(&snapshot::read(bytes)?, &tree))
}

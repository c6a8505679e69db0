//! 批量邀请: a list of subordinates becomes one invitation each, on paper too.

pub(crate) mod list;
mod page;

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::BASE64;
use rust_xlsxwriter::{Workbook, XlsxError};
use ybz_domain::trust::TicketKind;

use super::invite::{MAX_DRAWN, drawn, issue_ticket, withdraw};
use super::org::must_keep;
use crate::ErrorDto;
use crate::cx::Cx;
use crate::dto::IdInput;
use crate::dto::bulk::{BulkInput, BulkOutput, BulkRow, BulkState};
use crate::dto::snapshot::FileOutput;
use crate::error::{Answer, optional};
use crate::import::{self, archive};
use crate::link::bundle::{file_bytes, file_name};
use crate::node::store_error;
use list::{Village, key};
use page::Page;

/// Bytes of a list.
const MAX_LIST: usize = 8 * 1024 * 1024;

/// `invite.bulk`: whoever has joined, or has an invitation that opens still, gets no second one.
pub(crate) fn invite(cx: &Cx<'_>, input: BulkInput) -> Answer<BulkOutput> {
    must_keep(cx)?;
    if cx.tree().is_none() {
        return Err(ErrorDto::new("not_joined"));
    }
    let phone = optional("phone", &input.phone, 60)?;
    let bytes = file_bytes(&input.file.base64, MAX_LIST)?;
    let workbook = import::read(&input.file.name, &bytes)?;
    let (villages, faults) = list::read(cx.kind(), &workbook)?;
    let out = each(cx, villages, input.dry_run, &phone)?;
    Ok(BulkOutput { faults, ..out })
}

/// Invites these villages, all or none; or looks only.
pub(crate) fn each(cx: &Cx<'_>, villages: Vec<Village>, dry_run: bool, phone: &str) -> Answer<BulkOutput> {
    let faults = Vec::new();
    let mut out = BulkOutput { rows: Vec::new(), faults, files: Vec::new(), packed: None, addresses: Vec::new() };
    match fill(cx, &mut out, villages, dry_run, phone) {
        Ok(()) => Ok(out),
        Err(error) => {
            // A ticket whose text nobody was told lets nobody in, and would keep its village from another.
            for id in out.rows.iter().filter_map(|row| row.invitation.clone()) {
                let _ = withdraw(cx, IdInput { id });
            }
            Err(error)
        }
    }
}

fn fill(cx: &Cx<'_>, out: &mut BulkOutput, villages: Vec<Village>, dry_run: bool, phone: &str) -> Answer<()> {
    let (joined, open) = (joined(cx), open(cx)?);
    let mut pages = Vec::new();
    for Village { cell, name, kind, contact } in villages {
        let known = key(&name);
        let (state, expires_on, invitation) = if joined.contains(&known) {
            (BulkState::Joined, None, None)
        } else if let Some(expires) = open.get(&known) {
            (BulkState::Open, Some(expires.clone()), None)
        } else if dry_run {
            (BulkState::Invited, None, None)
        } else {
            let ticket = issue_ticket(cx, TicketKind::Office { name: name.clone(), kind }, &[])?;
            let (expires, id) = (ticket.expires_on.clone(), ticket.id.clone());
            out.addresses.clone_from(&ticket.addresses);
            pages.push(Page { village: name.clone(), contact, ticket });
            (BulkState::Invited, Some(expires), Some(id))
        };
        out.rows.push(BulkRow { cell, name, kind: kind.into(), state, expires_on, invitation });
    }
    if !pages.is_empty() {
        out.files = files(cx, &pages, &out.rows, phone)?;
        out.packed = Some(packed(cx, &out.files)?);
    }
    Ok(())
}

/// Names of those who stand right below this office.
fn joined(cx: &Cx<'_>) -> BTreeSet<String> {
    cx.membership().children(&cx.office).iter().map(|child| key(&cx.name_of(child))).collect()
}

/// Names in invitations that open still, each with its last day.
pub(crate) fn open(cx: &Cx<'_>) -> Answer<BTreeMap<String, String>> {
    let mut open = BTreeMap::new();
    for slot in cx.node.store.tickets().map_err(store_error)? {
        let good = slot.used_by.is_none() && slot.ticket.office == cx.office && slot.expires >= cx.today;
        if let (true, TicketKind::Office { name, .. }) = (good, &slot.ticket.kind)
            && drawn(cx.node, &slot.ticket.slot)? < MAX_DRAWN
        {
            open.insert(key(name), slot.expires.to_string());
        }
    }
    Ok(open)
}

fn file(name: String, bytes: &[u8]) -> FileOutput {
    FileOutput { name, base64: BASE64.encode(bytes) }
}

/// Numbers before the names keep two that are written alike apart, and any name from being one that a system keeps for
/// itself.
fn files(cx: &Cx<'_>, pages: &[Page], rows: &[BulkRow], phone: &str) -> Answer<Vec<FileOutput>> {
    let office = cx.office_name();
    let mut out = Vec::new();
    let mut names = BTreeMap::new();
    let mut bodies = String::new();
    for (index, one) in pages.iter().enumerate() {
        let number = format!("{:02}", index + 1);
        let body = page::body(one, &office, phone)?;
        let name = file_name(&[&number, &one.village, "邀请"], "html");
        out.push(file(file_name(&[&number, &one.village, "邀请"], "txt"), format!("{}\n", one.ticket.text).as_bytes()));
        out.push(file(name.clone(), page::whole(&one.village, &body).as_bytes()));
        bodies.push_str(&body);
        names.insert(one.village.clone(), name);
    }
    out.push(file(file_name(&["00", "全部打印"], "html"), page::whole(&office, &bodies).as_bytes()));
    let index = index(rows, &names).map_err(|error| ErrorDto::internal("bulk", &error))?;
    out.push(file(file_name(&["00", "目录"], "xlsx"), &index));
    out.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(out)
}

fn index(rows: &[BulkRow], names: &BTreeMap<String, String>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in [(0, "名称"), (1, "情况"), (2, "有效期至"), (3, "文件")] {
        sheet.write_string(0, column, title)?;
    }
    for (at, row) in (1u32..).zip(rows) {
        let state = match row.state {
            BulkState::Invited => "这次邀请",
            BulkState::Open => "以前的邀请还有效",
            BulkState::Joined => "已加入",
        };
        let file = if row.state == BulkState::Invited { names.get(&row.name) } else { None };
        sheet.write_string(at, 0, &row.name)?;
        sheet.write_string(at, 1, state)?;
        sheet.write_string(at, 2, row.expires_on.as_deref().unwrap_or_default())?;
        sheet.write_string(at, 3, file.map(String::as_str).unwrap_or_default())?;
    }
    sheet.set_column_width(0, 24)?.set_column_width(1, 18)?.set_column_width(2, 12)?.set_column_width(3, 32)?;
    book.save_to_buffer()
}

fn packed(cx: &Cx<'_>, files: &[FileOutput]) -> Answer<FileOutput> {
    let mut parts = BTreeMap::new();
    for file in files {
        let bytes = BASE64.decode(file.base64.as_bytes()).map_err(|error| ErrorDto::internal("bulk", &error))?;
        parts.insert(file.name.clone(), bytes);
    }
    Ok(file(file_name(&[&cx.office_name(), "邀请", &cx.today_text()], "zip"), &archive::pack(&parts)))
}

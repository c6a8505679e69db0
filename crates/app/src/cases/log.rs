//! 本机日志: listed, checked and taken out as a file that anybody can check.

use std::collections::BTreeMap;
use std::sync::Arc;

use data_encoding::{BASE64, HEXLOWER, HEXLOWER_PERMISSIVE};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ybz_domain::sign::{Signed, Statement};
use ybz_store::{LogEntry, LogLine, broken_chain};

use crate::ErrorDto;
use crate::dto::Nothing;
use crate::dto::log::{LogAnchorRow, LogInput, LogPage, LogReport, LogRow, LogVerifyInput};
use crate::dto::snapshot::FileOutput;
use crate::error::Answer;
use crate::node::{Inner, store_error};

/// Lines that are taken out or read in one file.
const MOST: u64 = 500_000;
/// First line of a file.
const FORMAT: &str = "ybz log 1";

/// What the device signs under a file: how far the chain goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct LogSeal {
    lines: u64,
    head: [u8; 32],
    on: Date,
}

impl Statement for LogSeal {
    const TAG: &'static str = "ybz log seal 1";
}

/// The first line of a file.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    format: String,
    device: String,
}

/// A line of the chain in a file.
#[derive(Debug, Serialize, Deserialize)]
struct FileLine {
    seq: u64,
    previous: String,
    hash: String,
    on: String,
    code: String,
    params: BTreeMap<String, String>,
}

/// The last line of a file.
#[derive(Debug, Serialize, Deserialize)]
struct Tail {
    seal: String,
}

/// `log.list`
pub(crate) fn list(node: &Arc<Inner>, input: LogInput) -> Answer<LogPage> {
    let limit = if input.limit == 0 { 50 } else { input.limit.min(500) };
    let names: BTreeMap<String, String> =
        node.store.profiles().map_err(store_error)?.into_iter().map(|one| (one.id, one.name)).collect();
    let lines = node.store.log_lines(u64::from(input.offset), u64::from(limit)).map_err(store_error)?;
    let row = |line: LogLine| LogRow {
        seq: line.seq,
        on: line.entry.on.to_string(),
        profile: line.entry.params.get("profile").and_then(|id| names.get(id)).cloned(),
        code: line.entry.code,
        params: line.entry.params,
    };
    Ok(LogPage { total: node.store.log_count().map_err(store_error)?, rows: lines.into_iter().map(row).collect() })
}

fn hash_of(text: &str) -> Option<[u8; 32]> {
    HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok()?.try_into().ok()
}

fn anchors_of(texts: &[String]) -> Answer<Vec<[u8; 32]>> {
    let read =
        |text: &String| hash_of(text).ok_or_else(|| ErrorDto::new("invalid_input").at("anchors").with("value", text));
    texts.iter().map(read).collect()
}

fn report(lines: &[LogLine], known: Option<(u64, [u8; 32])>, anchors: &[[u8; 32]]) -> LogReport {
    let all: Vec<_> =
        known.iter().map(|(seq, hash)| (Some(*seq), *hash)).chain(anchors.iter().map(|hash| (None, *hash))).collect();
    let broken = broken_chain(lines, &all);
    let missing = anchors.iter().filter(|anchor| lines.iter().all(|line| line.hash != **anchor));
    LogReport {
        sound: broken.is_none(),
        lines: lines.len() as u64,
        broken,
        head: lines.last().map(|line| HEXLOWER.encode(&line.hash)),
        anchored: known.map(|(seq, _)| seq),
        missing: missing.map(|hash| HEXLOWER.encode(hash)).collect(),
        device: None,
    }
}

fn whole(node: &Inner) -> Answer<Vec<LogLine>> {
    let mut lines = node.store.log_lines(0, MOST).map_err(store_error)?;
    lines.reverse();
    Ok(lines)
}

/// `log.verify`
pub(crate) fn verify(node: &Arc<Inner>, input: LogVerifyInput) -> Answer<LogReport> {
    let anchors = anchors_of(&input.anchors)?;
    let known = node.store.log_anchored().map_err(store_error)?;
    let found = whole(node);
    // A line that does not even read is altered; the store says which.
    let Ok(lines) = found else {
        let broken = node.store.log_broken().unwrap_or(Some(1)).or(Some(1));
        return Ok(LogReport { broken, sound: false, ..report(&[], None, &[]) });
    };
    Ok(report(&lines, known, &anchors))
}

/// `log.anchors`: what this computer knows of the logs of those that receipted.
pub(crate) fn anchors(node: &Arc<Inner>, _: Nothing) -> Answer<Vec<LogAnchorRow>> {
    let membership = node.store.membership().map_err(store_error)?;
    let all = node.store.log_anchors().map_err(store_error)?;
    Ok(all
        .into_iter()
        .map(|one| LogAnchorRow {
            device: one.device.to_string(),
            office: membership.offices.get(&one.office).map(|view| view.name.clone()).unwrap_or_default(),
            on: one.on.to_string(),
            head: HEXLOWER.encode(&one.head),
        })
        .collect())
}

/// `log.export`: the chain as a file, one line of JSON each, signed at its end. That it was taken out is its last line.
pub(crate) fn export(node: &Arc<Inner>, _: Nothing) -> Answer<FileOutput> {
    let params = BTreeMap::from([("format".to_owned(), "ybzl".to_owned())]);
    node.store.log(&LogEntry { on: node.today(), code: "log_exported".to_owned(), params }).map_err(store_error)?;
    let (device, lines) = (node.store.device(), whole(node)?);
    let odd = |error: serde_json::Error| ErrorDto::internal("log", &error);
    let head = Head { format: FORMAT.to_owned(), device: device.id().to_string() };
    let mut text = serde_json::to_string(&head).map_err(odd)? + "\n";
    for line in &lines {
        let line = FileLine {
            seq: line.seq,
            previous: HEXLOWER.encode(&line.previous),
            hash: HEXLOWER.encode(&line.hash),
            on: line.entry.on.to_string(),
            code: line.entry.code.clone(),
            params: line.entry.params.clone(),
        };
        text.push_str(&(serde_json::to_string(&line).map_err(odd)? + "\n"));
    }
    let seal = LogSeal {
        lines: lines.len() as u64,
        head: lines.last().map(|line| line.hash).unwrap_or_default(),
        on: node.today(),
    };
    let seal = postcard::to_stdvec(&Signed::sign(&device, &seal)).map_err(|error| ErrorDto::internal("log", &error))?;
    text.push_str(&(serde_json::to_string(&Tail { seal: HEXLOWER.encode(&seal) }).map_err(odd)? + "\n"));
    Ok(FileOutput { name: format!("本机日志-{}.ybzl", node.today()), base64: BASE64.encode(text.as_bytes()) })
}

/// Checks a file of `log.export` and nothing else: no database, no key. `anchors` are heads that others read out of receipts.
///
/// # Errors
/// `log_file_unreadable` with the line, `invalid_input` at `anchors`.
pub fn verify_log_file(text: &str, anchors: &[String]) -> Answer<LogReport> {
    let unreadable = |number: usize| ErrorDto::new("log_file_unreadable").with("line", number + 1);
    let anchors = anchors_of(anchors)?;
    let rows: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let (Some((first, rest)), true) = (rows.split_first(), rows.len() as u64 <= MOST + 2) else {
        return Err(unreadable(0));
    };
    let head: Head = serde_json::from_str(first).map_err(|_| unreadable(0))?;
    if head.format != FORMAT {
        return Err(unreadable(0));
    }
    let (last, body) = rest.split_last().ok_or_else(|| unreadable(1))?;
    let mut lines = Vec::with_capacity(body.len());
    for (number, row) in (1..).zip(body) {
        let line: Option<FileLine> = serde_json::from_str(row).ok();
        lines.push(line.and_then(line_of).ok_or_else(|| unreadable(number))?);
    }
    let tail: Option<Tail> = serde_json::from_str(last).ok();
    let seal = tail.and_then(|tail| HEXLOWER_PERMISSIVE.decode(tail.seal.as_bytes()).ok());
    let seal: Signed<LogSeal> = seal
        .and_then(|bytes| postcard::from_bytes(&bytes).ok())
        .ok_or_else(|| unreadable(rows.len().saturating_sub(1)))?;
    let known = seal.open().ok().filter(|_| seal.signer.to_string() == head.device);
    let end = lines.len() as u64;
    let mut out = report(&lines, None, &anchors);
    // The seal names the last line: one more or one less is no longer what was signed.
    let sealed = known
        .as_ref()
        .is_some_and(|seal| seal.lines == end && seal.head == lines.last().map(|line| line.hash).unwrap_or_default());
    if !sealed {
        out.sound = false;
        out.broken = out.broken.or(Some(end + 1));
    }
    out.device = known.map(|_| head.device);
    Ok(out)
}

fn line_of(line: FileLine) -> Option<LogLine> {
    let entry = LogEntry { on: line.on.parse().ok()?, code: line.code, params: line.params };
    Some(LogLine { seq: line.seq, previous: hash_of(&line.previous)?, hash: hash_of(&line.hash)?, entry })
}

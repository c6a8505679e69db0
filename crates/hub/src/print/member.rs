//! Members, admissions, transfers and terms, as lines; columns are set off by tabs.

use ybz_app::dto::Page;
use ybz_app::dto::admission::{AdmissionView, ApplicantRow, CaseRow};
use ybz_app::dto::member::{MemberKind, MemberRow};
use ybz_app::dto::member_file::{MemberFile, MobileRow, PrivateView};
use ybz_app::dto::term::TermView;
use ybz_app::dto::transfer::{TransferHolder, TransferRow};
use ybz_app::yuan;

fn kind(kind: MemberKind) -> &'static str {
    match kind {
        MemberKind::Full => "正式党员 full",
        MemberKind::Probationary => "预备党员 probationary",
    }
}

fn said(text: Option<&String>) -> &str {
    text.map_or("-", String::as_str)
}

fn member(row: &MemberRow) -> String {
    let posts = row.posts.join(",");
    let conflict = if row.conflict { "\t有冲突 conflict" } else { "" };
    let (group, joined) = (said(row.group.as_ref()), said(row.joined.as_ref()));
    format!("{}\t{}\t{}\t{group}\t{joined}\t{posts}{conflict}\n", row.id, row.name, kind(row.kind))
}

/// The roster: id, name, kind, group, party since, posts.
pub(crate) fn list(page: &Page<MemberRow>) -> String {
    let mut text: String = page.rows.iter().map(member).collect();
    text.push_str(&format!("共 {} 人 {0} members\n", page.total));
    text
}

/// One member's file.
pub(crate) fn file(file: &MemberFile, private: Option<&PrivateView>) -> String {
    let mut text = member(&file.row);
    for change in &file.changes {
        let void = if change.void { "\t作废 void" } else { "" };
        text.push_str(&format!("{}\t{}\t{}\t{}{void}\n", change.on, change.event, change.note, change.id));
    }
    if let Some(other) = &file.merged_into {
        text.push_str(&format!("已并入 merged into\t{}\t{}\n", other.name, other.id));
    }
    if file.moving {
        text.push_str("正在转接 being transferred\n");
    }
    text.push_str(&format!("{} 到会 attended\t{}/{}\n", file.year, file.present, file.due));
    text.push_str(&format!("{} 党费 dues paid\t{}\n", file.year, yuan(file.paid_fen)));
    if let Some(private) = private {
        let (number, phone) = (said(private.id_number.as_ref()), said(private.phone.as_ref()));
        text.push_str(&format!("身份证号 ID number\t{number}\n手机 phone\t{phone}\n"));
        if private.closed {
            text.push_str("本机打不开 does not open on this device\n");
        }
    }
    text
}

/// Members away from home.
pub(crate) fn stays(page: &Page<MobileRow>) -> String {
    let mut text = String::new();
    for row in &page.rows {
        let (until, last) = (said(row.until.as_ref()), said(row.last.as_ref()));
        text.push_str(&format!(
            "{}\t{}\t{} - {until}\t{} {}\t联系人 contact {}\t最近 last {last}\n",
            row.id, row.name, row.since, row.region, row.place, row.person
        ));
        for rule in [&row.transfer_rule, &row.lost_rule].into_iter().flatten() {
            text.push_str(&format!("\t{} {}\n", rule.text, rule.citation));
        }
    }
    text.push_str(&format!("共 {} 人 {0} members\n", page.total));
    text
}

/// Applicants, with what comes next.
pub(crate) fn applicants(page: &Page<ApplicantRow>) -> String {
    let mut text = String::new();
    for row in &page.rows {
        let by = if row.with_committee { "\t等上级 with the committee" } else { "" };
        let overdue = if row.overdue { "\t已超期 overdue" } else { "" };
        let next = if row.closed.is_empty() { said(row.next.as_ref()) } else { "已终止 ended" };
        text.push_str(&format!("{}\t{}\t{}\t{next}{by}{overdue}\n", row.id, row.name, row.applied));
    }
    text.push_str(&format!("共 {} 人 {0} applicants\n", page.total));
    text
}

/// One applicant's stages.
pub(crate) fn course(view: &AdmissionView) -> String {
    let mut text = format!("{}\t{}\n", view.row.name, view.row.applied);
    for stage in &view.stages {
        let state = match stage.state.as_str() {
            "done" => "已办 done",
            "open" => "可办 open",
            "refused" => "未通过 refused",
            _ => "未到 not yet",
        };
        let days = match (&stage.done_on, &stage.earliest, &stage.latest) {
            (Some(on), ..) => on.clone(),
            (None, None, None) => String::new(),
            (None, from, to) => format!("{} - {}", said(from.as_ref()), said(to.as_ref())),
        };
        let overdue = if stage.overdue { "\t已超期 overdue" } else { "" };
        text.push_str(&format!("{}\t{state}\t{days}{overdue}\t{}\n", stage.code, stage.rule.citation));
        for record in &stage.records {
            if let Some(votes) = &record.votes {
                text.push_str(&format!(
                    "\t应到 due {}  实到 present {}  书面 in writing {}  赞成 in favour {}\n",
                    votes.due, votes.present, votes.written, votes.in_favour
                ));
            }
        }
    }
    match view.roster.as_deref() {
        Some("full") => text.push_str("可以转正:ybz admission enrol  may become a full member\n"),
        Some(_) => text.push_str("可以列入名册:ybz admission enrol  may be put on the roster\n"),
        None => {}
    }
    text
}

/// What waits for the committee.
pub(crate) fn cases(cases: &[CaseRow]) -> String {
    let mut text = String::new();
    for case in cases {
        let overdue = if case.overdue { "\t已超期 overdue" } else { "" };
        let latest = said(case.latest.as_ref());
        text.push_str(&format!(
            "{}\t{}\t{}\t{}\t{} - {latest}{overdue}\n",
            case.step, case.office_name, case.name, case.code, case.asked
        ));
    }
    text
}

/// Transfers with who counts the member now.
pub(crate) fn transfers(rows: &[TransferRow]) -> String {
    let mut text = String::new();
    for row in rows {
        let state = match row.state.as_str() {
            "waiting" => "等上级转递 waiting for the committee",
            "passed" => "已转递 passed on",
            "returned" => "已退回 returned",
            "accepted" => "已接收 taken in",
            "withdrawn" => "已撤回 withdrawn",
            "outside" => "已转往外单位 gone outside",
            "to_tell" => "待回告 to be told",
            "declined" => "未接收 declined",
            "recalled" => "已收回 recalled",
            "to_recall" => "待告知不来 to be recalled",
            "taken_twice" => "两处在册 on two rosters",
            "leaving" => "等一处转出 one is to write out",
            "left" => "已写出 written out",
            other => other,
        };
        let counted = match row.counted_by.as_str() {
            "source" => "计在转出支部 counted by the source",
            "target" => "计在接收支部 counted by the target",
            "other" => "计在另一支部 counted by another target",
            _ => "不再计 counted by nobody",
        };
        let way: Vec<&str> = [row.from.as_str(), row.to.as_deref().unwrap_or(&row.place)]
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect();
        let holder = |one: &TransferHolder| match one.told {
            true => format!("{} (已告知 told)", one.name),
            false => one.name.clone(),
        };
        let holders: Vec<String> = row.holders.iter().map(holder).collect();
        text.push_str(&format!(
            "{}\t{}\t{}\t{}\t{state}\t{counted}\t{}\n",
            row.id,
            row.on,
            row.name,
            way.join(" → "),
            if holders.is_empty() { row.note.clone() } else { holders.join(" · ") }
        ));
    }
    text
}

/// Terms, then posts.
pub(crate) fn terms(view: &TermView) -> String {
    let mut text = String::new();
    for term in &view.terms {
        let end = said(term.end.as_ref());
        text.push_str(&format!("{}\t任期 term\t{} - {end}\t{}\n", term.id, term.start, term.notes.join(" ")));
    }
    for post in &view.posts {
        let until = said(post.until.as_ref());
        text.push_str(&format!("{}\t{}\t{}\t{} - {until}\n", post.id, post.post, post.name, post.from));
    }
    text.push_str(&format!("{} {}\n", view.term_rule.text, view.term_rule.citation));
    text
}

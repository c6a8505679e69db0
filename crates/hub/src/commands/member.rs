//! `ybz member`, `ybz admission`, `ybz transfer` and `ybz term`.
//!
//! ID numbers and phones are shown masked and are no arguments: what is typed into a shell stays in its history.

mod admission;
mod body;
mod term;
mod transfer;

use serde::de::DeserializeOwned;
use serde_json::json;
use ybz_app::ErrorDto;
use ybz_app::dto::admission::ApplicantRow;
use ybz_app::dto::member::{MemberInput, MemberKind, MemberRow};
use ybz_app::dto::member_file::{
    ChangeInput, ContactInput, MemberFile, MobileInput, MobileRow, PastInput, PrivateView,
};
use ybz_app::dto::{IdInput, ListInput, Page};

use super::Outcome;
use super::line::Line;
use crate::args::Common;
use crate::args::member::{Event, Member, NewMember, NewStay};
use crate::print::member as shown;

pub(super) use admission::run as admission;
pub(super) use body::run as body;
pub(super) use term::run as term;
pub(super) use transfer::run as transfer;

/// Rows asked for at once.
const PAGE: u32 = 500;

impl Line {
    /// All pages of a list.
    async fn all<R: DeserializeOwned>(&mut self, call: &str, text: &str) -> Result<Page<R>, ErrorDto> {
        self.all_of(call, text, None).await
    }

    async fn all_of<R: DeserializeOwned>(
        &mut self,
        call: &str,
        text: &str,
        state: Option<&str>,
    ) -> Result<Page<R>, ErrorDto> {
        let mut all = Page { total: 0, rows: Vec::new() };
        loop {
            let offset = u32::try_from(all.rows.len()).unwrap_or(u32::MAX);
            let (text, state) = (Some(text.to_owned()), state.map(str::to_owned));
            let input = ListInput { text, state, offset, limit: PAGE, ..ListInput::default() };
            let page: Page<R> = self.ask(call, &input).await?;
            let last = page.rows.len() < PAGE as usize;
            all.total = page.total;
            all.rows.extend(page.rows);
            if last {
                return Ok(all);
            }
        }
    }

    /// The id of a member who is named by id or by name; a name that several have is none.
    async fn member(&mut self, meant: String) -> Result<String, ErrorDto> {
        let page: Page<MemberRow> = self.all("member.list", "").await?;
        only(meant, page.rows.into_iter().map(|row| (row.id, row.name)))
    }

    async fn applicant(&mut self, meant: String) -> Result<String, ErrorDto> {
        let page: Page<ApplicantRow> = self.all("admission.list", "").await?;
        only(meant, page.rows.into_iter().map(|row| (row.id, row.name)))
    }
}

fn only(meant: String, rows: impl Iterator<Item = (String, String)>) -> Result<String, ErrorDto> {
    let mut fitting: Vec<String> =
        rows.filter(|(id, name)| *id == meant || *name == meant).map(|(id, _)| id).take(2).collect();
    match (fitting.pop(), fitting.pop()) {
        (Some(id), None) => Ok(id),
        // Somebody who has left is named by id alone.
        (None, _) => Ok(meant),
        _ => Err(ErrorDto::new("member_ambiguous").with("name", meant)),
    }
}

/// `ybz member`
pub(super) async fn run(common: &Common, command: Member) -> Outcome {
    let mut desk = Line::open(common).await?;
    let done = ask(&mut desk, command).await;
    desk.end(done).await
}

async fn ask(desk: &mut Line, command: Member) -> Result<(), ErrorDto> {
    match command {
        Member::List { text, on: None } => {
            let page = desk.all::<MemberRow>("member.list", &text).await?;
            desk.tell(&page, shown::list);
        }
        Member::List { text, on: Some(on) } => {
            let mut all = Page { total: 0, rows: Vec::new() };
            loop {
                let offset = u32::try_from(all.rows.len()).unwrap_or(u32::MAX);
                let input = PastInput { on: on.clone(), text: text.clone(), offset, limit: PAGE };
                let page: Page<MemberRow> = desk.ask("member.past", &input).await?;
                let last = page.rows.len() < PAGE as usize;
                all.total = page.total;
                all.rows.extend(page.rows);
                if last {
                    break;
                }
            }
            desk.tell(&all, shown::list);
        }
        Member::Show { member } => show(desk, member).await?,
        Member::Add(new) => desk.save("member.save", &added(new)).await?,
        Member::Change { member, event, on, until, note } => {
            let member = desk.member(member).await?;
            let event = word(event).to_owned();
            desk.save("member.change", &ChangeInput { member, event, on, until, note, keep_matches: false }).await?;
        }
        Member::Void { id } => desk.order("member.change_void", &IdInput { id }).await?,
        Member::Stays { all } => {
            let page = desk.all_of::<MobileRow>("mobile.list", "", all.then_some("back")).await?;
            desk.tell(&page, shown::stays);
        }
        Member::Stay(stay) => {
            let member = desk.member(stay.member.clone()).await?;
            desk.save("mobile.save", &away(stay, member)).await?;
        }
        Member::Back { stay, on } => {
            let page = desk.all::<MobileRow>("mobile.list", "").await?;
            let row = page.rows.into_iter().find(|row| row.id == stay);
            let row = row.ok_or_else(|| ErrorDto::new("not_found").with("id", &stay))?;
            desk.save("mobile.save", &returned(row, on)).await?;
        }
        Member::Contact { stay, on, note } => {
            desk.save("mobile.contact", &ContactInput { stay, on, note, keep_matches: false }).await?;
        }
    }
    Ok(())
}

/// The file, and what is private of it as far as it opens here, masked.
async fn show(desk: &mut Line, member: String) -> Result<(), ErrorDto> {
    let id = desk.member(member).await?;
    let file: MemberFile = desk.ask("member.file", &IdInput { id: id.clone() }).await?;
    // A viewer, or a profile that does not see it, is shown the rest.
    let private: Option<PrivateView> = desk.ask("member.private", &IdInput { id }).await.ok();
    let both = json!({"file": file, "private": private});
    desk.tell(&both, |_| shown::file(&file, private.as_ref()));
    Ok(())
}

fn added(new: NewMember) -> MemberInput {
    MemberInput {
        id: None,
        name: new.name,
        sex: new.sex,
        birth_month: new.born,
        kind: if new.probationary { MemberKind::Probationary } else { MemberKind::Full },
        joined: new.joined,
        group: new.group,
        posts: new.post,
        no_vote_reason: String::new(),
        left_on: None,
        distinct: new.distinct,
    }
}

fn away(stay: NewStay, member: String) -> MobileInput {
    MobileInput {
        id: None,
        member,
        since: stay.since,
        until: String::new(),
        region: stay.region,
        place: stay.place,
        fixed: stay.fixed,
        person: stay.person,
        keep_matches: false,
    }
}

fn returned(row: MobileRow, on: String) -> MobileInput {
    MobileInput {
        id: Some(row.id),
        member: row.member,
        since: row.since,
        until: on,
        region: row.region,
        place: row.place,
        fixed: row.fixed,
        person: row.person,
        keep_matches: false,
    }
}

fn word(event: Event) -> &'static str {
    match event {
        Event::Probationary => "probationary",
        Event::Full => "full",
        Event::Extended => "extended",
        Event::Disqualified => "disqualified",
        Event::TransferredIn => "transferred_in",
        Event::TransferredOut => "transferred_out",
        Event::Died => "died",
        Event::Withdrew => "withdrew",
        Event::Removed => "removed",
        Event::Expelled => "expelled",
    }
}

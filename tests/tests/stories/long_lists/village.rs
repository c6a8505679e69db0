//! A village with long lists: households with what is sealed about them, and members with what goes up of them.

use serde_json::to_vec;
use ybz_domain::book::{RecordOp, Value};
use ybz_domain::ids::RecordId;
use ybz_domain::ledger::admission::Applicant;
use ybz_domain::ledger::care::{AID, Aid, CARE, Care, CareFrame, PAIRING, Pairing};
use ybz_domain::ledger::dues::{Assessment, DuesClass, Payment};
use ybz_domain::ledger::member::Member;
use ybz_domain::ledger::mobile::Mobile;
use ybz_domain::ledger::plan::Planned;
use ybz_domain::ledger::session::SessionKind;
use ybz_domain::ledger::talk::{TALK_NOTE, Talk, TalkNote, Trigger};
use ybz_domain::ledger::training::Training;
use ybz_domain::ledger::transfer::{Transfer, Traveller};
use ybz_domain::ledger::visit::{
    HOUSEHOLD, HouseholdIdentity, KEPT_CONCERN, KeptConcern, VISIT_LINK, Visit, VisitKind,
};

use super::grow::{Growing, id, name};

const HOMES: &str = "own/households";
const PRIVATE: &str = "own/private";

/// Groups of ids.
pub const HOME: u8 = 0x11;
const VISITED: u8 = 0x12;
const PAIRED: u8 = 0x13;
const AIDED: u8 = 0x14;
const CARED: u8 = 0x15;
const TALKED: u8 = 0x16;
const KEPT: u8 = 0x17;
const PERSON: u8 = 0x18;
const AWAY: u8 = 0x19;
const PAID: u8 = 0x1a;
const TRAINED: u8 = 0x1b;
const PLAN: u8 = 0x1c;
const OUT: u8 = 0x1d;
const APPLIED: u8 = 0x1e;
const ASSESSED: u8 = 0x1f;

/// The day of the `n`th record, in 2026.
pub fn day(n: u32) -> String {
    format!("2026-{:02}-{:02}", n % 3 + 1, n / 3 % 18 + 1)
}

fn text(fields: &[(&str, &str)]) -> Vec<(String, Value)> {
    fields.iter().map(|(name, word)| ((*name).to_owned(), (*word).into())).collect()
}

/// The `n`th household, with one record of each kind that is sealed under its key, and a visit.
pub fn home(growing: &Growing, n: u32) {
    let home = id(HOME, n);
    growing.key(home);
    let identity = HouseholdIdentity {
        name: name(n),
        door: format!("{}组{n}号", n % 12 + 1),
        phone: format!("139{n:08}"),
        note: String::new(),
    };
    let mut fields = text(&[("recorded_on", "2026-01-01")]);
    fields.push(("sealed".to_owned(), growing.sealed(HOMES, home, home, to_vec(&identity))));
    growing.put(HOMES, RecordOp::Create { id: home, rtype: HOUSEHOLD.to_owned(), fields });
    visit(growing, n, home);
    cared_for(growing, n, home);
    let kept = KeptConcern {
        category: "roads".to_owned(),
        text: format!("第{n:05}件"),
        private_note: "记下".to_owned(),
        next_step: "报修".to_owned(),
        owner: "赵甲一".to_owned(),
        deadline: day(n),
        unit: String::new(),
    };
    let record = id(KEPT, n);
    let mut fields = text(&[("ref", &id(VISITED, n).to_string()), ("subject", &home.to_string())]);
    fields.push(("sealed".to_owned(), growing.sealed(PRIVATE, record, home, to_vec(&kept))));
    growing.put(PRIVATE, RecordOp::Create { id: record, rtype: KEPT_CONCERN.to_owned(), fields });
}

fn visit(growing: &Growing, n: u32, home: RecordId) {
    let visit = id(VISITED, n);
    let kind = if n.is_multiple_of(5) { VisitKind::Consolation } else { VisitKind::Household };
    let content = Visit {
        date: day(n),
        kind,
        participants: vec!["赵甲一".to_owned()],
        place: format!("第{n:05}处"),
        recorded_on: day(n),
        ..Visit::default()
    };
    growing.put("up/visits", content.create(visit));
    let link = RecordId::natural("ybz visit link 1", &[visit.as_bytes()]);
    let fields = text(&[("ref", &visit.to_string()), ("household", &home.to_string())]);
    growing.put(PRIVATE, RecordOp::Create { id: link, rtype: VISIT_LINK.to_owned(), fields });
}

fn cared_for(growing: &Growing, n: u32, home: RecordId) {
    let frame = |state: &str| CareFrame {
        subject: home.to_string(),
        since: day(n),
        state: state.to_owned(),
        ..CareFrame::default()
    };
    let pairing = Pairing { cadre: name(n % 97), note: String::new() };
    let aid = Aid { reason: "看病".to_owned(), asked_fen: Some(50_000), ..Aid::default() };
    let care = Care { whom: "household".to_owned(), reason: "独居".to_owned() };
    let sealed = growing.sealed(PRIVATE, id(PAIRED, n), home, to_vec(&pairing));
    growing.put(PRIVATE, frame("").create(id(PAIRED, n), PAIRING, sealed));
    let sealed = growing.sealed(PRIVATE, id(AIDED, n), home, to_vec(&aid));
    growing.put(PRIVATE, frame("asked").create(id(AIDED, n), AID, sealed));
    let sealed = growing.sealed(PRIVATE, id(CARED, n), home, to_vec(&care));
    growing.put(PRIVATE, frame("").create(id(CARED, n), CARE, sealed));
    let talk = id(TALKED, n);
    let note =
        TalkNote {
            household: home.to_string(), by: name(n % 97), text: "谈到路灯".to_owned(), ..TalkNote::default()
        };
    let open = Talk { date: day(n), trigger: Trigger::Difficulty, recorded_on: day(n) };
    growing.put("up/meetings", open.create(talk));
    let record = RecordId::natural("ybz talk note 1", &[talk.as_bytes()]);
    let mut fields = text(&[("ref", &talk.to_string()), ("subject", &home.to_string())]);
    fields.push(("sealed".to_owned(), growing.sealed(PRIVATE, record, home, to_vec(&note))));
    growing.put(PRIVATE, RecordOp::Create { id: record, rtype: TALK_NOTE.to_owned(), fields });
}

/// The `n`th member, with a stay elsewhere, an assessment, a training, a planned session, a transfer and an applicant.
pub fn member(growing: &Growing, n: u32) {
    let person = id(PERSON, n);
    let member = Member {
        name: name(n),
        birth_month: "1980-05".to_owned(),
        joined: "2001-07".to_owned(),
        group: format!("第{}党小组", n % 9 + 1),
        ..Member::default()
    };
    growing.put("up/roster", member.create(person, "2026-01-01"));
    let stay = Mobile {
        member: person.to_string(),
        since: day(n),
        region: format!("第{n:05}市"),
        person: "赵甲一".to_owned(),
        recorded_on: day(n),
        ..Mobile::default()
    };
    growing.put("up/roster", stay.create(id(AWAY, n)));
    let training = Training {
        date: day(n),
        topic: format!("第{n:05}课"),
        hours: 20,
        members: [person].into(),
        recorded_on: day(n),
        ..Training::default()
    };
    growing.put("up/meetings", training.create(id(TRAINED, n)));
    let planned = Planned {
        kinds: vec![SessionKind::CommitteeMeeting],
        date: day(n),
        topic: format!("第{n:05}次"),
        ..Planned::default()
    };
    growing.put("up/meetings", planned.create(id(PLAN, n)));
    let out = Transfer {
        member: person.to_string(),
        who: Traveller::of(&member),
        on: day(n),
        place: format!("第{n:05}村"),
        ..Transfer::default()
    };
    growing.put("up/roster", out.write_out(id(OUT, n)));
    let applicant = Applicant { name: name(n), applied: day(n), recorded_on: day(n), ..Applicant::default() };
    growing.put("up/tasks", applicant.create(id(APPLIED, n)));
    let assessed = Assessment {
        member: person.to_string(),
        from_month: "2026-01".to_owned(),
        class: DuesClass::Farmer,
        rate_bp: None,
        monthly_fen: 100,
        decision: String::new(),
        over: std::collections::BTreeSet::new(),
        rules: String::new(),
        recorded_on: day(n),
    };
    growing.put("up/dues", assessed.create(id(ASSESSED, n)));
}

/// What the `n`th member paid for a month of 2026.
pub fn payment(growing: &Growing, n: u32, month: u32) {
    let record = n * 12 + month - 1;
    let payment = Payment {
        member: id(PERSON, n).to_string(),
        month: format!("2026-{month:02}"),
        amount_fen: 100,
        on: day(n),
        receipt: format!("2026-测-{record:05}"),
        recorded_on: day(n),
        ..Payment::default()
    };
    growing.put("up/dues", payment.create(id(PAID, record)));
}

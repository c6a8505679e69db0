//! A year's assessment of all members in one action.

use std::collections::{BTreeMap, BTreeSet};

use ybz_domain::ids::RecordId;
use ybz_domain::ledger::dues::{Account, Assessment, DuesClass as Class, owes};
use ybz_domain::ledger::member::Member;

use super::{account, bases, computed, first_day, near_month, stage};
use crate::ErrorDto;
use crate::cx::{Cx, Edits, rule_in};
use crate::dto::ListInput;
use crate::dto::dues::{
    AssessInput, DuesClass, YearAssessInput, YearAssessment, YearAssessmentRow, YearOutput, YearRow,
};
use crate::error::Answer;

/// One member of the plan.
struct Planned {
    id: RecordId,
    input: Option<AssessInput>,
    row: YearAssessmentRow,
}

/// `dues.year_preview`: what each member would owe, with the arithmetic and the article. Nothing is copied: the base of
/// before stands there to be looked at, and a person assesses.
pub(crate) fn preview(cx: &Cx<'_>, input: YearAssessInput) -> Answer<YearAssessment> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let rows: Vec<YearAssessmentRow> = plan(cx, year, &input.rows)?.into_iter().map(|planned| planned.row).collect();
    let monthly_fen = rows.iter().filter_map(|row| row.monthly_fen).sum();
    let ready = count(rows.iter().filter(|row| row.fault.is_empty() && !row.done));
    let done = rows.iter().all(|row| row.done);
    let page = ListInput { offset: input.offset, limit: input.limit, ..ListInput::default() };
    let page = cx.page_whole(rows, &page);
    Ok(YearAssessment {
        year,
        monthly_fen,
        ready,
        done,
        total: page.total,
        rule: rule_in(cx.rules_on(&format!("{year:04}-01-01"))?, "dues_yearly")?,
        rows: page.rows,
    })
}

/// `dues.assess_year`: all that can be assessed, as one change. Who is assessed already in the same way is left as it is.
pub(crate) fn assess(cx: &Cx<'_>, input: YearAssessInput) -> Answer<YearOutput> {
    let year = input.year.unwrap_or_else(|| cx.today.year());
    let (mut edits, mut out) = (Edits::default(), YearOutput { assessed: 0, unchanged: 0, left_out: 0 });
    for planned in plan(cx, year, &input.rows)? {
        match planned.input.filter(|_| planned.row.fault.is_empty()) {
            None => out.left_out += 1,
            Some(_) if planned.row.done => out.unchanged += 1,
            Some(input) => {
                stage(cx, &mut edits, planned.id, &input)?;
                out.assessed += 1;
            }
        }
    }
    if out.assessed == 0 {
        return Err(ErrorDto::new("nobody_to_assess"));
    }
    cx.commit(edits)?;
    Ok(out)
}

fn count<T>(rows: impl Iterator<Item = T>) -> u32 {
    u32::try_from(rows.count()).unwrap_or(u32::MAX)
}

fn plan(cx: &Cx<'_>, year: i16, named: &[YearRow]) -> Answer<Vec<Planned>> {
    near_month(cx, &format!("{year:04}-01"), "year")?;
    let (account, members) = (account(cx)?, cx.members()?);
    let named: BTreeMap<&str, &YearRow> = named.iter().map(|row| (row.member.as_str(), row)).collect();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut wanted = BTreeSet::new();
    let mut due: Vec<(RecordId, Member, String)> = Vec::new();
    for (id, member) in members {
        // From January, from the month of admission, or from the first month on whose first day the member belongs here.
        let months = (1..=12u8).map(|month| format!("{year:04}-{month:02}"));
        let Some(from) = months.into_iter().find(|month| owes(&member, month)) else { continue };
        let last = account.assessment(&id.to_string(), &from);
        wanted.extend(last.map(|(assessment, _)| assessment.to_string()));
        known.insert(id.to_string());
        due.push((id, member, from));
    }
    if let Some(unknown) = named.keys().find(|member| !known.contains(**member)) {
        return Err(ErrorDto::new("not_found").at("rows").with("id", unknown));
    }
    let bases = bases(cx, &wanted)?;
    let mut rows = due
        .into_iter()
        .map(|(id, member, from)| {
            let row = named.get(id.to_string().as_str()).copied();
            planned(cx, &account, &bases, id, member, from, row)
        })
        .collect::<Answer<Vec<Planned>>>()?;
    rows.sort_by_cached_key(|planned| (crate::pinyin::key(&planned.row.name), planned.id));
    Ok(rows)
}

fn planned(
    cx: &Cx<'_>,
    account: &Account,
    bases: &BTreeMap<String, i64>,
    id: RecordId,
    member: Member,
    from_month: String,
    named: Option<&YearRow>,
) -> Answer<Planned> {
    let before = account.assessment(&id.to_string(), &from_month);
    let kept = before.filter(|(_, one)| one.class != Class::Hardship);
    let base_before = before.and_then(|(assessment, _)| bases.get(&assessment.to_string()).copied());
    let input = match (named, kept) {
        (Some(row), _) => Some(input_of(id, &from_month, row)),
        (None, Some((_, one))) => Some(AssessInput {
            member: id.to_string(),
            from_month: from_month.clone(),
            class: one.class.into(),
            base_fen: base_before,
            quarter_fen: None,
            fixed_fen: (one.class == Class::Farmer).then_some(one.monthly_fen),
        }),
        (None, None) => None,
    };
    let rules = cx.rules_on(&first_day(&from_month))?;
    let mut row = YearAssessmentRow {
        member: id.to_string(),
        name: member.name,
        class: input.as_ref().map(|input| input.class),
        base_fen: input.as_ref().and_then(|input| input.base_fen),
        fixed_fen: input.as_ref().and_then(|input| input.fixed_fen),
        from_month,
        before_fen: before.map(|(_, one)| one.monthly_fen),
        monthly_fen: None,
        arithmetic: String::new(),
        rule: None,
        capped: false,
        fault: String::new(),
        fault_field: String::new(),
        done: false,
    };
    match input.as_ref().map(|input| (input, computed(rules, input))) {
        None => (row.fault, row.fault_field) = ("required".to_owned(), "class".to_owned()),
        Some((input, computed)) => {
            let class = Class::from(input.class);
            row.rule = rule_in(rules, class.article()).ok();
            match computed {
                Err(error) => (row.fault, row.fault_field) = (error.code, error.field.unwrap_or_default()),
                Ok((assessed, base)) => {
                    let same = |one: &Assessment| {
                        (&one.from_month, one.class, one.monthly_fen, &one.rules)
                            == (&row.from_month, class, assessed.monthly_fen, &rules.version)
                    };
                    row.done =
                        before.is_some_and(|(_, one)| same(one)) && base == base_before.filter(|_| base.is_some());
                    row.base_fen = base;
                    row.monthly_fen = Some(assessed.monthly_fen);
                    row.arithmetic = assessed.arithmetic;
                    row.capped = assessed.capped;
                }
            }
        }
    }
    Ok(Planned { id, input, row })
}

fn input_of(id: RecordId, from_month: &str, row: &YearRow) -> AssessInput {
    AssessInput {
        member: id.to_string(),
        from_month: from_month.to_owned(),
        class: row.class,
        base_fen: row.base_fen,
        quarter_fen: row.quarter_fen.filter(|_| row.class == DuesClass::SelfEmployed),
        fixed_fen: row.fixed_fen,
    }
}

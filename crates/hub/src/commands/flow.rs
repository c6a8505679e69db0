//! `ybz flow` and `ybz case`. Each step is taken on what stands there now.

use ybz_app::ErrorDto;
use ybz_app::dto::case::{
    CaseAcceptInput, CaseAnswerBackInput, CaseAnswerInput, CaseAnswered, CaseCaller, CasePassInput, CasePassed,
    CasePrivate, CaseTellInput,
};
use ybz_app::dto::flow::{
    FlowActInput, FlowListInput, FlowOpenInput, FlowOpened, FlowRates, FlowRatesInput, FlowRow, FlowTemplate,
    FlowTemplatesInput, FlowView,
};
use ybz_app::dto::{IdInput, Page};

use super::line::Line;
use super::{Outcome, files};
use crate::args::Common;
use crate::args::flow::{Case, CaseAccept, CasePass, Flow, FlowDo, FlowList};
use crate::print::flow as shown;

/// Rows asked for at once.
const PAGE: u32 = 500;
/// Bytes of a file with who asked at most.
const CALLER_BYTES: u64 = 16 * 1024;

impl Line {
    async fn view(&mut self, id: &str) -> Result<FlowView, ErrorDto> {
        self.ask("flow.get", &IdInput { id: id.to_owned() }).await
    }
}

/// `ybz flow`
pub(super) async fn run(common: &Common, command: Flow) -> Outcome {
    let mut line = Line::open(common).await?;
    let done = flow(&mut line, command).await;
    line.end(done).await
}

/// `ybz case`
pub(super) async fn case(common: &Common, command: Case) -> Outcome {
    let mut line = Line::open(common).await?;
    let done = on_case(&mut line, command).await;
    line.end(done).await
}

async fn flow(line: &mut Line, command: Flow) -> Result<(), ErrorDto> {
    match command {
        Flow::Templates { to, desk } => {
            let input = FlowTemplatesInput { office: to, desk };
            let all: Vec<FlowTemplate> = line.ask("flow.templates", &input).await?;
            line.tell(&all, |all| shown::templates(all));
        }
        Flow::List(args) => {
            let page = list(line, args).await?;
            line.tell(&page, shown::list);
        }
        Flow::Show { id } => {
            let view = line.view(&id).await?;
            line.tell(&view, shown::view);
        }
        Flow::Open(args) => {
            let input = FlowOpenInput {
                flow: args.flow,
                to: args.to,
                desk: args.desk,
                title: args.title,
                text: args.text,
                category: args.category,
                form: args.form,
                channel: args.channel,
                on: args.on,
                due: args.due,
                leader: args.leader,
                person: args.person,
                unit: args.unit,
                group: args.group,
                keep_matches: args.keep.names,
                ..FlowOpenInput::default()
            };
            let opened: FlowOpened = line.ask("flow.open", &input).await?;
            line.tell(&opened, |opened| opened.items.iter().map(|item| format!("{}\n", item.id)).collect());
        }
        Flow::Do(args) => act(line, args).await?,
        Flow::Rates(args) => {
            let input = FlowRatesInput {
                flow: args.flow,
                below: args.below,
                from: args.from,
                to: args.to,
                as_of: args.as_of,
                by: args.by,
                ..FlowRatesInput::default()
            };
            let rates: FlowRates = line.ask("flow.rates", &input).await?;
            line.tell(&rates, shown::rates);
        }
    }
    Ok(())
}

async fn list(line: &mut Line, args: FlowList) -> Result<Page<FlowRow>, ErrorDto> {
    let mut all = Page { total: 0, rows: Vec::new() };
    loop {
        let input = FlowListInput {
            below: args.below,
            office: args.office.clone(),
            desk: args.desk.then_some(true),
            flows: args.flows.clone(),
            states: args.states.clone(),
            counts: if args.open { vec!["open".to_owned()] } else { Vec::new() },
            overdue: args.overdue,
            disputed: args.disputed.then_some(true),
            text: args.text.clone(),
            offset: u32::try_from(all.rows.len()).unwrap_or(u32::MAX),
            limit: PAGE,
            ..FlowListInput::default()
        };
        let page: Page<FlowRow> = line.ask("flow.list", &input).await?;
        let last = page.rows.len() < PAGE as usize;
        all.total = page.total;
        all.rows.extend(page.rows);
        if last {
            return Ok(all);
        }
    }
}

async fn act(line: &mut Line, args: FlowDo) -> Result<(), ErrorDto> {
    let input = FlowActInput {
        seen: line.view(&args.id).await?.seen,
        id: args.id,
        event: args.event,
        on: args.on,
        person: args.person,
        role: args.role,
        due: args.due,
        value: args.value,
        note: args.note,
        data: args.said.into_iter().collect(),
        keep_matches: args.keep.names,
        ..FlowActInput::default()
    };
    line.save("flow.act", &input).await
}

/// Name, phone, address and note, a line each.
fn caller(args: &CaseAccept) -> Result<CaseCaller, ErrorDto> {
    let Some(file) = &args.caller else { return Ok(CaseCaller::default()) };
    let bytes = files::read_or_piped(file, CALLER_BYTES)?;
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines().map(|line| line.trim().to_owned());
    let mut next = || lines.next().unwrap_or_default();
    Ok(CaseCaller { name: next(), phone: next(), address: next(), note: next() })
}

async fn on_case(line: &mut Line, command: Case) -> Result<(), ErrorDto> {
    match command {
        Case::Accept(args) => {
            let caller = caller(&args)?;
            let input = CaseAcceptInput {
                source: args.source.unwrap_or_default(),
                title: args.title,
                text: args.text,
                category: args.category,
                channel: args.channel,
                on: args.on,
                due: args.due,
                person: args.person,
                unit: args.unit,
                caller,
                keep_matches: args.keep.names,
                ..CaseAcceptInput::default()
            };
            line.save("case.accept", &input).await
        }
        Case::Pass(args) => pass(line, args).await,
        Case::Tell { id, person, note, phone, address, yes } => {
            let seen = line.view(&id).await?.seen;
            let input = CaseTellInput { id, seen, on: String::new(), person, note, phone, address, confirmed: yes };
            line.save("case.tell", &input).await
        }
        Case::Who { id } => {
            let private: CasePrivate = line.ask("case.private", &IdInput { id }).await?;
            line.tell(&private, shown::private);
            Ok(())
        }
        Case::Answer { id, note, on, person, unit, declined, keep } => {
            let seen = line.view(&id).await?.seen;
            let input = CaseAnswerInput { id, seen, on, person, note, unit, declined, keep_matches: keep.names };
            let answered: CaseAnswered = line.ask("case.answer", &input).await?;
            line.tell(&answered, shown::answered);
            Ok(())
        }
        Case::AnswerBack { id, linked, note, person, keep } => {
            let view = line.view(&id).await?;
            let waits = view.links.iter().find(|link| link.answer.as_ref().is_some_and(|answer| answer.waiting));
            let linked = linked.or_else(|| waits.map(|link| link.id.clone())).unwrap_or_default();
            let input = CaseAnswerBackInput {
                id,
                linked,
                seen: view.seen,
                note,
                person,
                keep_matches: keep.names,
                ..CaseAnswerBackInput::default()
            };
            line.save("case.answer_back", &input).await
        }
    }
}

async fn pass(line: &mut Line, args: CasePass) -> Result<(), ErrorDto> {
    let up = args.to == "up";
    let input = CasePassInput {
        seen: line.view(&args.id).await?.seen,
        id: args.id,
        way: if up { "up" } else { "down" }.to_owned(),
        to: if up { String::new() } else { args.to },
        title: args.title,
        text: args.text,
        due: args.due,
        person: args.person,
        unit: args.unit,
        keep_matches: args.keep.names,
        ..CasePassInput::default()
    };
    let passed: CasePassed = line.ask("case.pass", &input).await?;
    line.tell(&passed, |passed| format!("{}\n", passed.id));
    Ok(())
}

//! `ybz interview`, `ybz common`, `ybz weak`, `ybz listed`, `ybz project`, `ybz letter`.

use serde::Serialize;
use ybz_app::ErrorDto;
use ybz_app::dto::common_problem::{
    CommonGroupInput, CommonInput, CommonList, CommonPartInput, CommonTasksInput, ProblemPage, ProblemsInput,
    WeakAddInput, WeakInput, WeakList,
};
use ybz_app::dto::flow::FlowPart;
use ybz_app::dto::interview::{
    InterviewCalendar, InterviewCalendarInput, InterviewIssueInput, InterviewPlanInput, MadeOnce, Round, RoundInput,
};
use ybz_app::dto::letter::{LetterList, LetterListInput, LetterSendInput};
use ybz_app::dto::listed::{ListedInput, ListedLine, ListedSendInput, Lists};
use ybz_app::dto::project::{ProjectInput, ProjectList};
use ybz_app::dto::sync::OrgNode;
use ybz_app::dto::{IdInput, Nothing, Saved};

use super::{Outcome, files};
use crate::args::Common;
use crate::args::rounds::{Common as Problems, Interview, Letter, Listed, Project, Rows, Weak};
use crate::client::{Books, Client};
use crate::exit::Exit;
use crate::print;
use crate::print::rounds as shown;

/// Bytes of a file with lines.
const LARGEST: u64 = 1024 * 1024;

/// One of these commands.
pub(super) enum Command {
    Interview(Interview),
    Common(Problems),
    Weak(Weak),
    Listed(Listed),
    Project(Project),
    Letter(Letter),
}

pub(super) async fn run(common: &Common, command: Command) -> Outcome {
    let mut client = Client::reach(common, Books::Kept).await?;
    let done = with(&mut client, common, command).await;
    client.close().await;
    done.map(|()| Exit::Done)
}

async fn with(client: &mut Client, common: &Common, command: Command) -> Result<(), ErrorDto> {
    let office = client.office(common).await?.id;
    match command {
        Command::Interview(command) => interview(client, common, &office, command).await,
        Command::Common(command) => problems(client, common, &office, command).await,
        Command::Weak(command) => weak(client, common, &office, command).await,
        Command::Listed(command) => listed(client, common, &office, command).await,
        Command::Project(Project::List { year, below, rows }) => {
            let input = ProjectInput { year, below, part: part(rows) };
            let list: ProjectList = client.ask("project.list", Some(&office), &input).await?;
            say(common, &list, || shown::projects(&list));
            Ok(())
        }
        Command::Letter(command) => letter(client, common, &office, command).await,
    }
}

fn say<T: Serialize>(common: &Common, value: &T, words: impl FnOnce() -> String) {
    if common.json { print::json(value) } else { print::out(words()) }
}

/// Offices of the tree by their names or ids.
async fn named(client: &mut Client, office: &str, units: Vec<String>) -> Result<Vec<String>, ErrorDto> {
    if units.is_empty() {
        return Ok(units);
    }
    let tree: Vec<OrgNode> = client.ask("org.tree", Some(office), &Nothing {}).await?;
    let find = |text: String| {
        let fits = |node: &&OrgNode| node.name == text || node.id.as_deref() == Some(text.as_str());
        let mut fitting = tree.iter().filter(fits).filter_map(|node| node.id.clone());
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => Ok(only),
            _ => {
                let known: Vec<&str> = tree.iter().map(|node| node.name.as_str()).collect();
                Err(ErrorDto::new("office_not_below").with("office", &text).with("known", known.join("、")))
            }
        }
    };
    units.into_iter().map(find).collect()
}

async fn interview(client: &mut Client, common: &Common, office: &str, command: Interview) -> Result<(), ErrorDto> {
    let of = Some(office);
    match command {
        Interview::Round { month, own } => {
            let round: Round = client.ask("interview.round", of, &RoundInput { month, own }).await?;
            say(common, &round, || shown::round(&round));
        }
        Interview::Plan { month, units, on, notify, person } => {
            let units = named(client, office, units).await?;
            let input = InterviewPlanInput { month, on, units, notify, person, ..InterviewPlanInput::default() };
            let made: MadeOnce = client.ask("interview.plan", of, &input).await?;
            say(common, &made, || shown::made(&made));
        }
        Interview::Issue { id, person } => {
            let made: MadeOnce =
                client.ask("interview.issue", of, &InterviewIssueInput { id, person, keep_matches: false }).await?;
            say(common, &made, || shown::made(&made));
        }
        Interview::Calendar { year, own } => {
            let found: InterviewCalendar =
                client.ask("interview.calendar", of, &InterviewCalendarInput { year, own }).await?;
            say(common, &found, || shown::calendar(&found));
        }
    }
    Ok(())
}

async fn problems(client: &mut Client, common: &Common, office: &str, command: Problems) -> Result<(), ErrorDto> {
    let of = Some(office);
    match command {
        Problems::List { year } => {
            let list: CommonList = client.ask("common.list", of, &CommonInput { year }).await?;
            say(common, &list, || shown::common(&list));
        }
        Problems::Problems { group, text } => {
            let input = ProblemsInput { group, text, limit: u32::MAX, ..ProblemsInput::default() };
            let page: ProblemPage = client.ask("common.problems", of, &input).await?;
            say(common, &page, || shown::problems(&page));
        }
        Problems::Group { title, parts, note } => {
            let saved: Saved = client.ask("common.group", of, &CommonGroupInput { title, parts, note }).await?;
            say(common, &saved, || format!("{}\n", saved.id));
        }
        Problems::Part { group, parts, out } => {
            let input = CommonPartInput { id: group, parts, inside: !out };
            client.ask::<Nothing>("common.part", of, &input).await?;
            say(common, &Nothing {}, || "已改 Changed".to_owned());
        }
        Problems::Undo { group } => {
            client.ask::<Nothing>("common.undo", of, &IdInput { id: group }).await?;
            say(common, &Nothing {}, || "已撤销归类 Taken back".to_owned());
        }
        Problems::Tasks { groups, year, to } => {
            let to = named(client, office, to).await?;
            let input = CommonTasksInput { groups, year, to, leader: String::new(), keep_matches: false };
            let made: MadeOnce = client.ask("common.tasks", of, &input).await?;
            say(common, &made, || shown::made(&made));
        }
    }
    Ok(())
}

fn part(rows: Rows) -> FlowPart {
    let Rows { text, state, sort, limit, offset } = rows;
    FlowPart { office: None, state, text, sort, offset, limit }
}

async fn weak(client: &mut Client, common: &Common, office: &str, command: Weak) -> Result<(), ErrorDto> {
    match command {
        Weak::List { year, own, rows } => {
            let input = WeakInput { year, own, part: part(rows) };
            let list: WeakList = client.ask("weak.list", Some(office), &input).await?;
            say(common, &list, || shown::weak(&list));
        }
        Weak::Add { units, why, year } => {
            let offices = named(client, office, units).await?;
            let made: MadeOnce =
                client.ask("weak.add", Some(office), &WeakAddInput { offices, why, year, keep_matches: false }).await?;
            say(common, &made, || shown::made(&made));
        }
    }
    Ok(())
}

async fn listed(client: &mut Client, common: &Common, office: &str, command: Listed) -> Result<(), ErrorDto> {
    match command {
        Listed::List { year, own } => {
            let lists: Lists = client.ask("listed.lists", Some(office), &ListedInput { year, own }).await?;
            say(common, &lists, || shown::lists(&lists));
        }
        Listed::Send { name, period, lines, to, role } => {
            let bytes = files::read(&lines, LARGEST)?;
            let lines: Vec<ListedLine> = serde_json::from_slice(&bytes)
                .map_err(|error| ErrorDto::new("invalid_input").at("lines").with("value", error))?;
            let to = named(client, office, to).await?;
            let input = ListedSendInput { name, role, period, to, lines, confirm_date: true, keep_matches: false };
            let made: MadeOnce = client.ask("listed.send", Some(office), &input).await?;
            say(common, &made, || shown::made(&made));
        }
    }
    Ok(())
}

async fn letter(client: &mut Client, common: &Common, office: &str, command: Letter) -> Result<(), ErrorDto> {
    match command {
        Letter::List { year, below, rows } => {
            let input = LetterListInput { year, below, part: part(rows) };
            let list: LetterList = client.ask("letter.list", Some(office), &input).await?;
            say(common, &list, || shown::letters(&list));
        }
        Letter::Send { units, base, year } => {
            let to = named(client, office, units).await?;
            let made: MadeOnce = client
                .ask("letter.send", Some(office), &LetterSendInput { year, to, base, keep_matches: false })
                .await?;
            say(common, &made, || shown::made(&made));
        }
    }
    Ok(())
}

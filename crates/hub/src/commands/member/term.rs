//! `ybz term`

use ybz_app::ErrorDto;
use ybz_app::dto::Nothing;
use ybz_app::dto::term::{PostInput, TermInput, TermView};

use super::Line;
use crate::args::Common;
use crate::args::member::Term;
use crate::commands::Outcome;
use crate::print::member as shown;

pub(in crate::commands) async fn run(common: &Common, command: Term) -> Outcome {
    let mut desk = Line::open(common).await?;
    let done = ask(&mut desk, command).await;
    desk.end(done).await
}

async fn ask(desk: &mut Line, command: Term) -> Result<(), ErrorDto> {
    match command {
        Term::List => {
            let view: TermView = desk.ask("term.list", &Nothing {}).await?;
            desk.tell(&view, shown::terms);
            Ok(())
        }
        Term::Save { start, years, size, trained } => {
            let input = TermInput { id: None, start, years, shift: 0, decision: String::new(), size, trained };
            desk.save("term.save", &input).await
        }
        Term::Post { member, post, from } => {
            let member = desk.member(member).await?;
            desk.save("term.post", &PostInput { id: None, member, post, from, until: String::new() }).await
        }
        Term::Leave { id, until } => {
            let (member, post, from) = (String::new(), String::new(), String::new());
            desk.save("term.post", &PostInput { id: Some(id), member, post, from, until }).await
        }
    }
}

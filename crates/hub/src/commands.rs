//! One file a command. Each answers how it ended; a coded error is said by `main`.

mod alike;
mod back;
mod backup;
mod bulk;
mod bundle;
mod custody;
mod desk;
mod device;
mod doctor;
mod dues;
mod files;
mod fill;
mod flow;
mod grant;
mod handover;
mod household;
mod import;
mod init;
mod invite;
mod join;
mod key;
mod line;
mod log;
mod member;
mod month;
mod order;
mod profile;
mod redact;
mod request;
mod roles;
mod root;
mod rounds;
mod rpc;
mod sample;
mod serve;
mod sheet;
mod snapshot;
pub(crate) mod status;
mod stop;
mod sync;
mod tree;
mod tree_list;
mod ui_url;
mod who;

use ybz_app::ErrorDto;
use ybz_app::dto::sync::SyncNowInput;

use crate::args::{Arguments, Command};
use crate::exit::Exit;

/// How a command ends.
type Outcome = Result<Exit, ErrorDto>;

/// Runs the command.
///
/// # Errors
/// Why it failed.
pub(crate) async fn run(Arguments { common, command }: Arguments) -> Outcome {
    match command {
        Command::Init(init) => init::run(&common, init).await,
        Command::Invite(invite) => invite::run(&common, invite).await,
        Command::Join { ticket } => join::run(&common, &ticket).await,
        Command::Serve(serve) => serve::run(&common, serve).await,
        Command::Sync { timeout, with } => sync::run(&common, SyncNowInput { timeout_s: timeout, device: with }).await,
        Command::Bundle(bundle) => bundle::run(&common, bundle).await,
        Command::Request(request) => request::run(&common, request).await,
        Command::Status => status::run(&common).await,
        Command::Import(import) => import::run(&common, import).await,
        Command::Rpc(rpc) => rpc::run(&common, rpc).await,
        Command::Snapshot(snapshot) => snapshot::run(&common, snapshot).await,
        Command::Device(device) => device::run(&common, device).await,
        Command::Handover(handover) => handover::run(&common, handover).await,
        Command::Doctor { repair: false, .. } => doctor::run(&common).await,
        Command::Doctor { repair: true, book } => doctor::repair(&common, book).await,
        Command::Household(household) => household::run(&common, household).await,
        Command::Redact { book, record, fields } => redact::run(&common, book, record, fields).await,
        Command::Who { book, record } => who::run(&common, book, record).await,
        Command::Key(command) => key::run(&common, command).await,
        Command::Backup(command) => backup::run(&common, command).await,
        Command::Restore(args) => backup::restore(&common, args).await,
        Command::Back(back) => back::run(&common, back).await,
        Command::Alike(command) => alike::run(&common, command).await,
        Command::Decide(command) => alike::decide(&common, command).await,
        Command::Month(month) => month::run(&common, month).await,
        Command::Interview(command) => rounds::run(&common, rounds::Command::Interview(command)).await,
        Command::Common(command) => rounds::run(&common, rounds::Command::Common(command)).await,
        Command::Weak(command) => rounds::run(&common, rounds::Command::Weak(command)).await,
        Command::Listed(command) => rounds::run(&common, rounds::Command::Listed(command)).await,
        Command::Project(command) => rounds::run(&common, rounds::Command::Project(command)).await,
        Command::Letter(command) => rounds::run(&common, rounds::Command::Letter(command)).await,
        Command::Calendar(args) => desk::calendar(&common, args).await,
        Command::Urge(args) => desk::urge(&common, args).await,
        Command::Dispatch(command) => desk::dispatch::run(&common, command).await,
        Command::Ledger(command) => desk::ledger::run(&common, command).await,
        Command::Flow(command) => flow::run(&common, command).await,
        Command::Case(command) => flow::case(&common, command).await,
        Command::Order(order) => order::run(&common, order).await,
        Command::Root(root) => root::run(&common, root).await,
        Command::Tree(tree) => tree::run(&common, tree).await,
        Command::Roles => roles::run(&common),
        Command::Dues(command) => dues::run(&common, command).await,
        Command::Fill(command) => fill::run(&common, command).await,
        Command::Sheet(args) => sheet::run(&common, args).await,
        Command::Member(command) => member::run(&common, command).await,
        Command::Admission(command) => member::admission(&common, command).await,
        Command::Transfer(command) => member::transfer(&common, command).await,
        Command::Term(command) => member::term(&common, command).await,
        Command::Body(command) => member::body(&common, command).await,
        Command::Custody(command) => custody::run(&common, command).await,
        Command::Rules(command) => dues::rules(&common, command).await,
        Command::Grant { device } => grant::run(&common, device).await,
        Command::Profile(profile) => profile::run(&common, profile).await,
        Command::Log(log) => log::run(&common, log).await,
        Command::Sample(sample) => sample::run(&common, sample).await,
        Command::UiUrl => ui_url::run(&common).await,
    }
}

//! The workloads of every measurement: a village-year, and an offline-month on top of it, recorded call by call through
//! the table as people record them. A seed names every word and number.
//!
//! Sizes: one branch has 54 members in 3 groups, 5 of them on its committee, and 386 households. A village-year has 70
//! sessions with 1,900 attendance rows (324 of them in sessions with hours), 648 dues rows, 24 night tables, 132 visits to
//! households, 65 consolation visits, 18 concerns with 3 steps each, 48 own items and 12 dispatched ones with 4 steps
//! each, and 20 rectifications with 5. An offline-month is another December of the same village, with dues paid ahead.
//!
//! The program that measures must call [`serve_lines`] when its first argument is [`NODE_ARGUMENT`]: nodes that others
//! dial run in processes of their own.

mod clock;
mod folders;
mod month;
mod peer;
mod random;
mod scene;
mod village;
mod words;

pub use clock::{random_bytes, seed_nodes, set_today, system_clock, today};
pub use folders::Folders;
pub use peer::{NODE_ARGUMENT, Peer, serve_lines};
pub use random::Random;
pub use scene::{BRANCHES, Scene, YEAR, branch, closing_day};
pub use village::{KEY_TEXT, Size, Village, open};

/// What went well; a sentence about what did not.
pub type Outcome<T = ()> = Result<T, String>;

/// Calls the node for its only office.
///
/// # Errors
/// The failure, with the name of the call.
pub async fn call(node: &ybz_app::Node, name: &str, input: serde_json::Value) -> Outcome<serde_json::Value> {
    node.call(name, None, input).await.map_err(|error| format!("{name}: {error}"))
}

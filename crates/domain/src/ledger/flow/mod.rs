//! 流程: one engine for cases, rectification, interviews, weak branches, yearly lists and projects. What differs between them is
//! data (`rules/flows/*.toml`).
//!
//! An *item* (事项) is a record that names its template and version. Whatever happens to it is an *event*, a record of its
//! own that names the events its maker had seen. Where the item stands follows from template and events alone
//! ([`course()`]), so that everybody who has the same books tells the same, in whatever order they came.

mod awaits;
pub(crate) mod causal;
mod charge;
mod check;
mod course;
mod due;
mod event;
mod item;
mod rates;
mod set;
mod spec;
#[cfg(test)]
pub(crate) mod testing;

pub use causal::MAX_EVENTS;
pub use charge::Charge;
pub use check::FlowError;
pub use course::{Course, Made, Mark, Refusal, course};
pub use due::{Due, DueState, days_after, months_after};
pub use event::{Event, FLOW_EVENT, as_of};
pub use item::{FLOW_ITEM, Item};
pub use rates::{Rate, Tally};
pub use set::{DeadlinePatch, FlowPatch, Flows};
pub use spec::{Deadline, Flow, Kind, RateSpec, Side, State, Worth};

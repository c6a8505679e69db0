//! Use cases: one file per topic, functions over the node's books.

pub(crate) mod checklist;
pub(crate) mod committee;
pub(crate) mod concern;
pub(crate) mod conflict;
pub(crate) mod dues;
pub(crate) mod frame;
pub(crate) mod history;
pub(crate) mod household;
pub(crate) mod import;
pub(crate) mod invite;
pub(crate) mod issue;
pub(crate) mod leaves;
pub(crate) mod meeting;
pub(crate) mod member;
pub(crate) mod office;
pub(crate) mod order;
pub(crate) mod org;
pub(crate) mod root;
pub(crate) mod snapshot;
pub(crate) mod status;
pub(crate) mod today;
pub(crate) mod troubles;
pub(crate) mod upward;
pub(crate) mod visit;

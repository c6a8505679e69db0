//! What is true: the types, rules, books and certificates of 一本账. No IO, no clock, no runtime; time and randomness come
//! in as parameters.
//!
//! Terms: an *office* (机构) keeps *books* (账本), each one automerge document; a *device* writes *changes* and *attests*
//! them; a *receipt* (签收) says what a superior holds durably. docs/glossary.md maps the Chinese words.

pub mod accept;
pub mod book;
pub mod date;
pub mod diff;
pub mod envelope;
pub mod id_number;
pub mod ids;
pub mod ledger;
pub mod money;
pub mod office;
pub mod parcel;
pub mod pinyin;
pub mod rules;
pub mod seal;
pub mod search;
pub mod sign;
pub mod snapshot;
pub mod trust;

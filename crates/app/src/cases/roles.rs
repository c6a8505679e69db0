//! 角色说明: what each role may do, asked of the rules.

use std::sync::Arc;

use ybz_domain::trust::{Rights, Standing, acts, markdown, rights};

use crate::dto::Nothing;
use crate::dto::roles::{RoleAct, RoleBook, RoleStanding, Roles};
use crate::error::Answer;
use crate::node::Inner;

/// `roles`
pub(crate) fn listed(_: &Arc<Inner>, _: Nothing) -> Answer<Roles> {
    Ok(roles())
}

/// The same as tables of text.
pub fn roles_table() -> String {
    markdown()
}

/// What each role may do.
pub fn roles() -> Roles {
    let standing =
        |Standing { role, compared, granted }| RoleStanding { role: role.as_str().to_owned(), compared, granted };
    let word =
        |rights: Rights| format!("{}{}", if rights.read { "r" } else { "" }, if rights.write { "w" } else { "" });
    Roles {
        standings: Standing::all().into_iter().map(standing).collect(),
        books: rights()
            .into_iter()
            .map(|row| RoleBook {
                kind: row.kind.to_string(),
                sent: row.sent,
                rights: row.rights.into_iter().map(word).collect(),
            })
            .collect(),
        acts: acts().into_iter().map(|row| RoleAct { act: row.act.as_str().to_owned(), may: row.may }).collect(),
    }
}

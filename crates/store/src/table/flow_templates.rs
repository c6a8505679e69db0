//! `flow_templates`: the templates by which items of flows are derived. Part of the read model.
//!
//! The store reads no rule pack: it is given templates ([`crate::Store::set_flows`]) and begins with those that come with the
//! program.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};
use ybz_domain::ids::OfficeId;
use ybz_domain::ledger::flow::{Flow, Flows};

use crate::error::StoreError;
use crate::table::flows;

/// What was given once stays when the read model is made anew.
pub(crate) const CREATE: &str = "
CREATE TABLE IF NOT EXISTS flow_templates (
    flow    TEXT NOT NULL,
    version TEXT NOT NULL, -- and behind U+001F the one office whose items it serves, where there is one
    spec    TEXT NOT NULL, -- JSON
    PRIMARY KEY (flow, version)
) STRICT, WITHOUT ROWID;";

/// Between a version and the office whose items alone it serves.
const ONLY: char = '\u{1f}';

fn only(version: &str, office: &OfficeId) -> String {
    format!("{version}{ONLY}{office}")
}

/// Templates that were looked up.
#[derive(Default)]
pub(crate) struct Templates(HashMap<(String, String), Option<Flow>>);

impl Templates {
    /// The template that an item in the books of an office names.
    pub(crate) fn find(
        &mut self,
        conn: &Connection,
        office: &OfficeId,
        flow: &str,
        version: &str,
    ) -> Result<Option<&Flow>, StoreError> {
        // What an item calls its version is not taken for another office's.
        if version.contains(ONLY) {
            return Ok(None);
        }
        let all = self.look(conn, flow, version)?.is_some();
        if all { self.look(conn, flow, version) } else { self.look(conn, flow, &only(version, office)) }
    }

    fn look(&mut self, conn: &Connection, flow: &str, version: &str) -> Result<Option<&Flow>, StoreError> {
        let key = (flow.to_owned(), version.to_owned());
        if !self.0.contains_key(&key) {
            let mut statement =
                conn.prepare_cached("SELECT spec FROM flow_templates WHERE flow = ?1 AND version = ?2")?;
            let spec: Option<String> = statement.query_row(params![flow, version], |row| row.get(0)).optional()?;
            // One that this program does not read is as good as none.
            let read = spec.and_then(|spec| serde_json::from_str(&spec).ok());
            self.0.insert(key.clone(), read);
        }
        Ok(self.0.get(&key).and_then(Option::as_ref))
    }
}

/// Begins with the templates that come with the program.
pub(crate) fn put_builtin(conn: &Connection) -> Result<(), StoreError> {
    let builtin = Flows::builtin().map_err(|_| StoreError::Garbled("flow_templates"))?;
    specs(&builtin)?.values().try_for_each(|spec| put(conn, spec))
}

fn put(conn: &Connection, (flow, version, spec): &Spec) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO flow_templates (flow, version, spec) VALUES (?1, ?2, ?3)
         ON CONFLICT (flow, version) DO UPDATE SET spec = excluded.spec",
    )?
    .execute(params![flow, version, spec])?;
    Ok(())
}

type Spec = (String, String, String);

fn specs(flows: &Flows) -> Result<HashMap<(String, String), Spec>, StoreError> {
    let mut out = HashMap::new();
    for (office, flow) in flows.scoped() {
        let spec = serde_json::to_string(flow).map_err(|_| StoreError::Garbled("flow_templates"))?;
        let version = office.map_or_else(|| flow.version.clone(), |office| only(&flow.version, office));
        out.insert((flow.id.clone(), version.clone()), (flow.id.clone(), version, spec));
    }
    Ok(out)
}

/// What has to be written so that exactly these templates are known: those that are new or otherwise, and those that go.
#[derive(Default)]
pub(crate) struct Turn {
    put: Vec<Spec>,
    gone: Vec<(String, String)>,
}

impl Turn {
    pub(crate) fn to(conn: &Connection, flows: &Flows) -> Result<Self, StoreError> {
        let mut wanted = specs(flows)?;
        let mut statement = conn.prepare_cached("SELECT flow, version, spec FROM flow_templates")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut turn = Self::default();
        for row in rows {
            let (flow, version, spec): Spec = row?;
            let key = (flow, version);
            match wanted.get(&key) {
                None => turn.gone.push(key),
                Some((.., other)) if *other == spec => drop(wanted.remove(&key)),
                Some(_) => {}
            }
        }
        turn.put = wanted.into_values().collect();
        Ok(turn)
    }

    pub(crate) fn is_nothing(&self) -> bool {
        self.put.is_empty() && self.gone.is_empty()
    }

    /// Writes the templates and derives anew the items that name one of them.
    pub(crate) fn make(&self, conn: &Connection) -> Result<(), StoreError> {
        for (flow, version) in &self.gone {
            conn.execute("DELETE FROM flow_templates WHERE flow = ?1 AND version = ?2", params![flow, version])?;
        }
        self.put.iter().try_for_each(|spec| put(conn, spec))?;
        let changed = self.put.iter().map(|(flow, version, _)| (flow, version));
        for (flow, version) in changed.chain(self.gone.iter().map(|(flow, version)| (flow, version))) {
            let plain = version.split_once(ONLY).map_or(version.as_str(), |(plain, _)| plain);
            flows::touch_version(conn, flow, plain)?;
        }
        flows::settle(conn)
    }
}

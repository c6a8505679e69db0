//! New lives of a database: when a peer shows that this one was overtaken.

use jiff::civil::Date;
use rusqlite::TransactionBehavior;
use ybz_domain::ids::{DeviceId, Incarnation};

use crate::error::StoreError;
use crate::listen::Tags;
use crate::open::new_incarnation;
use crate::store::{Identity, Notice, Store};
use crate::table::settings;
use crate::table::shared_heads::{self, Peer};

impl Store {
    /// Starts a new incarnation, as when a peer holds higher numbers of this database's actors than the database itself.
    pub fn begin_new_incarnation(&self, today: Date) -> Result<Incarnation, StoreError> {
        let mut writer = self.writer();
        let tx = writer.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let next = new_incarnation(&tx, self.0.random, today, "overtaken")?;
        tx.commit()?;
        let device = writer.identity.device.clone();
        self.become_identity(&mut writer, Identity { device, incarnation: next });
        drop(writer);
        self.notice(Notice::Overtaken);
        self.0.listeners.tell(Tags::from(["sync".to_owned()]));
        Ok(next)
    }

    /// Takes the life that a peer's database says it is in. In another one than last time it may have lost what it held:
    /// what was shared with it is forgotten, and compared anew.
    pub fn note_life(&self, device: &DeviceId, life: &Incarnation) -> Result<(), StoreError> {
        let name = format!("life/{device}");
        let now = serde_json::json!(life.to_string());
        if self.setting(&name)?.as_ref() == Some(&now) {
            return Ok(());
        }
        self.write("settings", |conn| {
            shared_heads::void(conn, &Peer::Device(*device))?;
            settings::put(conn, &name, &now)
        })
    }
}

//! The schedule of backups in a running node.

use std::sync::Weak;
use std::time::Duration;

use crate::cases::backup;
use crate::node::{Inner, Node, blocking};

/// How often a running node looks whether a backup is due: a stick that is put in is noticed soon.
const LOOKS: Duration = Duration::from_secs(5 * 60);

impl Node {
    /// Makes the backup that the schedule asks for, if the day of the node's clock has come; tells whether one was made.
    ///
    /// # Errors
    /// The schedule cannot be read. That the folder is missing is no error; `backup.status` tells it.
    pub async fn back_up_if_due(&self) -> Result<bool, crate::ErrorDto> {
        let node = self.0.clone();
        blocking(move || backup::make_if_due(&node)).await
    }
}

/// Keeps the schedule until the node closes.
pub(crate) async fn keep(node: Weak<Inner>) {
    loop {
        let Some(inner) = node.upgrade() else { return };
        let waiting = inner.backups.clone();
        if let Err(error) = Node(inner).back_up_if_due().await {
            tracing::warn!(code = %error.code, "no backup");
        }
        // Either the schedule was changed, or it is time to look again.
        let _ = tokio::time::timeout(LOOKS, waiting.notified()).await;
    }
}

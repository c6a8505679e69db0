//! The calls that a browser may make: those that the screens use. A new entry of the table is not offered by itself.

/// Names of the table that the bridge forwards.
pub(super) const NAMES: &[&str] = &[
    "node.overview",
    "office.init",
    "key.status",
    "key.set_passphrase",
    "key.use_keychain",
    "key.recovery_sheet",
    "backup.status",
    "backup.make",
    "backup.schedule",
    "backup.verify",
    "backup.found",
    "settings.get",
    "settings.set",
    "today",
    "date.read",
    "changes.wait",
    "draft.list",
    "draft.save",
    "conflict.list",
    "conflict.settle",
    "conflict.reopen",
    "visit.defaults",
    "visit.list",
    "visit.get",
    "visit.save",
    "household.list",
    "household.save",
    "household.erase_preview",
    "household.erase",
    "record.redact_preview",
    "record.redact",
    "doctor.check",
    "doctor.repair",
    "concern.list",
    "concern.hand_in_preview",
    "concern.hand_in",
    "concern.progress",
    "meeting.list",
    "meeting.get",
    "meeting.save",
    "meeting.roll",
    "dues.sheet",
    "dues.assess",
    "dues.assess_preview",
    "dues.collect",
    "dues.reverse",
    "checklist.list",
    "checklist.get",
    "checklist.save",
    "checklist.progress",
    "dispatch.send",
    "member.list",
    "member.get",
    "member.groups",
    "member.save",
    "import.inspect",
    "import.preview",
    "import.commit",
    "sync.status",
    "sync.now",
    "bundle.list_targets",
    "bundle.export",
    "bundle.import",
    "sync.troubles",
    "sync.retry_troubles",
    "sync.leaves",
    "record.history",
    "invite.office",
    "invite.device",
    "invite.bulk",
    "invite.list",
    "invite.withdraw",
    "join.start",
    "join.state",
    "join.pending",
    "join.approve",
    "join.refuse",
    "device.grant",
    "device.readers",
    "roles",
    "profile.list",
    "profile.save",
    "profile.remove",
    "profile.choose",
    "profile.lock",
    "profile.lock_after",
    "log.list",
    "log.verify",
    "log.anchors",
    "log.export",
    "request.make",
    "request.open",
    "request.approve",
    "request.take",
    "device.list",
    "device.notices",
    "device.acknowledge",
    "device.remove_preview",
    "device.remove",
    "device.suspend",
    "device.adopt",
    "device.discard",
    "handover.retire",
    "handover.install",
    "handover.sheet",
    "org.tree",
    "order.preview",
    "order.give",
    "root.state",
    "root.renew",
    "root.words",
    "tree.card",
    "tree.take",
    "matrix",
    "merged.list",
    "snapshot.preview",
    "snapshot.make",
    "snapshot.list",
    "snapshot.get",
    "snapshot.pull",
    "snapshot.verify",
    "snapshot.export",
];

/// Names of the table that no browser may call: only the gate of a window opens books that are locked, or replaces them.
#[cfg(test)]
const EXCLUDED: &[&str] = &["node.unlock", "key.recover", "backup.restore"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_in_the_table_once() {
        for (index, name) in NAMES.iter().enumerate() {
            assert!(ybz_app::TABLE.iter().any(|entry| entry.name == *name), "{name} is not in the table");
            assert!(!NAMES[..index].contains(name), "{name} is there twice");
        }
    }

    #[test]
    fn every_entry_of_the_table_is_offered_or_excluded() {
        for entry in ybz_app::TABLE {
            let (offered, excluded) = (NAMES.contains(&entry.name), EXCLUDED.contains(&entry.name));
            assert!(offered != excluded, "{}: offered {offered}, excluded {excluded}", entry.name);
        }
        for name in EXCLUDED {
            assert!(ybz_app::TABLE.iter().any(|entry| entry.name == *name), "{name} is not in the table");
        }
    }
}

//! The calls that a browser may make: those that the screens use. A new entry of the table is not offered by itself.

/// Names of the table that the bridge forwards.
pub(super) const NAMES: &[&str] = &[
    "node.overview",
    "office.init",
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
    "invite.office",
    "invite.device",
    "invite.list",
    "invite.withdraw",
    "join.start",
    "join.state",
    "join.pending",
    "join.approve",
    "join.refuse",
    "org.tree",
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
}

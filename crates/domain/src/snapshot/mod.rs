//! 汇总: branch-signed fact sheets, and the committee's signed snapshot that carries and re-adds them.
//!
//! **Invariant:** a fact sheet holds no free text and no name of a person; counts about residents stand in it only as
//! published atoms: below 5 hidden, else rounded to 5, computed at the branch.

mod facts;
mod sheet;
#[cfg(test)]
mod tests;
mod verify;

pub use facts::{Figures, Sources, compute};
pub use sheet::{Cause, FactRow, FactSheet, Input, Snapshot, digest, supersedes, totals};
pub use verify::{Finding, Held, verify, verify_knowing};

/// Smallest count about residents that is published.
pub const ATOM_FLOOR: i64 = 5;

/// Publishes a count about residents: none below 5, else rounded to the nearest 5.
pub fn publish_atom(count: i64) -> Option<i64> {
    (count >= ATOM_FLOOR).then(|| (count + 2) / 5 * 5)
}

/// Kind of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricKind {
    /// A count.
    Count,
    /// A numerator over a denominator.
    Share,
    /// Fen over fen.
    Money,
}

/// A metric of the fact sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// Code in fact sheets.
    pub code: &'static str,
    /// Kind.
    pub kind: MetricKind,
    /// Counts residents or what concerns them: published as atoms.
    pub residents: bool,
    /// Chinese name for exports.
    pub name: &'static str,
    /// 口径: what is counted.
    pub definition: &'static str,
}

const fn metric(
    code: &'static str,
    kind: MetricKind,
    residents: bool,
    name: &'static str,
    definition: &'static str,
) -> Metric {
    Metric { code, kind, residents, name, definition }
}

/// Every metric, in the order of tables.
pub const METRICS: &[Metric] = &[
    metric("members", MetricKind::Count, false, "党员数", "在册党员(含预备党员),按截至日"),
    metric("members_meeting", MetricKind::Count, false, "支部党员大会", "当月召开次数"),
    metric("committee_meeting", MetricKind::Count, false, "支委会", "当月召开次数"),
    metric("group_meeting", MetricKind::Count, false, "党小组会", "当月召开次数"),
    metric("lesson", MetricKind::Count, false, "党课", "当月次数"),
    metric("theme_day", MetricKind::Count, false, "主题党日", "当月次数"),
    metric("attendance", MetricKind::Share, false, "到会率", "实到人次 / 应到人次;未确认不计实到"),
    metric("dues", MetricKind::Money, false, "党费收缴率", "当月党费实缴 / 应缴(分)"),
    metric("visits", MetricKind::Count, false, "夜谈走访", "当月夜谈、入户、慰问次数"),
    metric("households", MetricKind::Count, true, "走访户数", "当月走访的不同户数"),
    metric("concerns", MetricKind::Share, true, "诉求办结", "办结 / 已上报,按走访月份"),
    metric("consolations", MetricKind::Count, true, "慰问", "当月慰问次数"),
    metric("pairings", MetricKind::Count, true, "结对户数", "在结对的不同户数,按截至日"),
    metric("aid", MetricKind::Count, true, "救助", "当月决定给予的救助笔数"),
    metric("talks", MetricKind::Count, true, "谈心谈话", "当月谈话次数"),
    metric("checklist", MetricKind::Share, false, "清单完成", "已完成 / 当月到期事项"),
];

/// Finds a metric by its code.
pub fn find_metric(code: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|metric| metric.code == code)
}

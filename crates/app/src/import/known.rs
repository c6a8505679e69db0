//! What the branch has already, as plain data: the other half of a comparison. Empty text: not recorded.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ybz_domain::ledger::closing::periods_of;
use ybz_domain::ledger::member::MemberPrivate;

use crate::dto::dues::DuesClass;
use crate::dto::meeting::{Mark, SessionKind};
use crate::dto::member::MemberKind;

/// A snapshot of the branch's records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// Members, in roster order; also those who have left, so that an old roster does not bring them back.
    pub members: Vec<KnownMember>,
    /// Every payment; reversals are not listed, their payments are marked.
    pub payments: Vec<KnownPayment>,
    /// Every assessment.
    pub assessments: Vec<KnownAssessment>,
    /// Sessions.
    pub sessions: Vec<KnownSession>,
    /// Households.
    pub households: Vec<KnownHousehold>,
    /// Visits.
    pub visits: Vec<KnownVisit>,
    /// ID numbers and phones may be written and compared here.
    pub private_open: bool,
    /// Months and years that are closed: nothing is added to them.
    pub closed: BTreeSet<String>,
}

impl Known {
    /// The closed month or year that a day lies in.
    #[must_use]
    pub(crate) fn closed_over<'a>(&self, date: &'a str) -> Option<&'a str> {
        periods_of(date).find(|period| self.closed.contains(*period))
    }
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KnownMember {
    /// Record id.
    pub id: String,
    /// 姓名
    pub name: String,
    /// 1 男, 2 女.
    pub sex: Option<u8>,
    /// `1980-05`
    pub birth_month: String,
    /// 类别
    pub kind: MemberKind,
    /// `2005-07` or `2005-07-01`.
    pub joined: String,
    /// 党小组
    pub group: String,
    /// Post codes.
    pub posts: Vec<String>,
    /// ID number and phone.
    pub private: MemberPrivate,
    /// There are some that do not open here.
    pub private_closed: bool,
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KnownPayment {
    /// Member id.
    pub member: String,
    /// The month owed, `2026-03`.
    pub month: String,
    /// Above 0.
    pub amount_fen: i64,
    /// It was reversed (冲正).
    pub reversed: bool,
}

/// An assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KnownAssessment {
    /// Member id.
    pub member: String,
    /// `2026-01`
    pub from_month: String,
    /// Class.
    pub class: DuesClass,
    /// 基数
    pub base_fen: Option<i64>,
    /// Monthly due.
    pub monthly_fen: i64,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KnownSession {
    /// Record id.
    pub id: String,
    /// Date.
    pub date: Date,
    /// Kinds.
    pub kinds: Vec<SessionKind>,
    /// 议题
    pub topic: String,
    /// 党小组
    pub group: String,
    /// `19:30`
    pub start: String,
    /// 地点
    pub place: String,
    /// 主持人
    pub chair: String,
    /// 记录人
    pub recorder: String,
    /// 记录
    pub minutes: String,
    /// 决议
    pub resolution: String,
    /// Marks by member id; unconfirmed ones may be left out.
    pub marks: BTreeMap<String, Mark>,
    /// 列席 of people who are not on the roster.
    pub beside: BTreeSet<String>,
}

/// A household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KnownHousehold {
    /// Record id.
    pub id: String,
    /// 户主
    pub name: String,
    /// 门牌
    pub door: String,
    /// 电话
    pub phone: String,
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KnownVisit {
    /// Record id.
    pub id: String,
    /// Date.
    pub date: Date,
    /// Household id; none for a public place.
    pub household: Option<String>,
    /// 地点
    pub place: String,
    /// 主题
    pub theme: String,
    /// 情况, the one line.
    pub text: String,
}

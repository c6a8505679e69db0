//! Words that options take from a list, and what they stand for.

use clap::ValueEnum;
use ybz_app::dto::import::ImportKind;
use ybz_app::dto::node::OfficeKindDto;

/// Kinds of offices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// 组织部
    OrganizationDepartment,
    /// 街道/镇/乡党(工)委
    Committee,
    /// 党总支
    GeneralBranch,
    /// 党支部
    Branch,
}

/// Kinds of offices that have a superior.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum KindBelow {
    /// 街道/镇/乡党(工)委
    Committee,
    /// 党总支
    GeneralBranch,
    /// 党支部
    Branch,
}

/// What a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SheetKind {
    /// 党员名册
    Roster,
    /// 党费台账
    Dues,
    /// 三会一课记录
    Meetings,
    /// 走访记录
    Visits,
}

/// Files of a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A workbook
    Xlsx,
    /// Text, UTF-8 with BOM
    Csv,
    /// The signed file
    Ybzs,
}

impl From<Kind> for OfficeKindDto {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::OrganizationDepartment => Self::OrganizationDepartment,
            Kind::Committee => Self::Committee,
            Kind::GeneralBranch => Self::GeneralBranch,
            Kind::Branch => Self::Branch,
        }
    }
}

impl From<KindBelow> for OfficeKindDto {
    fn from(kind: KindBelow) -> Self {
        match kind {
            KindBelow::Committee => Self::Committee,
            KindBelow::GeneralBranch => Self::GeneralBranch,
            KindBelow::Branch => Self::Branch,
        }
    }
}

impl From<SheetKind> for ImportKind {
    fn from(kind: SheetKind) -> Self {
        match kind {
            SheetKind::Roster => Self::Roster,
            SheetKind::Dues => Self::Dues,
            SheetKind::Meetings => Self::Meetings,
            SheetKind::Visits => Self::Visits,
        }
    }
}

impl Format {
    /// As `snapshot.export` names it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Ybzs => "ybzs",
        }
    }
}

//! Offices: kinds, and which may stand below which.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Kind of an office (机构).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfficeKind {
    /// 组织部: pulls aggregated snapshots.
    OrganizationDepartment,
    /// 街道/镇/乡党(工)委: merges subordinates' records.
    Committee,
    /// 党总支: stands between a committee and its branches.
    GeneralBranch,
    /// 党支部: where secretaries record.
    Branch,
}

impl OfficeKind {
    /// Stable word for the command line and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OrganizationDepartment => "organization-department",
            Self::Committee => "committee",
            Self::GeneralBranch => "general-branch",
            Self::Branch => "branch",
        }
    }

    /// Whether an office of this kind may take `child` as direct subordinate. Depth is not limited: departments stand below
    /// departments, committees below committees.
    pub fn may_adopt(self, child: Self) -> bool {
        use OfficeKind::{Branch, Committee, GeneralBranch, OrganizationDepartment};
        match self {
            OrganizationDepartment => matches!(child, OrganizationDepartment | Committee),
            Committee => matches!(child, Committee | GeneralBranch | Branch),
            GeneralBranch => matches!(child, Branch),
            Branch => false,
        }
    }

    /// An office that makes snapshots from its subordinates' fact sheets.
    pub fn merges(self) -> bool {
        matches!(self, Self::Committee)
    }
}

impl fmt::Display for OfficeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no kind of office.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no kind of office: organization-department, committee, general-branch or branch")]
pub struct OfficeKindError(String);

impl FromStr for OfficeKind {
    type Err = OfficeKindError;
    fn from_str(text: &str) -> Result<Self, OfficeKindError> {
        [Self::OrganizationDepartment, Self::Committee, Self::GeneralBranch, Self::Branch]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| OfficeKindError(text.to_owned()))
    }
}

//! `ybz alike` and `ybz decide`

use clap::{Args, Subcommand, ValueEnum};
use ybz_app::dto::alike::AlikeKind;
use ybz_app::dto::decide::DecideKind;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Compared {
    /// 党员
    Members,
    /// 上报的诉求
    Concerns,
    /// 本级受理的诉求
    Cases,
}

impl From<Compared> for AlikeKind {
    fn from(compared: Compared) -> Self {
        match compared {
            Compared::Members => Self::Members,
            Compared::Concerns => Self::Concerns,
            Compared::Cases => Self::Cases,
        }
    }
}

/// 疑似重复: records of several branches that may be one
#[derive(Debug, Subcommand)]
pub(crate) enum Alike {
    /// Pairs that may be one, the best first, with the reasons
    List {
        /// What is compared
        #[arg(value_enum, value_name = "KIND")]
        kind: Compared,
        /// Only pairs with a record of this office: its name or id
        #[arg(long, value_name = "OFFICE")]
        office: Option<String>,
        /// Pairs at most
        #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
        limit: u32,
        /// Leave out so many at the start
        #[arg(long, value_name = "N", default_value_t = 0)]
        offset: u32,
    },
    /// What merging records would do; nothing is changed
    Preview(Merge),
    /// Lay records together on this office's desk; no branch's book is touched
    Merge(Merge),
    /// Take a merge back, or that two are two, at any time
    Undo {
        /// Its id, as `alike groups` prints it
        #[arg(value_name = "GROUP")]
        id: String,
    },
    /// Say that two records are two, so that they are proposed no more
    Apart {
        /// What is compared
        #[arg(value_enum, value_name = "KIND")]
        kind: Compared,
        /// One record
        #[arg(value_name = "ID")]
        one: String,
        /// The other
        #[arg(value_name = "ID")]
        other: String,
        /// Take it back
        #[arg(long)]
        back: bool,
    },
    /// What is merged, or was said to be two
    Groups {
        /// What was compared
        #[arg(value_enum, value_name = "KIND")]
        kind: Compared,
        /// What was said to be two
        #[arg(long)]
        apart: bool,
    },
}

/// `ybz alike preview`, `ybz alike merge`
#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// What is merged
    #[arg(value_enum, value_name = "KIND")]
    pub(crate) kind: Compared,
    /// The record that stands for all
    #[arg(value_name = "ID")]
    pub(crate) main: String,
    /// The others
    #[arg(value_name = "ID", required = true)]
    pub(crate) parts: Vec<String>,
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) note: String,
}

/// What waits, as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Waits {
    /// 待商定
    Disputed,
    /// 提交的月份
    Submission,
    /// 报完成的交办
    Item,
    /// 已报告、等验收的
    Flow,
    /// 没有受理、也没有答复的诉求
    Concern,
    /// 已受理、没有交办的诉求
    Case,
    /// 收到答复的诉求
    Answer,
    /// 发展党员
    Admission,
    /// 组织关系转接
    Transfer,
    /// 加入请求
    Join,
    /// 冲突
    Conflict,
    /// 没有生效的改动
    Trouble,
    /// 疑似重复
    Alike,
}

impl From<Waits> for DecideKind {
    fn from(waits: Waits) -> Self {
        match waits {
            Waits::Disputed => Self::Disputed,
            Waits::Submission => Self::Submission,
            Waits::Item => Self::Item,
            Waits::Flow => Self::Flow,
            Waits::Concern => Self::Concern,
            Waits::Case => Self::Case,
            Waits::Answer => Self::Answer,
            Waits::Admission => Self::Admission,
            Waits::Transfer => Self::Transfer,
            Waits::Join => Self::Join,
            Waits::Conflict => Self::Conflict,
            Waits::Trouble => Self::Trouble,
            Waits::Alike => Self::Alike,
        }
    }
}

/// `ybz decide`
#[derive(Debug, Args)]
pub(crate) struct Decide {
    /// Only this kind
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) kind: Option<Waits>,
    /// Rows at most
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub(crate) limit: u32,
    /// Leave out so many at the start
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: u32,
}

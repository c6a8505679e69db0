//! `ybz body` and `ybz custody`

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Kinds of bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BodyKind {
    /// 临时党支部
    Temporary,
    /// 流动党员党支部
    Mobile,
    /// 联合党支部
    Joint,
    /// 挂靠单位
    Attached,
    /// 党小组
    Group,
    /// 驿站
    Station,
    /// 党建联盟
    Alliance,
}

/// What binds people: 三缘.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Basis {
    /// 地缘
    Place,
    /// 业缘
    Trade,
    /// 趣缘
    Interest,
}

/// What becomes of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BodyEvent {
    /// 更名
    Renamed,
    /// 调整隶属
    Moved,
    /// 单位加入
    Joined,
    /// 单位退出
    Left,
    /// 延期
    Extended,
    /// 撤销
    Ended,
    /// 单位承诺
    Promised,
    /// 单位评价本级
    CommentBy,
    /// 本级评价单位
    CommentOn,
    /// 单位评议本级
    ReviewBy,
    /// 本级评议单位
    ReviewOn,
}

/// The word of a value as the table has it.
pub(crate) fn word(value: &impl ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().replace('-', "_")).unwrap_or_default()
}

/// `ybz body`
#[derive(Debug, Subcommand)]
pub(crate) enum Body {
    /// Bodies of this office with their history
    List,
    /// Offices and bodies as they stood on a day
    Tree {
        /// The day [default: today]
        #[arg(long, value_name = "DAY", default_value = "")]
        on: String,
        /// Count full members against the rule about sizes
        #[arg(long)]
        sizes: bool,
    },
    /// Record a new body
    Add(NewBody),
    /// Record what became of one
    Change {
        /// Name or id
        #[arg(value_name = "BODY")]
        body: String,
        /// What happened
        #[arg(value_enum, value_name = "EVENT")]
        event: BodyEvent,
        /// From which day [default: today]
        #[arg(long, value_name = "DAY", default_value = "")]
        on: String,
        /// The new name, the body above, the unit, the new end, or good, fair, poor
        #[arg(long, value_name = "TEXT", default_value = "")]
        to: String,
        /// The decision, or what was said
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Strike out a change that was entered by mistake
    Void {
        /// Its id
        #[arg(value_name = "CHANGE")]
        id: String,
    },
}

/// `ybz body add`
#[derive(Debug, Args)]
pub(crate) struct NewBody {
    /// Name
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Kind
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) kind: BodyKind,
    /// First day
    #[arg(long, value_name = "DAY")]
    pub(crate) from: String,
    /// First day on which it is no more
    #[arg(long, value_name = "DAY", default_value = "")]
    pub(crate) until: String,
    /// Name or id of the body above
    #[arg(long, value_name = "BODY")]
    pub(crate) above: Option<String>,
    /// Name or id of the office below that it is
    #[arg(long, value_name = "OFFICE")]
    pub(crate) office: Option<String>,
    /// A unit in it; may be given several times
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: Vec<String>,
    /// What binds its people
    #[arg(long, value_enum, value_name = "BASIS")]
    pub(crate) basis: Option<Basis>,
    /// The decision that it rests on
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) decision: String,
}

/// `ybz custody`
#[derive(Debug, Subcommand)]
pub(crate) enum Custody {
    /// Villages that are kept here, or were
    List,
    /// End custody of a village: write the file for its own computer and print the code that opens it, once
    HandBack {
        /// Name or id of the village
        #[arg(value_name = "OFFICE")]
        office: String,
        /// Where to [default: the suggested name, in the current folder]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// On the village's own computer: take its books over out of the file
    TakeOver {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// File with the code; without it, or with -, it is read from standard input
        #[arg(long, value_name = "FILE|-")]
        code_file: Option<PathBuf>,
        /// Who works on this computer
        #[arg(long, value_name = "NAME", default_value = "")]
        holder: String,
    },
}

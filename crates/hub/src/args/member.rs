//! `ybz member`, `ybz admission`, `ybz transfer` and `ybz term`

use clap::{Args, Subcommand, ValueEnum};

/// `ybz member`
#[derive(Debug, Subcommand)]
pub(crate) enum Member {
    /// The roster of today, or of a day in the past
    List {
        /// Part of a name, pinyin or initials
        #[arg(long, value_name = "TEXT", default_value = "")]
        text: String,
        /// Who belonged to the branch on this day
        #[arg(long, value_name = "DAY")]
        on: Option<String>,
    },
    /// A member's file: changes, attendance, dues, ID number and phone masked
    Show {
        /// Name or id
        #[arg(value_name = "MEMBER")]
        member: String,
    },
    /// Put somebody on the roster
    Add(NewMember),
    /// Record a dated change
    Change {
        /// Name or id
        #[arg(value_name = "MEMBER")]
        member: String,
        /// What happened
        #[arg(value_enum, value_name = "EVENT")]
        event: Event,
        /// The day, such as 2026-03-05
        #[arg(long, value_name = "DAY")]
        on: String,
        /// Last day of an extended probation
        #[arg(long, value_name = "DAY", default_value = "")]
        until: String,
        /// Decision, letter or number
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// A change was entered by mistake: it counts no more, and stays readable
    Void {
        /// Id of the change, as `member show` prints it
        #[arg(value_name = "CHANGE")]
        id: String,
    },
    /// Members away from home, with the last contact and the rules that apply
    Stays {
        /// Those who came back too
        #[arg(long)]
        all: bool,
    },
    /// Record that a member is away
    Stay(NewStay),
    /// A member who is away came back
    Back {
        /// Id of the stay, as `member stays` prints it
        #[arg(value_name = "STAY")]
        stay: String,
        /// The day of return
        #[arg(long, value_name = "DAY")]
        on: String,
    },
    /// There was contact with a member who is away
    Contact {
        /// Id of the stay, as `member stays` prints it
        #[arg(value_name = "STAY")]
        stay: String,
        /// The day [default: today]
        #[arg(long, value_name = "DAY", default_value = "")]
        on: String,
        /// How, and what was agreed
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
}

/// Somebody for the roster.
#[derive(Debug, Args)]
pub(crate) struct NewMember {
    /// 姓名
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// On probation: without a vote
    #[arg(long)]
    pub(crate) probationary: bool,
    /// 入党时间, a day or a month
    #[arg(long, value_name = "DAY", default_value = "")]
    pub(crate) joined: String,
    /// 党小组
    #[arg(long, value_name = "GROUP", default_value = "")]
    pub(crate) group: String,
    /// 出生年月, such as 1980-05
    #[arg(long, value_name = "MONTH", default_value = "")]
    pub(crate) born: String,
    /// 性别: 1 男, 2 女
    #[arg(long, value_name = "CODE", value_parser = clap::value_parser!(u8).range(1..=2))]
    pub(crate) sex: Option<u8>,
    /// A post such as secretary or group_leader; may be given several times
    #[arg(long, value_name = "POST")]
    pub(crate) post: Vec<String>,
    /// Another person of a name that is on the roster already
    #[arg(long)]
    pub(crate) distinct: bool,
}

/// Somebody who is away.
#[derive(Debug, Args)]
pub(crate) struct NewStay {
    /// Name or id
    #[arg(value_name = "MEMBER")]
    pub(crate) member: String,
    /// First day away
    #[arg(long, value_name = "DAY")]
    pub(crate) since: String,
    /// 流入地
    #[arg(long, value_name = "PLACE")]
    pub(crate) region: String,
    /// 联系人
    #[arg(long, value_name = "NAME")]
    pub(crate) person: String,
    /// 具体地点或单位
    #[arg(long, value_name = "PLACE", default_value = "")]
    pub(crate) place: String,
    /// The place is a fixed one
    #[arg(long)]
    pub(crate) fixed: bool,
}

/// A dated change of a member's place in the branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Event {
    /// 接收为预备党员
    Probationary,
    /// 转正
    Full,
    /// 延长预备期
    Extended,
    /// 取消预备资格
    Disqualified,
    /// 转入
    TransferredIn,
    /// 转出
    TransferredOut,
    /// 去世
    Died,
    /// 退党
    Withdrew,
    /// 除名
    Removed,
    /// 开除
    Expelled,
}

/// `ybz admission`
#[derive(Debug, Subcommand)]
pub(crate) enum Admission {
    /// Applicants, with the stage that comes next
    List,
    /// One applicant's course: stages, their days and rules
    Show {
        /// Name or id
        #[arg(value_name = "APPLICANT")]
        applicant: String,
    },
    /// Record an application
    Add {
        /// 姓名
        #[arg(value_name = "NAME")]
        name: String,
        /// Day of the application
        #[arg(long, value_name = "DAY")]
        applied: String,
        /// 党小组
        #[arg(long, value_name = "GROUP", default_value = "")]
        group: String,
        /// 培养联系人
        #[arg(long, value_name = "NAME", default_value = "")]
        person: String,
    },
    /// Record a stage that was gone through
    Step(AdmissionStep),
    /// Put on the roster, or make a full member, what the committee has approved
    Enrol {
        /// Name or id
        #[arg(value_name = "APPLICANT")]
        applicant: String,
    },
    /// At the committee: what waits for a decision
    Cases,
    /// At the committee: decide what a branch asked
    Decide {
        /// Id of the step that asks, as `admission cases` prints it
        #[arg(value_name = "STEP")]
        step: String,
        /// 不通过
        #[arg(long)]
        refuse: bool,
        /// Comment; a refusal needs one
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
        /// The day [default: today]
        #[arg(long, value_name = "DAY", default_value = "")]
        on: String,
    },
}

/// A stage of an admission.
#[derive(Debug, Args)]
pub(crate) struct AdmissionStep {
    /// Name or id
    #[arg(value_name = "APPLICANT")]
    pub(crate) applicant: String,
    /// Code of the stage, as `admission show` prints it
    #[arg(value_name = "STAGE")]
    pub(crate) code: String,
    /// The day [default: today]
    #[arg(long, value_name = "DAY", default_value = "")]
    pub(crate) on: String,
    /// Who talked, introduced or recommended
    #[arg(long, value_name = "NAME", default_value = "")]
    pub(crate) person: String,
    /// Why it is taken outside its time
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) reason: String,
    /// Remark
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) note: String,
    /// Days of training
    #[arg(long, value_name = "DAYS")]
    pub(crate) days: Option<u32>,
    /// Counts of a vote: due, present, in favour, and in writing where somebody wrote; such as 12,11,11,1
    #[arg(long, value_name = "COUNTS", value_delimiter = ',', num_args = 3..=4)]
    pub(crate) votes: Vec<u32>,
}

/// `ybz transfer`
#[derive(Debug, Subcommand)]
pub(crate) enum Transfer {
    /// Members written out and passed to here, with who counts them now
    List,
    /// Write a member out
    Out {
        /// Name or id
        #[arg(value_name = "MEMBER")]
        member: String,
        /// The branch it goes to, in words
        #[arg(long, value_name = "PLACE")]
        place: String,
        /// Number of the letter
        #[arg(long, value_name = "NUMBER", default_value = "")]
        letter: String,
        /// Not below the same superior: the letter ends it
        #[arg(long)]
        outside: bool,
        /// The day [default: today]
        #[arg(long, value_name = "DAY", default_value = "")]
        on: String,
    },
    /// Take a transfer back that nobody took in
    Withdraw {
        /// Its id
        #[arg(value_name = "TRANSFER")]
        id: String,
    },
    /// Take in a member who was passed to here
    Accept {
        /// Its id
        #[arg(value_name = "TRANSFER")]
        id: String,
        /// 党小组
        #[arg(long, value_name = "GROUP", default_value = "")]
        group: String,
        /// The day [default: today]
        #[arg(long, value_name = "DAY", default_value = "")]
        on: String,
    },
    /// At the committee: what was written out below it
    Waiting,
    /// At the committee: pass a member on
    Pass {
        /// Its id
        #[arg(value_name = "TRANSFER")]
        id: String,
        /// Name or id of the office below that is to take the member in
        #[arg(value_name = "OFFICE")]
        to: String,
    },
    /// At the committee: give it back
    Return {
        /// Its id
        #[arg(value_name = "TRANSFER")]
        id: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        note: String,
    },
    /// At the committee: take it back from the office that it was passed to, and tell a target of a withdrawal
    Recall {
        /// Its id
        #[arg(value_name = "TRANSFER")]
        id: String,
        /// Why; not needed for one that was withdrawn
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Do not take in a member who was passed to here
    Decline {
        /// Its id
        #[arg(value_name = "TRANSFER")]
        id: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        note: String,
    },
    /// At the committee: of two branches that took a member in say which one keeps it; the other is told to write it out
    Keep {
        /// Its id
        #[arg(value_name = "TRANSFER")]
        id: String,
        /// Name or id of the branch that keeps the member
        #[arg(value_name = "OFFICE")]
        to: String,
    },
    /// Write out a member whom another branch took in as well, once the committee has said so
    Leave {
        /// Its id
        #[arg(value_name = "TRANSFER")]
        id: String,
    },
    /// At the committee: tell the branch that wrote out that the member was taken in
    Told {
        /// Its id
        #[arg(value_name = "TRANSFER")]
        id: String,
    },
}

/// `ybz term`
#[derive(Debug, Subcommand)]
pub(crate) enum Term {
    /// Terms with their ends, and who holds which post
    List,
    /// Record a term of the committee
    Save {
        /// First day
        #[arg(value_name = "DAY")]
        start: String,
        /// Years [default: as the rule has it for villages]
        #[arg(long, value_name = "YEARS")]
        years: Option<u32>,
        /// How many were elected
        #[arg(long, value_name = "NUMBER")]
        size: Option<u32>,
        /// Day on which the newly elected had been trained
        #[arg(long, value_name = "DAY", default_value = "")]
        trained: String,
    },
    /// Somebody takes a post
    Post {
        /// Name or id
        #[arg(value_name = "MEMBER")]
        member: String,
        /// Code of the post, such as secretary
        #[arg(value_name = "POST")]
        post: String,
        /// The first day
        #[arg(long, value_name = "DAY")]
        from: String,
    },
    /// Somebody gives a post up
    Leave {
        /// Id of the post, as `term list` prints it
        #[arg(value_name = "ID")]
        id: String,
        /// The last day
        #[arg(long, value_name = "DAY")]
        until: String,
    },
}

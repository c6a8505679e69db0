//! Words of sheets for what stands as a code in the books. A sheet is handed in as paper and is Chinese whatever the screen
//! speaks.

use crate::dto::checklist::{ItemOrigin, ItemState};
use crate::dto::concern::ConcernState;
use crate::dto::device::DeviceState;
use crate::dto::dues::DuesClass;
use crate::dto::matter::MatterStep;
use crate::dto::visit::VisitKind;
use ybz_domain::ledger::session::SessionKind;

pub(crate) fn session(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::MembersMeeting => "支部党员大会",
        SessionKind::CommitteeMeeting => "支委会",
        SessionKind::GroupMeeting => "党小组会",
        SessionKind::Lesson => "党课",
        SessionKind::ThemeDay => "主题党日",
        SessionKind::OrganizationLife => "组织生活会",
        SessionKind::Appraisal => "民主评议",
        SessionKind::StudyDay => "学习日",
    }
}

pub(super) fn visit(kind: VisitKind) -> &'static str {
    match kind {
        VisitKind::RoundTable => "圆桌夜谈",
        VisitKind::Household => "入户走访",
        VisitKind::Consolation => "走访慰问",
    }
}

/// A chip of a visit; what is not known here stands as it was typed.
pub(super) fn situation(chip: &str) -> &str {
    match chip {
        "normal" => "一切正常",
        "elderly" => "老人独居",
        "ill" => "有人生病",
        "away" => "在外务工",
        "difficulty" => "生活困难",
        "dispute" => "有纠纷",
        other => other,
    }
}

pub(super) fn category(code: &str) -> &str {
    match code {
        "roads" => "道路交通",
        "water" => "用水用电",
        "housing" => "住房",
        "farming" => "农业生产",
        "welfare" => "社会保障",
        "health" => "看病就医",
        "schooling" => "上学就业",
        "environment" => "环境卫生",
        "dispute" => "矛盾纠纷",
        "other" => "其他",
        other => other,
    }
}

pub(super) fn concern(state: ConcernState) -> &'static str {
    match state {
        ConcernState::Kept => "未上报",
        ConcernState::HandedIn => "已上报",
        ConcernState::InProgress => "办理中",
        ConcernState::Answered => "上级已答复",
        ConcernState::Closed => "已办结",
    }
}

pub(super) fn dues(class: DuesClass) -> &'static str {
    match class {
        DuesClass::Salaried => "按月领工资",
        DuesClass::Retired => "离退休",
        DuesClass::SelfEmployed => "个体经营",
        DuesClass::Farmer => "农民",
        DuesClass::Student => "学生、下岗、低保",
        DuesClass::Hardship => "困难减免",
        DuesClass::AnnualSalary => "年薪制",
    }
}

pub(super) fn origin(origin: ItemOrigin) -> &'static str {
    match origin {
        ItemOrigin::Own => "本支部",
        ItemOrigin::Rectification => "整改",
        ItemOrigin::Superior => "上级交办",
    }
}

/// State of an item; what came from above is done only when it was accepted there, and a rectification is closed so.
pub(super) fn item(state: ItemState, origin: ItemOrigin) -> &'static str {
    match state {
        ItemState::Open => "未开始",
        ItemState::InProgress => "进行中",
        ItemState::Done if origin == ItemOrigin::Superior => "报完成,等验收",
        ItemState::Done if origin == ItemOrigin::Rectification => "已整改,待验收",
        ItemState::Done => "已办结",
        ItemState::Accepted => "验收通过",
        ItemState::Returned => "已退回",
    }
}

pub(super) fn step(step: MatterStep) -> &'static str {
    match step {
        MatterStep::Proposal => "党支部提议",
        MatterStep::Consultation => "村“两委”商议",
        MatterStep::MembersReview => "党员大会审议",
        MatterStep::VillagersResolution => "村民(代表)会议决议",
        MatterStep::ResolutionPublished => "决议公开",
        MatterStep::ResultPublished => "实施结果公开",
    }
}

/// What came out of a vote.
pub(super) fn verdict(code: &str) -> &str {
    match code {
        "open" => "还没有计票",
        "passed" => "通过",
        "not_passed" => "未通过",
        "no_quorum" => "到会人数不够,表决无效",
        "void" => "收回选票多于发出选票,无效",
        "unclear" => "票数和到会人数、选票对不上",
        other => other,
    }
}

pub(super) fn role(code: &str) -> &str {
    match code {
        "keeper" => "书记用",
        "clerk" => "记录",
        "viewer" => "只看",
        other => other,
    }
}

pub(super) fn device(state: DeviceState) -> &'static str {
    match state {
        DeviceState::Active => "使用中",
        DeviceState::Suspended => "已暂停登记",
        DeviceState::Retired => "已交接",
        DeviceState::Removed => "已移除",
    }
}

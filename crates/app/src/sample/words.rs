//! What is written in the sample's records.

/// 议题 of a month's committee meeting.
pub(super) const TOPICS: [&str; 6] = [
    "研究本月工作安排",
    "研究人居环境整治",
    "研究防汛值班",
    "研究老党员走访慰问",
    "研究发展党员工作",
    "研究村务公开事项",
];

/// 情况 of a visit: chip and line.
pub(super) const SITUATIONS: [(&str, &str); 6] = [
    ("normal", "收成不错,身体都好"),
    ("elderly", "两位老人在家,说夜里起来不方便"),
    ("away", "年轻人在外务工,过年回来"),
    ("ill", "正在养病,药够用"),
    ("normal", "孩子今年上学,问了校车"),
    ("difficulty", "今年收入少,问有没有零工"),
];

/// 诉求: category and text for above.
pub(super) const CONCERNS: [(&str, &str); 3] =
    [("roads", "三组路口夜里没有路灯,行走不便"), ("environment", "排水沟堵塞,下雨积水"), ("water", "用水高峰水压小")];

/// 清单: title, and what was done.
pub(super) const ITEMS: [(&str, &str); 5] = [
    ("更新村务公开栏", "已换上新内容"),
    ("维修文化广场照明", "已量好尺寸,等材料"),
    ("清理二组排水沟", "组织党员清理一次"),
    ("完善党员活动室图书", "列了书单"),
    ("报送学习情况", "已收齐各组名单"),
];

/// 记录 of a session.
pub(super) const MINUTES: &str = "(示例)主持人说明议题,大家逐项发言,意见一致。";
/// 决议 of a session.
pub(super) const RESOLUTION: &str = "(示例)按商定的分工办理,下次会上通报。";

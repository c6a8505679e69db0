//! What people write: made up of parts, so that no two lines are the same and none is about a real person or place.

use super::Random;

const SURNAMES: &[&str] = &[
    "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨", "朱", "秦", "尤",
    "许", "何", "吕", "施", "张", "孔", "曹", "严", "华", "金", "魏", "陶", "姜", "戚", "谢", "邹", "喻",
];
const GIVEN: &[&str] = &[
    "建国", "秀英", "国强", "桂兰", "志明", "玉梅", "海涛", "春花", "永福", "丽华", "文斌", "淑珍", "光荣", "爱民",
    "长青", "翠兰", "德顺", "金凤", "立新", "红霞", "保田", "凤英", "振华", "素芳", "广才", "月娥", "树林", "彩云",
    "耀先", "巧玲", "克勤", "小燕", "成", "芳", "磊", "敏", "军", "静", "勇", "娟",
];
const WHERE: &[&str] = &[
    "村东头",
    "村西口",
    "三组水渠边",
    "老戏台旁",
    "村部会议室",
    "二组晒谷场",
    "文化广场",
    "五组河埂",
    "卫生室门口",
    "小学后面",
    "一组机耕路",
    "四组泵站",
    "祠堂前",
    "养殖小区",
    "蔬菜大棚",
    "六组变压器处",
];
const WHAT: &[&str] = &[
    "路灯",
    "水渠",
    "机耕路",
    "自来水管",
    "垃圾桶",
    "公交站牌",
    "变压器",
    "护栏",
    "排污沟",
    "健身器材",
    "广播喇叭",
    "宽带线路",
    "桥面",
    "窨井盖",
    "公厕",
    "停车位",
    "化粪池",
    "涵洞",
];
const HOW: &[&str] = &[
    "坏了有半个月",
    "雨后积水过不了人",
    "漏水厉害",
    "夜里看不清",
    "被车压塌一角",
    "时通时不通",
    "离家太远老人不便",
    "堵了没人疏通",
    "年久失修",
    "味道大",
    "去年报过还没修",
    "影响春耕",
    "占了半边路",
    "收费说不清",
    "两户为此争过一回",
];
const DONE: &[&str] = &[
    "已联系施工队看过现场",
    "镇水利站答复下周来人",
    "材料已买好",
    "先用沙袋垫上",
    "已列入本月计划",
    "党员义务工清理了一段",
    "两家坐下来谈妥",
    "缺口由村集体补上",
    "报价三家比过",
    "进度过半",
    "已验收",
    "群众当场签字认可",
    "照片存档",
    "等天晴再动工",
    "供电所约了时间",
    "向乡里打了报告",
];
const STUDY: &[&str] = &[
    "学习党章有关章节",
    "通报上季度党费收缴情况",
    "讨论发展对象培养",
    "研究高标准农田建设",
    "部署防汛值守",
    "商议敬老互助点运行",
    "听取包组党员汇报",
    "传达上级会议精神",
    "评议整改落实情况",
    "研究低保复核名单",
    "讨论村规民约修订",
    "安排人居环境整治",
    "酝酿村集体分红办法",
    "交流入户走访情况",
    "部署森林防火",
    "研究道路管护分段",
];
const SAID: &[&str] = &[
    "认为应先解决群众反映最多的事",
    "建议分组包片、每周碰头",
    "提出经费要公开、每笔有据",
    "表示愿意带头出工",
    "反映年轻人外出多、人手不够",
    "建议请懂技术的党员来讲",
    "提醒注意安全",
    "要求责任到人、限时办结",
    "主张先试点一个组",
    "补充说明去年的做法",
    "同意按多数意见办",
    "希望听取在外党员意见",
];
const LIFE: &[&str] = &[
    "家中平安",
    "老人独居,身体尚好",
    "儿子在外务工,按月寄钱",
    "今年种稻八亩",
    "养鸡两百只",
    "孙子上初中",
    "慢性病,药费能报",
    "房屋去年翻修过",
    "惦记自来水改造",
    "打算春节后外出",
    "想学电商",
    "承包鱼塘",
    "腿脚不便,由邻居帮着买菜",
    "对村里工作满意",
    "盼着路修到门口",
];
const THEMES: &[&str] = &[
    "农田水利",
    "人居环境",
    "养老互助",
    "道路管护",
    "防汛准备",
    "产业分红",
    "移风易俗",
    "邻里纠纷",
    "饮水安全",
    "秸秆利用",
];
const CHORES: &[&str] = &[
    "疏通三组主渠",
    "更换路灯",
    "走访独居老人",
    "清理河面漂浮物",
    "维修泵站",
    "公示党费",
    "补种行道树",
    "培训养殖户",
    "整理档案",
    "检查消防器材",
    "修补机耕路",
    "登记外出党员",
    "核对低保名册",
    "消毒饮水池",
    "组织义务劳动",
    "更新公开栏",
];

/// A person's name; with its number the same one each time.
pub(super) fn name(random: &mut Random) -> String {
    format!("{}{}", random.pick(SURNAMES), random.pick(GIVEN))
}

pub(super) fn place(random: &mut Random) -> &'static str {
    random.pick(WHERE)
}

pub(super) fn theme(random: &mut Random) -> &'static str {
    random.pick(THEMES)
}

/// 情况, one line.
pub(super) fn situation(random: &mut Random) -> String {
    format!("{},{};{}。", random.pick(LIFE), random.pick(LIFE), random.pick(LIFE))
}

/// What people ask for.
pub(super) fn wish(random: &mut Random) -> String {
    format!(
        "{}{}的{}{},约{}户受影响",
        random.pick(WHERE),
        random.below(9) + 1,
        random.pick(WHAT),
        random.pick(HOW),
        random.below(60) + 2
    )
}

/// A step of follow-up.
pub(super) fn step(random: &mut Random) -> String {
    format!("{},{};预计{}天", random.pick(DONE), random.pick(DONE), random.below(20) + 1)
}

/// The title of an item.
pub(super) fn chore(random: &mut Random) -> String {
    format!("{}({}{}米)", random.pick(CHORES), random.pick(WHERE), random.below(900) + 20)
}

/// 议题
pub(super) fn topic(random: &mut Random) -> String {
    format!("{}、{}", random.pick(STUDY), random.pick(STUDY))
}

/// Minutes of a session: who said what.
pub(super) fn minutes(random: &mut Random, names: &[String]) -> String {
    let mut text = format!("主持人说明议程:{}。\n", random.pick(STUDY));
    for _ in 0..4 + random.below(6) {
        let speaker = &names[random.below(names.len())];
        let line = format!(
            "{speaker}:{},{};{}的{}{}。\n",
            random.pick(SAID),
            random.pick(SAID),
            random.pick(WHERE),
            random.pick(WHAT),
            random.pick(HOW)
        );
        text.push_str(&line);
    }
    text
}

/// 决议
pub(super) fn resolution(random: &mut Random) -> String {
    format!(
        "同意{};由{}人小组于{}日前办结,经费{}元以内。",
        random.pick(CHORES),
        random.below(5) + 2,
        random.below(27) + 1,
        random.below(90) * 100 + 500
    )
}

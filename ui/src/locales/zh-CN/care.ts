/** 结对, 慰问, 救助, 谈话 and a household's own history. */
export const care = {
  newPairing: "结对",
  pairingTitle: "结对",
  cadre: "结对干部",
  household: "户",
  note: "为什么结对",
  since: "从哪天",
  ended: "到哪天",
  endedHint: "还在结对就不写",
  filterPairing: "查干部、户主",
  standing: "在结对",
  endedOnes: "已结束",
  lastVisit: "上次走访 {date}",
  never: "还没走访过",
  stays: "结对、慰问对象、救助和谈话内容只留本村,街道只看到数。",
  perCadre: "{cadre} · {n} 户",
  sinceDate: "从 {date}",
  next: "{occasion}:{date},还有 {days} 天",
  today: "今天是{occasion}",
  toVisit: "该去慰问的",
  noneToVisit: "名单还是空的",
  visited: "这次已慰问",
  proposed: "按党龄建议",
  record: "记慰问",
  listed: "列入",
  takeOff: "移出",
  addToList: "加慰问对象",
  whom: "类别",
  reason: "情况",
  who: "是谁",
  lastCare: "上次慰问 {date}",
  aid: "求助与救助",
  newAid: "记求助",
  aidReason: "申请事由",
  asked: "申请金额(元)",
  granted: "救助金额(元)",
  decision: "决定",
  decisionHint: "谁定的,为什么",
  decidedOn: "哪天定的",
  askedOn: "哪天提的",
  noAid: "还没有求助",
  state: "结果",
  record_all: "慰问记录",
  houseTitle: "住户",
  houseVisits: "走访 {n} 次",
  pairedWith: "结对:{cadres}",
  timeline: "往来",
  noTimeline: "还没有记录",
  private: "只留本村",
  amountWrong: "请写金额,最多两位小数",
};

export const occasion = {
  new_year: "元旦",
  spring_festival: "春节",
  july_first: "七一",
};

export const whom = {
  household: "困难群众",
  member_difficulty: "困难党员",
  old_member: "老党员",
};

export const aidState = {
  asked: "待定",
  granted: "给予",
  refused: "不给予",
};

export const cadence = {
  none: "不定",
  weekly: "每周",
  half_monthly: "每半月",
  monthly: "每月",
};

export const houseEvent = {
  visit: "走访",
  consolation: "慰问",
  concern: "诉求",
  note: "私密备注",
  progress: "进展",
  answer: "上级答复",
  pairing: "结对",
  aid: "救助",
  talk: "谈话",
  since: "开始",
  ended: "结束",
};

export const trigger = {
  difficulty: "困难",
  conflict: "矛盾",
  mistake: "失误",
  problem: "问题",
  promotion: "升迁",
  new_post: "新任职",
  change_of_post: "岗位变动",
  ordinary: "日常",
};

export const talk = {
  newOne: "记谈话",
  title: "谈心谈话",
  trigger: "为什么谈",
  with: "和谁",
  withHint: "党员姓名,或其他人",
  by: "谈话人",
  place: "地点",
  text: "内容",
  followUp: "后续",
  up: "街道只看到日期和缘由",
  filter: "查姓名",
  all: "全部",
  due: "新任职,还没谈",
  dueLine: "{name} · {post} · {date}登记",
  talkNow: "去谈",
  hidden: "打不开",
  date: "日期",
  member: "党员",
  other: "其他人姓名",
};

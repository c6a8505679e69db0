/** 流程和诉求: for each code which, why, what to do. */
export const flowErrors = {
  flow_unknown: "本机没有“{flow}”这个流程模板。规则包还没有到,先同步一次。",
  flow_event_unknown: "流程模板里没有“{event}”这一步。",
  flow_not_yours: "“{event}”由另一方办,本单位不能办。",
  flow_not_now: "现在的状态是“{state}”,不能“{event}”。请重新打开,看能办哪一步。",
  flow_not_then: "办的人当时看到的状态下,不能“{event}”,所以不算。",
  flow_same_role: "报告和验收不能是同一个人、同一种身份。请换人,写明身份(“{event}”的人不能办这一步)。",
  flow_own_call: "这一步要单独办({call}),请从诉求的页面上办。",
  case_taken_in: "这件诉求已经受理,请在诉求里打开原来那件。",
  case_take_in_first: "这件是下级的。请先受理,再转交别处。",
  case_is_above: "这件已经上交,上级看得到,不用再上交。",
  case_no_caller: "这件没有登记来电来访人,没有什么可告知。",
  case_no_answer: "转交的那件没有待收的答复。请先同步,再重新打开看。",
  confirm_needed: "请先看清要告知“{office}”什么,再确认。",
  interview_not_held: "还没有约谈。先按“约谈”记下日期和时长,再下发清单。",
  interview_nothing_found: "还没有指出问题。先按“指出问题”逐条记下,再下发清单。",
  no_superior: "本机构没有上级,不能上交。",
};

//! Sentences of flows and cases.

#[rustfmt::skip]
pub(super) const SENTENCES: &[(&str, &str, &str)] = &[
    ("flow_unknown", "本机没有“{flow}”这个流程模板。规则包还没有到,先同步一次。", "The template “{flow}” is not here. The rule pack has not come yet: sync first."),
    ("flow_event_unknown", "流程模板里没有“{event}”这一步。", "The template has no step “{event}”."),
    ("flow_not_yours", "“{event}”由另一方办,本单位不能办。", "“{event}” is for the other side to do."),
    ("flow_not_now", "现在的状态是“{state}”,不能“{event}”。请重新打开,看能办哪一步。", "It stands at “{state}”: “{event}” is not possible from there. Open it again to see what is."),
    ("flow_not_then", "办的人当时看到的状态下,不能“{event}”,所以不算。", "Where it stood for whoever did it, “{event}” was not possible: it does not count."),
    ("flow_same_role", "报告和验收不能是同一个人、同一种身份。请换人,写明身份(“{event}”的人不能办这一步)。", "Whoever did “{event}” cannot do this too: it takes another person in another role."),
    ("flow_own_call", "这一步要单独办({call}),请从诉求的页面上办。", "This step has a form of its own ({call}). Use the page of the case."),
    ("case_taken_in", "这件诉求已经受理,请在诉求里打开原来那件。", "This was taken in already. Open the case that stands for it."),
    ("case_take_in_first", "这件是下级的。请先受理,再转交别处。", "This case is a subordinate's. Take it in first, then pass it on."),
    ("case_is_above", "这件已经上交,上级看得到,不用再上交。", "This case is with the superior already."),
    ("case_no_caller", "这件没有登记来电来访人,没有什么可告知。", "Nobody is entered here who asked, so there is nothing to tell."),
    ("case_no_answer", "转交的那件没有待收的答复。请先同步,再重新打开看。", "No answer of the linked case waits. Sync first, then open it again."),
    ("confirm_needed", "请先看清要告知“{office}”什么,再确认。", "Look at what will be told to “{office}” first, and confirm it."),
    ("interview_not_held", "还没有约谈。先记下约谈(ybz flow act ID hold),再下发清单。", "The interview was not held yet. Record it first (`ybz flow act ID hold`), then send the list."),
    ("interview_nothing_found", "还没有指出问题。先逐条记下(ybz flow act ID find),再下发清单。", "Nothing was pointed out yet. Add findings first (`ybz flow act ID find`), then send the list."),
    ("no_superior", "本机构没有上级,不能上交。", "This office has no superior to pass it up to."),
];

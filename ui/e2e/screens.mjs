// Every screen, by the office that uses it.
export const screens = [
  { name: "first-use", role: "empty", path: "/" },
  { name: "first-use-join", role: "empty", path: "/", act: (page) => page.getByRole("button", { name: "用邀请加入" }).click() },
  { name: "first-use-take-over", role: "empty", path: "/", act: (page) => page.getByRole("button", { name: "接手村里的账本" }).click() },
  { name: "take-over", role: "committee", path: "/take-over" },
  { name: "tree-street", role: "committee", path: "/tree", act: (page) => page.getByRole("region", { name: "本级组织" }).getByText("某中学").waitFor() },
  { name: "tree-branch", role: "branch", path: "/tree", act: (page) => page.getByRole("region", { name: "本级组织" }).getByText("红心驿站").waitFor() },
  { name: "tree-new", role: "committee", path: "/tree", act: async (page) => { await page.getByRole("button", { name: "新建组织" }).click(); await page.getByRole("dialog").waitFor(); } },
  { name: "custody-back", role: "committee", path: "/org", act: async (page) => { await page.getByRole("button", { name: "交回 庚村党支部" }).click(); await page.getByRole("dialog").waitFor(); } },
  { name: "today-branch", role: "branch", path: "/" },
  { name: "visits", role: "branch", path: "/visits" },
  { name: "concerns", role: "branch", path: "/visits?tab=concerns" },
  { name: "consolation", role: "branch", path: "/visits?tab=consolation" },
  { name: "pairings", role: "branch", path: "/visits?tab=pairings" },
  { name: "talks", role: "branch", path: "/visits?tab=talks" },
  { name: "talk", role: "branch", path: "/visits?tab=talks", act: (page) => page.getByRole("button", { name: "记谈话" }).click() },
  { name: "household", role: "branch", path: "/household?id=cd0000", act: (page) => page.getByRole("heading", { name: "往来" }).waitFor() },
  { name: "evening", role: "branch", path: "/visit?id=ee0000" },
  { name: "concerns-above", role: "committee", path: "/concerns" },
  { name: "answer", role: "committee", path: "/concerns?id=bc0000", act: (page) => page.getByLabel("答复内容").waitFor() },
  { name: "cases", role: "committee", path: "/concerns?tab=cases", act: (page) => page.getByText("屋后排水沟堵塞").first().waitFor() },
  { name: "rates", role: "committee", path: "/concerns?tab=rates", act: (page) => page.getByText("180/200").first().waitFor() },
  { name: "case-walk-in", role: "committee", path: "/concerns?draft=new", act: (page) => page.getByRole("dialog").getByLabel("电话").waitFor() },
  { name: "case", role: "committee", path: "/case?id=fa0000", act: (page) => page.getByRole("button", { name: "收下答复" }).waitFor() },
  { name: "case-pass", role: "committee", path: "/case?id=fa0002&draft=pass", act: async (page) => { await page.getByLabel("交给谁", { exact: false }).first().selectOption({ index: 1 }); await page.getByText("会看到:").waitFor(); } },
  { name: "case-tell", role: "committee", path: "/case?id=fa0001&draft=told", act: (page) => page.getByText("收不回来").waitFor() },
  { name: "case-answer", role: "committee", path: "/case?id=fa0000&draft=answer", act: (page) => page.getByRole("dialog").getByLabel("答复内容").waitFor() },
  { name: "case-sent", role: "branch", path: "/case?id=fa0001", act: async (page) => { await page.getByRole("button", { name: "看反映人" }).click(); await page.getByText("13000001234").waitFor(); } },
  { name: "flows", role: "committee", path: "/flows", act: (page) => page.getByText("会议记录不全").first().waitFor() },
  { name: "flows-branch", role: "branch", path: "/flows", act: (page) => page.getByText("会议记录不全").first().waitFor() },
  { name: "flow-open", role: "committee", path: "/flows?draft=new", act: (page) => page.getByRole("dialog").getByLabel("事项").waitFor() },
  { name: "flow-crossed", role: "committee", path: "/flow?id=fb0000", act: (page) => page.getByText("两边同时办理,说法不一样").waitFor() },
  { name: "flow-act", role: "committee", path: "/flow?id=fb0001&draft=accept", act: (page) => page.getByRole("dialog").getByLabel("验收人", { exact: false }).first().waitFor() },
  { name: "interviews", role: "committee", path: "/interviews", act: (page) => page.getByText("三会一课记录不全").waitFor() },
  { name: "interview-plan", role: "committee", path: "/interviews", act: async (page) => { await page.getByRole("button", { name: "列入单位" }).click(); await page.getByLabel("丙村党支部").check(); } },
  { name: "interview-issue", role: "committee", path: "/interviews", act: (page) => page.getByRole("button", { name: "下发整改清单 甲村党支部" }).click() },
  { name: "interviews-branch", role: "branch", path: "/interviews", act: (page) => page.getByText("三会一课记录不全").waitFor() },
  { name: "common", role: "committee", path: "/common", act: (page) => page.getByRole("link", { name: "第1类问题,第1处" }).waitFor() },
  { name: "weak", role: "committee", path: "/weak", act: (page) => page.getByText("班子不健全", { exact: false }).waitFor() },
  { name: "lists-new", role: "committee", path: "/lists?tab=new", act: (page) => page.getByRole("button", { name: "加一条" }).click() },
  { name: "projects", role: "committee", path: "/projects", act: (page) => page.getByText("护坡要赶在汛前", { exact: false }).waitFor() },
  { name: "letters", role: "committee", path: "/letters", act: (page) => page.getByText("自选清单 3 张", { exact: false }).waitFor() },
  { name: "letters-branch", role: "branch", path: "/letters", act: (page) => page.getByText("共性清单一", { exact: false }).waitFor() },
  { name: "checklists-branch-kinds", role: "branch", path: "/checklists", act: (page) => page.getByRole("link", { name: "约谈", exact: true }).waitFor() },
  { name: "visit", role: "branch", path: "/visit", act: async (page) => page.getByRole("radio", { name: "有", exact: true }).check() },
  { name: "hand-in", role: "branch", path: "/hand-in" },
  { name: "meetings", role: "branch", path: "/meetings" },
  { name: "meeting", role: "branch", path: "/meeting?id=f0000" },
  {
    name: "roll", role: "branch", path: "/roll",
    act: async (page) => {
      for (const key of ["1", "1", "3", "1", "1", "2", "1", "1"]) await page.keyboard.press(key);
    },
  },
  { name: "meeting-plan", role: "branch", path: "/meeting-plan", act: async (page) => { await page.getByRole("button", { name: "排一排" }).click(); await page.getByRole("button", { name: "全选", exact: true }).click(); await page.getByRole("button", { name: /保存 \d+ 次安排/ }).waitFor(); } },
  { name: "meetings-twice", role: "twice", path: "/meetings", act: (page) => page.getByRole("heading", { name: "可能是同一次会议" }).waitFor() },
  { name: "meeting-parts", role: "twice", path: "/meeting?id=f0000", act: (page) => page.getByRole("heading", { name: "同时改过的文字" }).waitFor() },
  { name: "vote", role: "branch", path: "/vote?session=f0001", act: async (page) => { await page.getByRole("radio", { name: "选举" }).check(); await page.getByText(/还差/).first().waitFor(); } },
  { name: "training", role: "branch", path: "/training" },
  { name: "training-entry", role: "branch", path: "/training", act: async (page) => { await page.getByRole("button", { name: "记一次培训" }).click(); await page.getByRole("dialog").waitFor(); } },
  { name: "appraisal", role: "twice", path: "/appraisal?id=f0008", act: (page) => page.getByRole("button", { name: "其余全部合格" }).click() },
  { name: "matters", role: "branch", path: "/matters" },
  { name: "matter", role: "branch", path: "/matter?id=fc0001" },
  { name: "matter-step", role: "branch", path: "/matter?id=fc0001", act: async (page) => { await page.getByRole("button", { name: "修改 党员大会审议" }).click(); await page.getByRole("dialog").waitFor(); } },
  { name: "texts", role: "twice", path: "/conflicts", act: (page) => page.getByRole("heading", { name: "同时改过的文字" }).waitFor() },
  { name: "dues", role: "branch", path: "/dues" },
  { name: "dues-collect", role: "branch", path: "/dues", act: (page) => page.getByRole("button", { name: "本月全收" }).click() },
  { name: "dues-standard", role: "branch", path: "/dues?tab=standard", act: (page) => page.getByRole("button", { name: /^定标准/ }).nth(4).click() },
  { name: "dues-year", role: "branch", path: "/dues?tab=standard", act: async (page) => { await page.getByRole("button", { name: "全员核定" }).click(); await page.getByText("年度核定").waitFor(); } },
  { name: "dues-rules", role: "branch", path: "/dues?tab=standard", act: async (page) => { await page.getByText(/^现行标准/).click(); await page.getByText("看不懂,没有采用").waitFor(); } },
  { name: "dues-member", role: "branch", path: "/dues?tab=standard", act: async (page) => { await page.locator(".list .plain-button").nth(4).click(); await page.getByText("困难减免", { exact: true }).waitFor(); } },
  { name: "dues-arrears", role: "branch", path: "/dues?tab=arrears" },
  { name: "dues-ledger", role: "branch", path: "/dues?tab=ledger" },
  { name: "dues-remit", role: "branch", path: "/dues?tab=remit" },
  { name: "dues-notice", role: "branch", path: "/dues?tab=notice" },
  { name: "rules", role: "committee", path: "/rules", act: async (page) => { await page.getByRole("button", { name: "从现行标准开始" }).click(); await page.getByRole("button", { name: "检查" }).click(); await page.getByText("看得懂").waitFor(); } },
  { name: "checklists", role: "branch", path: "/checklists" },
  { name: "item", role: "branch", path: "/item?tab=rectification" },
  { name: "item-accept", role: "branch", path: "/checklists?tab=rectification", act: async (page) => {
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: /^记进展/ }).click();
    await dialog.getByLabel("做了什么").fill("四季度记录已补齐");
    await dialog.getByRole("radio", { name: "已办结" }).click();
    await dialog.getByRole("button", { name: "保存", exact: true }).click();
    await page.getByRole("button", { name: /^验收/ }).click();
    await dialog.getByLabel("验收人").waitFor();
  } },
  { name: "templates", role: "branch", path: "/templates", act: (page) => page.getByRole("button", { name: "用这个 书记每月工作清单" }).click() },
  { name: "month", role: "branch", path: "/month" },
  { name: "month-accepted", role: "branch", path: "/month?id=2026-02" },
  { name: "year", role: "branch", path: "/year" },
  { name: "decide", role: "committee", path: "/decide" },
  { name: "submission", role: "committee", path: "/submission?id=50bb01" },
  { name: "dispatch-sent", role: "committee", path: "/dispatch?tab=sent" },
  { name: "members", role: "branch", path: "/members" },
  { name: "member", role: "branch", path: "/member?id=ab0002" },
  { name: "members-away", role: "branch", path: "/members?tab=mobile", act: (page) => page.getByText("建筑工地", { exact: false }).waitFor() },
  { name: "members-admission", role: "branch", path: "/members?tab=admission" },
  { name: "applicant", role: "branch", path: "/applicant?id=a30001", act: (page) => page.getByText("短期集中培训").first().waitFor() },
  { name: "members-transfer", role: "branch", path: "/members?tab=transfer" },
  { name: "members-term", role: "branch", path: "/members?tab=term" },
  { name: "decide-admission", role: "committee", path: "/decide", act: (page) => page.getByRole("region", { name: "发展党员" }).getByRole("button", { name: /^去看/ }).click() },
  { name: "decide-transfer", role: "committee", path: "/decide", act: (page) => page.getByRole("region", { name: "组织关系转接" }).getByRole("button", { name: /^去看/ }).click() },
  { name: "alike", role: "committee", path: "/alike" },
  { name: "alike-concerns", role: "committee", path: "/alike?tab=concerns" },
  { name: "alike-merge", role: "committee", path: "/alike", act: (page) => page.getByRole("button", { name: /^归并 .*赵晓明/ }).last().click() },
  { name: "decide-months", role: "committee", path: "/decide?tab=months" },
  { name: "import", role: "branch", path: "/import", act: pickSheet },
  { name: "import-kind", role: "branch", path: "/import", act: async (page) => { await pickSheet(page); await page.getByLabel("这张表是").first().selectOption("dues"); await page.getByText("请核对下面每一列的对应").waitFor(); } },
  { name: "import-preview", role: "branch", path: "/import", act: async (page) => { await pickSheet(page); await page.getByRole("button", { name: "看预览" }).click(); await page.getByRole("heading", { name: "请先回答" }).waitFor(); } },
  { name: "forms", role: "branch", path: "/templates-xlsx" },
  { name: "form-map", role: "branch", path: "/templates-xlsx?id=form0", act: async (page) => { await page.getByRole("button", { name: /^议题/ }).click(); await page.getByText("正在指定:议题", { exact: false }).waitFor(); } },
  { name: "form-fill", role: "branch", path: "/templates-xlsx?id=form0&tab=make", act: (page) => page.getByText("张甲一").first().waitFor() },
  { name: "sync", role: "branch", path: "/sync" },
  { name: "sync-stick", role: "committee", path: "/sync", act: (page) => readFile(page, "从U盘读入", "a.ybzb", "做一个回去的文件") },
  { name: "join", role: "alone", path: "/join", act: join },
  { name: "join-stick", role: "alone", path: "/join", act: async (page) => { await page.getByLabel("邀请文字").fill("YBZ1-KQ7M2"); await page.getByRole("button", { name: "没有网络:用U盘" }).click(); await page.getByText("66239 29507 45468").waitFor(); } },
  { name: "join-interrupted", role: "interrupted", path: "/join" },
  { name: "org-device", role: "branch", path: "/org", act: inviteDevice },
  { name: "conflicts", role: "branch", path: "/conflicts" },
  { name: "conflict-settled", role: "branch", path: "/conflicts", act: async (page) => { await page.getByRole("button", { name: /^请假 / }).click(); await page.getByRole("button", { name: "撤销" }).waitFor(); } },
  { name: "visit-history", role: "branch", path: "/visit?id=ee0000", act: history },
  { name: "concern-history", role: "branch", path: "/visits?tab=concerns&id=dd0001", act: async (page) => { await history(page); await page.getByText("加密,在本机打开").waitFor(); } },
  { name: "meeting-history", role: "branch", path: "/meeting?id=f0000", act: history },
  { name: "leaves", role: "branch", path: "/leaves" },
  { name: "leaves-committee", role: "committee", path: "/leaves" },
  { name: "troubles", role: "committee", path: "/sync", act: (page) => page.getByRole("heading", { name: "没有生效的改动" }).waitFor() },
  { name: "devices", role: "branch", path: "/devices" },
  { name: "devices-committee", role: "committee", path: "/devices" },
  { name: "device-remove", role: "branch", path: "/devices", act: async (page) => { await page.getByRole("button", { name: "移除 孙丙三" }).click(); await page.getByText("移除以后不能恢复。", { exact: false }).waitFor(); } },
  { name: "handover-wizard", role: "branch", path: "/devices", act: (page) => page.getByRole("button", { name: "办交接" }).click() },
  { name: "handover-sheet", role: "branch", path: "/handover", act: (page) => page.getByText("没办完的清单").waitFor() },
  { name: "sheets", role: "branch", path: "/sheets", act: (page) => page.locator(".paper-part").first().waitFor() },
  { name: "sheets-ledger", role: "branch", path: "/sheets?tab=dues_ledger", act: (page) => page.locator(".paper-part").first().waitFor() },
  { name: "sheets-visits", role: "branch", path: "/sheets?tab=visits", act: (page) => page.locator(".paper-part").first().waitFor() },
  { name: "security", role: "branch", path: "/security" },
  { name: "security-sheet", role: "branch", path: "/security", act: sheet },
  { name: "security-passphrase", role: "branch", path: "/security", act: (page) => page.getByRole("button", { name: "改用口令" }).click() },
  { name: "unlock", role: "locked", path: "/" },
  { name: "unlock-recover", role: "locked", path: "/", act: (page) => page.getByRole("button", { name: "忘记口令,用恢复纸" }).click() },
  { name: "first-use-restore", role: "empty", path: "/", act: (page) => page.getByRole("button", { name: "从备份恢复" }).click() },
  { name: "erase", role: "branch", path: "/visit?id=ee0000", act: async (page) => { await page.getByRole("button", { name: "删除这一户" }).click(); await page.getByText("谁也不能再打开", { exact: false }).waitFor(); } },
  { name: "redact", role: "branch", path: "/visit?id=ee0001", act: async (page) => { await page.getByRole("button", { name: "撤除已上报文字" }).click(); await page.getByText("整本账誊一本新的", { exact: false }).waitFor(); } },
  { name: "check", role: "damaged", path: "/settings", act: async (page) => { await page.getByRole("button", { name: "检查", exact: true }).click(); await page.getByText("处不符").waitFor(); } },
  { name: "device-suspend", role: "branch", path: "/devices", act: async (page) => { await page.getByRole("button", { name: "暂停登记 李乙二" }).click(); await page.getByRole("dialog").waitFor(); } },
  { name: "handover-install", role: "committee", path: "/devices", act: async (page) => { await page.getByRole("button", { name: "为下级登记新书记" }).click(); await page.getByLabel("哪个单位").waitFor(); } },
  { name: "help", role: "branch", path: "/help" },
  { name: "help-page", role: "branch", path: "/help?id=stick" },
  { name: "help-dialog", role: "branch", path: "/visits", act: async (page) => { await page.keyboard.press("F1"); await page.getByRole("article", { name: "夜谈走访" }).waitFor(); } },
  { name: "keys-dialog", role: "branch", path: "/roll", act: async (page) => { await page.locator("[data-member]").first().waitFor(); await page.keyboard.press("?"); await page.getByText("到处一样").waitFor(); } },
  { name: "sample", role: "sample", path: "/" },
  { name: "guide", role: "new", path: "/", act: (page) => page.getByRole("region", { name: "开头四步" }).waitFor() },
  { name: "removed", role: "removed", path: "/" },
  { name: "settings", role: "branch", path: "/settings" },
  { name: "profiles", role: "branch", path: "/settings", act: addProfile },
  { name: "choose", role: "shared", path: "/" },
  { name: "deleted", role: "deleted", path: "/deleted", act: (page) => page.getByRole("button", { name: /^恢复/ }).first().waitFor() },
  { name: "delete", role: "branch", path: "/visit?id=ee0000", act: async (page) => { await page.getByRole("button", { name: "删除", exact: true }).click(); await page.getByText("下面这些跟着一起删除").waitFor(); } },
  { name: "past", role: "branch", path: "/past", act: async (page) => { await page.getByLabel("哪一天").fill("3.5"); await page.getByRole("tab", { name: "夜谈走访" }).click(); await page.getByText("祠堂").first().click(); await page.getByText("现在:", { exact: false }).first().waitFor(); } },
  { name: "undo", role: "undo", path: "/visits", act: async (page) => { await page.locator("h1").first().click(); await page.keyboard.press("Control+z"); await page.getByRole("dialog").getByText("后来又改过", { exact: false }).first().waitFor(); } },
  { name: "log", role: "branch", path: "/log", act: async (page) => { await page.getByRole("button", { name: "核对", exact: true }).click(); await page.getByText("日志完整").waitFor(); } },
  { name: "roles", role: "branch", path: "/roles" },
  { name: "viewer", role: "viewer", path: "/visits" },
  { name: "custody", role: "committee", path: "/org", act: (page) => page.getByRole("button", { name: "代管一个村" }).click() },
  { name: "today-committee", role: "committee", path: "/" },
  { name: "matrix", role: "committee", path: "/matrix" },
  { name: "merged", role: "committee", path: "/merged?ledger=concerns" },
  { name: "dispatch", role: "committee", path: "/dispatch" },
  { name: "dispatch-batch", role: "committee", path: "/dispatch?tab=sent&id=ba0000", act: (page) => page.getByRole("table").waitFor() },
  { name: "dispatch-groups", role: "committee", path: "/dispatch?tab=groups" },
  { name: "merged-units", role: "committee", path: "/merged?ledger=dues&tab=unit", act: (page) => page.locator(".merged-table").waitFor() },
  { name: "calendar", role: "committee", path: "/calendar" },
  { name: "calendar-list", role: "committee", path: "/calendar?tab=list" },
  { name: "calendar-branch", role: "branch", path: "/calendar" },
  { name: "charts", role: "committee", path: "/charts", act: (page) => page.locator(".chart svg").nth(2).waitFor() },
  { name: "charts-numbers", role: "committee", path: "/charts", act: (page) => page.getByRole("button", { name: /^看数字/ }).first().click() },
  { name: "urge", role: "committee", path: "/matrix", act: async (page) => { await page.getByRole("button", { name: "复制催办文字", exact: true }).click(); await page.getByRole("dialog").getByText("您好", { exact: false }).first().waitFor(); } },
  { name: "org", role: "committee", path: "/org" },
  { name: "order", role: "committee", path: "/org", act: order },
  { name: "root", role: "department", path: "/root" },
  { name: "root-issued", role: "department", path: "/root", act: async (page) => { await page.getByText("发出 2 条").first().click(); await page.getByText("接纳", { exact: false }).first().waitFor(); } },
  { name: "root-renew", role: "department", path: "/root", act: renew },
  { name: "org-withdraw", role: "committee", path: "/org", act: (page) => page.getByRole("button", { name: "撤回 己村党支部" }).click() },
  { name: "org-ticket", role: "committee", path: "/org", act: invite },
  { name: "org-stick", role: "committee", path: "/org", act: (page) => readFile(page, "读入申请文件", "a.ybzq", "66239 29507 45468") },
  { name: "org-bulk", role: "committee", path: "/org", act: async (page) => { await page.getByRole("button", { name: "按名单邀请" }).click(); await readFile(page, "选名单", "各村.xlsx", "邀请这 2 个"); } },
  { name: "snapshot-preview", role: "committee", path: "/snapshots", act: (page) => page.getByRole("button", { name: "看将要上报" }).click() },
  { name: "today-department", role: "department", path: "/" },
  { name: "snapshots", role: "department", path: "/snapshots" },
  { name: "snapshot", role: "department", path: "/snapshot?id=9f31c2aa70", act: async (page) => { await page.getByRole("button", { name: "核验" }).click(); await page.getByText("全部相符").waitFor(); } },
];

async function pickSheet(page) {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "选文件" }).click();
  await (await chooser).setFiles({ name: "党员名册.xlsx", mimeType: "application/octet-stream", buffer: Buffer.from("made up") });
  await page.getByText("工作表“党员名册”").waitFor();
}

async function addProfile(page) {
  await page.getByRole("button", { name: "加一位使用者" }).click();
  await page.getByLabel("姓名").fill("王甲一");
}

/** Chooses a file behind a button, and waits for what comes of it. */
export async function readFile(page, button, name, wanted, content = "made up") {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: button }).click();
  await (await chooser).setFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });
  await page.getByText(wanted).first().waitFor();
}

async function history(page) {
  await page.getByRole("button", { name: "历史", exact: true }).click();
  await page.getByText("签名证明是哪台电脑写的").waitFor();
}

async function join(page) {
  await page.getByLabel("邀请文字").fill("YBZ1-KQ7M2-9XTRA");
  await page.getByRole("button", { name: "加入", exact: true }).click();
  await page.getByText(/六位数字/).first().waitFor();
}

async function inviteDevice(page) {
  await page.getByRole("button", { name: "邀请本单位的电脑" }).click();
  await page.getByRole("radio", { name: "只看,不能改" }).check();
  await page.getByRole("button", { name: "生成邀请" }).click();
  await page.getByText("给 本单位的电脑 的邀请").waitFor();
}

async function invite(page) {
  await page.getByRole("button", { name: "邀请下级" }).click();
  await page.getByLabel("下级名称").fill("己村党支部");
  await page.getByRole("button", { name: "生成邀请" }).click();
  await page.getByText(/给 己村党支部 的邀请/).waitFor();
}

async function sheet(page) {
  await page.getByRole("button", { name: "做一张恢复纸" }).click();
  await page.getByRole("button", { name: "显示 24 个词" }).click();
  await page.getByText("一本账 恢复纸").waitFor();
}

async function order(page) {
  await page.getByRole("button", { name: "调整 乙村党支部" }).click();
  await page.getByRole("radio", { name: "并入另一个单位" }).check();
  await page.getByLabel("并入哪个单位").selectOption({ label: "甲村党支部" });
  await page.getByRole("button", { name: "看后果" }).click();
  await page.getByText("乙村党支部 从").waitFor();
}

async function renew(page) {
  await page.getByRole("button", { name: "换发根证书" }).click();
  await page.getByRole("checkbox", { name: /孙丁四/ }).check();
  await page.getByLabel("这台最后一条可信的记录").selectOption({ index: 2 });
}

/** Votes, plans, training and village matters of the stand-in node. */
export function seedSessions(state, options, session) {
  Object.assign(state, { votes: [], planned: [], trainings: [], matters: [], texts: [], apart: [] });
  if (state.role !== "branch" || options.bare) return;
  state.planned.push({ id: "fa0001", kinds: ["lesson"], date: "2026-03-25", topic: "上党课", lead: "王甲一", group: "", session: null, dropped: false, custodian: false, conflict: false });
  state.trainings.push({ id: "fb0001", date: "2026-03-02", topic: "县里轮训", hours: 240, concentrated: true, members: state.members.slice(0, 3).map((one) => one.id), dropped: false, late: false, custodian: false, conflict: false });
  state.matters.push({ id: "fc0001", title: "修建文化广场", date: "2026-03-01", dropped: false, custodian: false, conflict: false, steps: {
    proposal: { on: "2026-03-01", note: "支部提议,修建文化广场。", present: null, inFavour: null, session: null },
    members_review: { on: "2026-03-10", note: "", present: 36, inFavour: 24, session: "f0000" },
  } });
  if (!options.twice) return;
  const meet = state.sessions.find((one) => one.id === "f0000");
  meet.minutes = "支部开会。学习文件。讨论发言。";
  state.sessions.push({ ...session(state, "f0009", ["committee_meeting"], meet.date, meet.topic, false) });
  state.sessions.push({ ...session(state, "f0008", ["appraisal"], "2026-02-20", "年度民主评议", true) });
  state.texts.push({
    record: "f0000", recordType: "session", title: "2026-03-03 研究月度工作", field: "minutes", now: meet.minutes, versions: "v1 v2",
    sides: [
      { by: "李乙二", here: false, profile: null, on: "2026-03-04", check: "sound", parts: [{ part: "same", text: "开会。学习文件。" }, { part: "added", text: "讨论发言。" }] },
      { by: "", here: true, profile: "王甲一", on: "2026-03-04", check: "sound", parts: [{ part: "added", text: "支部" }, { part: "same", text: "开会。" }, { part: "removed", text: "读报。" }, { part: "same", text: "学习文件。" }] },
    ],
  });
}

// A month of a made-up village, by two computers of its office: what the pictures of the screens show.
import { before, person } from "./names.mjs";
import { addMembers } from "./world.mjs";

const heads = ["周大山", "吴二嫂", "郑文海", "冯桂英", "蒋来福", "沈秋菊", "韩立新", "曹金凤", "许老三", "何春梅", "吕正义", "施小满", "孔祥云", "严冬生", "华美玲", "金守成"];
const lines = ["老人身体好", "儿子在外打工,过年回来", "今年菜地收成一般", "想学电商卖笋干", "屋后水沟要清", "家里刚添了孙子", "等着办医保报销", "门前路灯坏了两盏"];
const asks = [
  ["roads", "三组路口夜里没有路灯,老人出门看不清", "联系供电所换灯"],
  ["water", "坡上三户水压不足,晚饭时常断水", "请水站来量水压"],
  ["environment", "该户屋后水沟堵塞,雨天积水", "请施工队清淤"],
  ["welfare", "低保年审材料不会填", "上门帮填"],
  ["farming", "果树有虫,想请农技员看看", "请镇农技站来人"],
  ["dispute", "两家为田埂起争执", "请调解员上门"],
  ["health", "慢性病买药要跑县城", "问镇卫生院能否代购"],
];

/** Fills the branch, then lets two computers disagree. */
export async function fillMonth(world) {
  const { branch, street } = world;
  const { today } = await branch.rpc("node.overview");
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  const members = await addMembers(branch, 54);
  const all = (await branch.rpc("member.list", { limit: 100 })).rows;
  const one = (n) => person(n % 5);

  for (const [n, head] of heads.entries()) await branch.rpc("household.save", { name: head, door: `${1 + (n % 4)}组${n + 1}号`, phone: `1390000${String(1000 + n)}`, note: "" });
  const homes = (await branch.rpc("household.list", { limit: 50 })).rows;
  const visits = [];
  for (let n = 0; n < 24; n += 1) {
    const ask = n % 3 === 1 ? asks[Math.floor(n / 3) % asks.length] : null;
    const kind = ["round_table", "household", "consolation"][n % 4 === 3 ? 2 : n % 2];
    visits.push(await branch.rpc("visit.save", {
      date: before(today, 29 - n), kind, household: n % 8 === 5 ? null : homes[n % homes.length].id, publicPlace: n % 8 === 5,
      participants: [one(n), one(n + 1), one(n + 2)].slice(0, 2 + (n % 2)), situation: [["normal"], ["elderly"], ["away", "elderly"], ["difficulty"]][n % 4],
      situationText: lines[n % lines.length], place: n % 8 === 5 ? "村文化广场" : "", theme: kind === "round_table" ? "秋收和冬修" : "", minutes: 30 + (n % 4) * 15,
      concern: ask ? { category: ask[0], text: n === 22 ? "周大山家屋后水沟堵塞,雨天积水" : ask[1], privateNote: n % 2 ? "夫妻为这事吵过,先不提" : "", nextStep: ask[2], owner: one(n), deadline: before(today, 12 - n) } : null,
    }));
  }
  const kept = (await branch.rpc("concern.hand_in_preview")).items;
  await branch.rpc("concern.hand_in", { items: kept.filter((item) => item.matches.length === 0).slice(0, 5).map((item) => ({ id: item.id, text: item.text })) });
  const concerns = (await branch.rpc("concern.list", { state: "handed_in" })).rows;
  await branch.rpc("concern.progress", { id: concerns[0].id, note: "供电所答应下周来换", on: before(today, 3) });
  await branch.rpc("concern.progress", { id: concerns[1].id, note: "已上门帮填好,材料交街道", close: true, on: before(today, 2) });

  const sessions = [
    [["members_meeting"], 27, "学习文件,讨论冬修水利"], [["committee_meeting"], 24, "研究本月工作和困难党员帮扶"], [["theme_day"], 20, "清理村道,看望老党员"],
    [["group_meeting"], 15, "学习和谈心", "第一党小组"], [["lesson"], 9, "书记上党课:怎样把群众的事办实"], [["committee_meeting", "theme_day"], 0, "研究年底述职评议准备"],
  ];
  const made = [];
  for (const [kinds, ago, topic, group = ""] of sessions) {
    const saved = await branch.rpc("meeting.save", { kinds, date: before(today, ago), start: "19:30", place: "村党群服务中心", chair: one(0), recorder: one(3), topic, group, minutes: "到会党员逐一发言。", resolution: kinds[0] === "members_meeting" ? "同意冬修水利方案。" : "", hours: kinds[0] === "lesson" ? 20 : null });
    made.push(saved.id);
    const view = await branch.rpc("meeting.get", { id: saved.id });
    const marks = view.roll.map((row, n) => ({ member: row.member, mark: n % 11 === 4 ? "excused" : n % 17 === 9 ? "absent" : "present", reason: n % 11 === 4 ? ["外出务工", "住院", "带孙子"][n % 3] : "" }));
    await branch.rpc("meeting.roll", ago === 0 ? { id: saved.id, marks: marks.slice(0, 2) } : { id: saved.id, marks, close: true });
  }

  for (const [n, member] of members.entries()) {
    if (n > 50) continue;
    const input = n % 6 === 1 ? { class: "salaried", baseFen: 320_000 + n * 9_000 } : n % 6 === 4 ? { class: "retired", baseFen: 280_000 + n * 5_000 } : { class: "farmer", fixedFen: n % 2 ? 100 : 50 };
    await branch.rpc("dues.assess", { member, fromMonth: `${year}-01`, ...input });
  }
  const sheet = await branch.rpc("dues.sheet", {});
  for (let at = Math.max(1, month - 2); at <= month; at += 1) {
    const paying = sheet.rows.filter((row, n) => row.monthlyFen > 0 && (at < month ? n % 19 !== 7 : n % 3 === 0));
    await branch.rpc("dues.collect", { entries: paying.map((row) => ({ member: row.member, month: `${year}-${String(at).padStart(2, "0")}`, amountFen: row.monthlyFen, handedBy: "" })), on: before(today, at < month ? 25 : 2) });
  }

  for (const [title, origin, left, problem] of [["维修文化广场照明", "own", -20, ""], ["党员活动室添置书架", "own", -6, ""], ["三会一课记录补齐签名", "rectification", 4, "三月的支委会没有签名"], ["公示栏换新玻璃", "own", -2, ""], ["困难党员走访档案整理", "rectification", -15, "档案缺两户"]]) {
    await branch.rpc("checklist.save", { title, origin, measure: "专人负责,月底前办完", leader: one(0), person: one(2), deadline: before(today, left), problem });
  }
  const items = (await branch.rpc("checklist.list", {})).rows;
  await branch.rpc("checklist.progress", { id: items[0].id, note: "灯具已买好", state: "in_progress", on: before(today, 4) });
  await branch.rpc("checklist.progress", { id: items[1].id, note: "书架已装好", state: "done", on: before(today, 1) });
  const below = (await street.rpc("org.tree")).filter((node) => node.depth === 1 && node.id !== null);
  await street.rpc("dispatch.send", { to: below.map((node) => node.id), title: "冬季防火隐患排查", measure: "逐户看一遍,隐患当场改", deadline: before(today, -10) });

  await branch.sync();

  const second = await world.node("second");
  const ticket = await branch.rpc("invite.device", { role: "clerk", autoApprove: true });
  await second.cli("join", ticket.text);
  await second.serve();
  await second.until("member.list", (list) => list.total === members.length);
  await second.until("checklist.list", (list) => list.total >= 5);
  await second.stop();
  const absent = all[1].id;
  const before1 = { id: made[0], marks: [{ member: absent, mark: "excused", reason: "" }] };
  await second.rpc("meeting.roll", before1);
  await branch.rpc("meeting.roll", { id: made[0], marks: [{ member: absent, mark: "absent", reason: "" }] });
  const item = items.find((row) => row.origin === "own" && row.state === "open");
  const change = (row, who) => ({ id: row.id, title: row.title, origin: row.origin, measure: row.measure, leader: row.leader, person: who, deadline: row.deadline, problem: row.problem, keepMatches: true });
  await second.rpc("checklist.save", change(item, one(4)));
  await branch.rpc("checklist.save", change(item, one(1)));
  await second.serve();
  await branch.until("conflict.list", (list) => list.length >= 2);
  // Some of the evening is still under way.
  await branch.rpc("visit.save", { date: "昨晚", kind: "household", household: homes[3].id, participants: [one(0)], situation: ["normal"], situationText: "一切都好" });
  await branch.rpc("draft.save", { form: "visit", key: "new", value: { date: today, kind: "household", household: null, publicPlace: false, participants: [one(0)], situation: ["elderly"], situationText: "说到一半有人来电话", hasConcern: "", category: "", text: "", privateNote: "", nextStep: "", owner: "", deadline: "", place: "", theme: "", minutes: "" } });
  return { second, visits, made, members };
}

import { Fault, today } from "./state.mjs";

/** The forms of a stand-in node; the first is kept and mapped. */
const forms = (state) => (state.forms ??= state.role === "branch" ? seed() : []);

const cell = (row, column, text, more = {}) => ({ row, column, text, formula: false, rows: 1, columns: 1, ...more });

/** A form as a street sends it: a title across, two labels, a table of six lines, sums below. */
const cells = [
  cell(1, 1, "党支部会议记录表", { columns: 5 }),
  cell(2, 1, "会议日期"), cell(2, 2, "", { columns: 2 }), cell(2, 4, "主持人"),
  cell(3, 1, "议题"), cell(3, 2, "", { columns: 4 }),
  cell(4, 1, "序号"), cell(4, 2, "姓名"), cell(4, 3, "到会情况"), cell(4, 4, "请假事由", { columns: 2 }),
  ...[5, 6, 7, 8, 9, 10].flatMap((row) => [cell(row, 1, String(row - 4)), cell(row, 4, "", { columns: 2 })]),
  cell(11, 1, "实到"), cell(11, 2, "=COUNTIF(C5:C10,\"到会\")", { formula: true }),
];
const field = (key, label, group, sample, table = "") => ({ key, label, group, table, sample });
const fields = [
  ...["title", "office", "made_on", "heading", "notes", "copy"].map((key) => field(key, "", "head", { title: "2026年三会一课记录本", office: "甲村党支部", made_on: "2026-03-05", copy: "1/1" }[key] ?? "")),
  field("fact/date", "会议日期", "fact", "2026-03-05"), field("fact/chair", "主持人", "fact", "张甲一"), field("fact/topic", "议题", "fact", "学习文件"),
  field("column/roll/name", "姓名", "column", "张甲一", "签到"), field("column/roll/mark", "到会情况", "column", "到会", "签到"), field("column/roll/reason", "请假事由", "column", "外出", "签到"),
];
const values = { title: "2026年三会一课记录本", office: "甲村党支部", "fact/date": "2026-03-05", "fact/chair": "张甲一", "fact/topic": "学习文件" };
const rows = { "column/roll/name": (n) => `党员${n + 1}`, "column/roll/mark": (n) => (n === 2 ? "请假" : "到会"), "column/roll/reason": (n) => (n === 2 ? "外出" : "") };

const form = (state, id) => {
  const found = forms(state).find((one) => one.id === id);
  if (!found) throw new Fault("not_found", { id }, "id");
  return found;
};
const row = (one) => ({ id: one.id, name: one.name, kind: one.kind, file: one.file, bytes: 6672, addedOn: today, places: one.places.length });
const readCell = (name) => ({ row: Number(name.slice(1)), column: name.charCodeAt(0) - 64 });
const suggested = [["fact/date", "B2"], ["fact/topic", "B3"], ["column/roll/name", "B5"], ["column/roll/reason", "D5"]];

function settled(places) {
  return places.map((place) => {
    if (place.cell === "B11") throw new Fault("cell_has_formula", { ...place }, "places");
    if (!place.key.startsWith("column/")) return { ...place, lastRow: null };
    const first = readCell(place.cell).row;
    if (first !== 5) throw new Fault("fill_rows_differ", { ...place, row: 5 }, "places");
    return { ...place, lastRow: place.lastRow ?? 10 };
  });
}

const parts = [{ record: "f0000", heading: "党员大会 2026-03-05" }, { record: "f0001", heading: "支部委员会 2026-03-12" }];
const count = 8;

function preview(one, input) {
  const own = input.sheet.record ? parts.filter((part) => part.record === input.sheet.record) : parts;
  const room = Math.min(...one.places.filter((place) => place.lastRow).map((place) => place.lastRow - 4), 99);
  const copies = Math.max(1, Math.ceil(count / room));
  const stem = `${one.name}-${input.sheet.year}`;
  const files = own.flatMap((_, part) => Array.from({ length: copies }, (__, copy) => `${stem}${own.length > 1 ? `-${part + 1}` : ""}${copy ? `-${copy + 1}` : ""}.xlsx`));
  const copy = input.look % copies;
  const out = one.places.flatMap((place) => {
    if (!place.lastRow) return [{ sheet: place.sheet, cell: place.cell, text: values[place.key] ?? "" }];
    const first = readCell(place.cell);
    return Array.from({ length: place.lastRow - first.row + 1 }, (_, n) => ({ sheet: place.sheet, cell: `${place.cell[0]}${first.row + n}`, text: copy * room + n < count ? rows[place.key](copy * room + n) : "" }));
  });
  return { files, parts: own, values: out, notes: [], tables: count > room ? [{ table: "roll", heading: "签到", rows: count, room }] : [] };
}

export const handlers = {
  "fill.list": (state) => forms(state).map(row),
  "fill.add": (state, input) => {
    if (input.file.name.endsWith(".xls")) throw new Fault("template_not_xlsx", {}, "file");
    if (input.name === "") throw new Fault("required", {}, "name");
    const former = forms(state).find((one) => one.id === input.replaces);
    const kept = { id: former?.id ?? `form${forms(state).length}`, name: input.name, kind: input.kind, file: input.file.name, places: former?.places.filter((place) => place.key !== "fact/chair") ?? [] };
    state.forms = [...forms(state).filter((one) => one !== former), kept];
    state.touch("settings");
    return { id: kept.id, carried: kept.places.length, lost: former?.places.some((place) => place.key === "fact/chair") ? [{ code: "cell_differs", key: "fact/chair", sheet: "记录表", cell: "E2" }] : [] };
  },
  "fill.grid": (state, input) => {
    const one = form(state, input.id);
    const sheet = input.sheet ?? "记录表";
    const placed = one.places.map((place) => place.key);
    return {
      template: row(one), sheets: ["记录表", "填表说明"], sheet, rows: sheet === "记录表" ? 13 : 3, widths: [10, 14, 14, 10, 16, 8], hiddenRows: [], hiddenColumns: [],
      printArea: "A1:E12", cut: false, cells: sheet === "记录表" ? cells : [cell(1, 1, "请如实填写")], places: one.places, fields,
      suggestions: suggested.filter(([key]) => !placed.includes(key)).map(([key, at]) => ({ key, sheet: "记录表", cell: at, lastRow: null })),
    };
  },
  "fill.map": (state, input) => {
    const one = form(state, input.id);
    one.places = settled(input.places);
    state.touch("settings");
    const title = one.places.find((place) => place.cell === "A1");
    return { places: one.places, notes: title ? [{ code: "cell_has_text", key: title.key, sheet: title.sheet, cell: "A1" }] : [] };
  },
  "fill.remove": (state, input) => {
    state.forms = forms(state).filter((one) => one.id !== input.id);
    state.touch("settings");
  },
  "fill.preview": (state, input) => preview(form(state, input.id), input),
  "fill.make": (state, input) => {
    const { files } = preview(form(state, input.id), input);
    const base64 = Buffer.from("PK").toString("base64");
    return { workbooks: files.length, files: files.length > 1 && input.packed ? [{ name: "记录表-2026.zip", base64 }] : files.map((name) => ({ name, base64 })) };
  },
};

function seed() {
  return [{
  id: "form0", name: "街道会议记录表", kind: "meetings", file: "会议记录表(2026版).xlsx",
  places: [
    { key: "fact/date", sheet: "记录表", cell: "B2", lastRow: null }, { key: "fact/chair", sheet: "记录表", cell: "E2", lastRow: null },
    { key: "column/roll/name", sheet: "记录表", cell: "B5", lastRow: 10 }, { key: "column/roll/mark", sheet: "记录表", cell: "C5", lastRow: 10 },
  ],
  }];
}

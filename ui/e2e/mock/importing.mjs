import { Fault } from "./state.mjs";

const fields = ["name", "sex", "birth_month", "kind", "joined", "group", "posts", "note"].map((code) => ({ code, required: code === "name" }));

const sheets = (state) => [
  {
    name: "党员名册", kind: "roster", headerRow: 2, headerRows: 1, rows: 52, form: false, year: state.sheetYear ?? null, remembered: state.remembered, fields,
    columns: [
      { index: 0, letter: "A", title: "序号", field: null, samples: ["1", "2", "3"] },
      { index: 1, letter: "B", title: "姓名", field: "name", samples: ["张甲一", "李乙二", "王丙三"] },
      { index: 2, letter: "C", title: "性别", field: "sex", samples: ["男", "女", "男"] },
      { index: 3, letter: "D", title: "出生年月", field: "birth_month", samples: ["1972.05", "1980.11", "1965.03"] },
      { index: 4, letter: "E", title: "入党日期", field: "joined", samples: ["1999.07", "2008.07", "1990.12"] },
      { index: 5, letter: "F", title: "所在小组", field: "group", samples: ["一组", "一组", "二组"] },
    ],
  },
  { name: "说明", kind: null, headerRow: 1, headerRows: 1, rows: 3, form: false, year: null, remembered: false, fields: [], columns: [{ index: 0, letter: "A", title: "填表说明", field: null, samples: ["请如实填写"] }] },
];

const preview = (input) => ({
  newRows: 49, sameRows: 1, changedRows: 0,
  errors: [{ sheet: "党员名册", row: 14, column: "D 出生年月", code: "month_out_of_range", params: { found: "1972.13", todo: "correct_cell" } }],
  warnings: [{ sheet: "党员名册", row: 20, column: "E 入党日期", code: "joined_before_18", params: { todo: "check_cell" } }],
  questions: input.answers.q1 ? [] : [{ id: "q1", sheet: "党员名册", row: 31, code: "same_person", params: { name: "张甲一" }, options: [
    { value: "m1", label: "张甲一(1972-05生,第一党小组)", code: null, params: {} },
    { value: "new", label: "另一位张甲一,新增", code: "new", params: { name: "张甲一" } },
    { value: "skip", label: "不导入", code: "skip", params: {} },
  ] }],
  samples: ["张甲一 男 1972年5月 正式党员", "李乙二 女 1980年11月 正式党员"],
});

/** A sheet read for the kind that the user said: other fields, other guesses. */
function asKind(sheet, kind) {
  if (!kind || kind === sheet.kind) return sheet;
  const first = { dues: "name", meetings: "date", visits: "date" }[kind] ?? "name";
  const codes = { dues: ["name", "group", "class", "monthly", "month_03"], meetings: ["date", "kinds", "place"], visits: ["date", "household", "place"] }[kind] ?? ["name", "sex", "group"];
  const guess = { 姓名: "name", 所在小组: "group", 填表说明: null };
  return {
    ...sheet, kind, remembered: false, fields: codes.map((code) => ({ code, required: code === first })),
    columns: sheet.columns.map((column) => ({ ...column, field: codes.includes(guess[column.title]) ? guess[column.title] : null })),
  };
}

export const handlers = {
  "import.progress": (state) => ({ running: Boolean(state.importing), stage: "preparing", done: 4200, total: 10000 }),
  "import.cancel": (state) => { state.importing?.(); },
  "import.inspect": (state, input) => ({ sheets: sheets(state).map((sheet) => asKind(sheet, input.kinds[sheet.name])), format: input.name.endsWith("csv") ? "csv-gbk" : "xlsx" }),
  "import.preview": (_, input) => preview(input),
  "import.commit": async (state) => {
    if (state.slowImport) {
      // Until it is called off.
      await new Promise((resolve) => { state.importing = resolve; });
      state.importing = null;
      throw new Fault("import_cancelled");
    }
    state.remembered = true;
    state.touch("member");
    return { newRows: 49, changedRows: 0, sameRows: 1, skippedRows: 1 };
  },
};

import { describe, expect, it } from "vitest";
import type { FlowMay } from "../../api/generated/FlowMay";
import type { FlowTemplate } from "../../api/generated/FlowTemplate";
import { actOf, keysOf, missingOf, startOf } from "./form";

const may: FlowMay = {
  event: "list", name: "列入清单", needs: ["due", "measure", "person"], may: ["leader"], values: [], leadsTo: "listed", leadsToName: "已列清单", settles: false, apartFrom: [], call: "flow.act",
};

describe("what an act asks for", () => {
  it("asks what is needed first, in the order in which one thinks, and what may be left out after it", () => {
    expect(keysOf(may)).toEqual([
      { key: "measure", needed: true }, { key: "person", needed: true }, { key: "due", needed: true }, { key: "leader", needed: false },
    ]);
    const hold = { ...may, needs: ["person", "report_minutes", "question_minutes"], may: ["topics", "recorder"] };
    expect(keysOf(hold).map(({ key }) => key)).toEqual(["report_minutes", "question_minutes", "person", "topics", "recorder"]);
  });

  it("begins with what the template says of the things that are needed, and with what is known of the matter", () => {
    const template: FlowTemplate = {
      id: "interview", version: "1", name: "党建约谈", rows: ["A1"], citation: "", builtin: true, start: "planned", states: [], events: [], deadlines: [], rates: [],
      figures: { units_min: 3, report_minutes: 20, question_minutes: 40 }, words: {},
    };
    const row = { unit: "城建办", leader: "陈书记" };
    expect(startOf({ ...may, needs: ["person", "report_minutes", "question_minutes"], may: [] }, template, row)).toEqual({ report_minutes: "20", question_minutes: "40" });
    expect(startOf({ ...may, may: ["unit"] }, template, row)).toEqual({ unit: "城建办" });
    expect(startOf(may, null, row)).toEqual({ leader: "陈书记" });
    expect(startOf(may, null, { unit: "", leader: "" })).toEqual({});
  });

  it("tells each thing that is missing at its field, and counts blanks as nothing", () => {
    expect(missingOf(may, { measure: "  ", person: "李乙二" }, "要填")).toEqual({ due: "要填", measure: "要填" });
    expect(missingOf(may, { measure: "补齐", person: "李乙二", due: "3.31" }, "要填")).toEqual({});
  });

  it("sends the plain fields by their names and the template's own keys as data, without what was left empty", () => {
    expect(actOf(may, { measure: " 补齐记录 ", person: "李乙二", due: "3.31", leader: " " })).toEqual({
      person: "李乙二", role: "", due: "3.31", value: "", note: "", data: { measure: "补齐记录" },
    });
  });
});

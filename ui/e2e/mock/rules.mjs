import { Fault, today } from "./state.mjs";

const tier = (upToFen, rateBp) => ({ upToFen, rateBp });
export const tiers = { salaried: [tier(300000, 50), tier(500000, 100), tier(1000000, 150), tier(null, 200)], retired: [tier(500000, 50), tier(null, 100)] };
const source = "《关于中国共产党党费收缴、使用和管理的规定》(中组发〔2008〕3号)";
const article = (id, at, text) => ({ id, version: "2026.1", citation: `${source}${at}`, text });

const builtin = {
  version: "2026.1", validFrom: "2026-01-01", source: "builtin", from: "", citation: "", halfOpens: true, rounding: "half_up",
  capFen: 100000, farmerMinFen: 20, farmerMaxFen: 100, reliefFen: 20, centreExtraFen: 100000, arrearsMonths: 6, backPayMonths: 6, ...tiers,
  articles: [
    article("vote", "", "党员大会有半数以上有表决权的党员到会方可进行。"),
    article("dues_salaried", "第一条、第二条", "按月领取工资的党员以每月税后工资收入为基数。比例适用于整个基数。"),
    article("dues_retired", "第五条", "离退休党员以每月实际领取的离退休费或养老金为基数:5000元以下(含)0.5%;5000元以上1%。"),
    article("dues_farmer", "第六条", "农民党员每月交纳党费0.2元至1元。"),
    article("dues_relief", "第六条", "学生、下岗失业、依靠抚恤或救济生活、领取低保的党员,每月交纳党费0.2元。"),
    article("dues_yearly", "", "党费基数每年年初核定一次,年内一般不变动;每月一般不超过1000元。"),
    article("dues_back_payment", "第十二条", "补交党费的时间一般不超过6个月。"),
    article("dues_extra", "第十一条", "自愿一次多交1000元以上的,全部上缴中央。"),
  ],
};
const pack = {
  id: "pk01", version: "某街道 2026-1", validFrom: "2026-07-01", from: "某街道党工委", recordedOn: "2026-03-10",
  citation: "某街道党工委〔2026〕3号", holds: false, fault: "", detail: "",
};
const broken = { ...pack, id: "pk02", version: "某街道 2026-2", citation: "", fault: "form", detail: "unknown field `farmer_least`" };

function read(text) {
  if (!text.includes("valid_from")) throw new Fault("rules_not_understood", { kind: "form", detail: "missing field `valid_from`" }, "text");
  return { ...builtin, version: /version = "([^"]*)"/.exec(text)?.[1] ?? "", validFrom: "2026-07-01", source: "own", citation: /citation = "([^"]*)"/.exec(text)?.[1] ?? "", farmerMinFen: /farmer_min_fen = (\d+)/.exec(text) ? Number(/farmer_min_fen = (\d+)/.exec(text)[1]) : 20 };
}

export const handlers = {
  "rules.list": (state) => ({ current: builtin, packs: state.role === "branch" ? [broken, pack] : [], maySetOwn: state.role === "alone", below: state.role === "committee" ? 4 : 0 }),
  "rules.template": () => ({ text: 'version = "某街道 2026-1"\nvalid_from = "2026-07-01"\ncitation = ""\n\n[dues]\nfarmer_min_fen = 20\nfarmer_max_fen = 100\n' }),
  "rules.preview": (_, input) => read(input.text),
  "rules.send": (state, input) => {
    const { version, validFrom } = read(input.text);
    state.packs = [{ version, validFrom, sentOn: today, text: input.text, sent: 4, missing: [] }, ...state.packs];
    state.touch("checklist");
    return { sent: 4, already: 0 };
  },
  "rules.sent": (state) => state.packs,
};

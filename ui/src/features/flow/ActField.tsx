import type { FlowMay } from "../../api/generated/FlowMay";
import type { FlowTemplate } from "../../api/generated/FlowTemplate";
import { Chips, Choice, DateField, TextField } from "../../components";
import { useTexts } from "../../locales";
import { figureOf } from "./form";
import { fieldName, nameOf } from "./names";

const long = new Set(["note", "measure", "plan", "education", "style", "integrity"]);
/** Keys of which several may be said at once. */
const several = new Set(["topics"]);

/** One thing that an event says, by what its template tells of it. */
export function ActField({ may, template, name, needed, value, error, keep, confirm, onChange, autoFocus }: {
  may: FlowMay;
  template: FlowTemplate | null;
  name: string;
  needed: boolean;
  value: string;
  error: string | undefined;
  keep: (() => void) | undefined;
  confirm: (() => void) | undefined;
  onChange: (value: string) => void;
  autoFocus: boolean;
}) {
  const texts = useTexts();
  const label = fieldName(texts, may.event, name);
  const words = template?.words[name] ?? template?.words[`${name}s`] ?? [];
  if (name === "value") {
    return <Choice label={label} required={needed} value={value} error={error} onChange={onChange} options={may.values.map((one) => ({ value: one.id, label: nameOf(texts, one.name) }))} />;
  }
  if (name === "due") return <DateField ahead label={label} required={needed} value={value} error={error} onChange={onChange} confirm={confirm} />;
  if (several.has(name) && words.length > 0) {
    const chosen = value.split("、").filter(Boolean);
    const toggle = (word: string) => onChange((chosen.includes(word) ? chosen.filter((one) => one !== word) : words.filter((one) => one === word || chosen.includes(one))).join("、"));
    return <Chips label={label} required={needed} error={error} values={chosen} onToggle={toggle} options={words.map((word) => ({ value: word, label: nameOf(texts, word) }))} />;
  }
  const rest = long.has(name) ? { rows: 3 } : words.length > 0 ? { list: words } : name.endsWith("_minutes") ? { inputMode: "numeric" as const } : {};
  const figure = figureOf(template, name);
  const hint = figure === undefined ? undefined : texts.t("flow.figureHint", { n: figure });
  return <TextField label={label} required={needed} value={value} error={error} hint={hint} keep={keep} onChange={onChange} autoFocus={autoFocus} {...rest} />;
}

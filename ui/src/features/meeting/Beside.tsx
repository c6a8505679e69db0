import { Button } from "antd";
import { useState } from "react";
import { listInput, useCommand, useQuery, useRecords } from "../../api";
import type { SessionView } from "../../api/generated/SessionView";
import { ErrorNotice, TextField, usePartKeys } from "../../components";
import { useTexts } from "../../locales";
import { passKeys } from "./RollGrid";

/** 列席: members who are not due, and people who are not on the roster. They count among nobody who is due. */
export function Beside({ view, goOn = null, onLeave }: {
  view: SessionView;
  /** The pass led here by a key: until something is typed its keys go on with it. */
  goOn?: ((key: string) => void) | null;
  /** Something was typed, or the field was left. */
  onLeave?: () => void;
}) {
  const { t } = useTexts();
  const writes = useRecords();
  const send = useCommand("meeting.roll");
  const members = useQuery("member.list", listInput({ limit: 1000 }));
  const [name, setName] = useState("");
  const [error, setError] = useState<string | undefined>();
  const { row } = view;
  const due = view.roll.filter((one) => one.due);
  const beside = view.roll.filter((one) => !one.due && one.mark === "non_voting");
  const on = new Set(view.roll.map((one) => one.member));
  const others = (members.data?.rows ?? []).filter((one) => !on.has(one.id));
  const nothing = { id: row.id, marks: [], beside: [], notBeside: [], close: row.closed };

  const onKey = usePartKeys(goOn ? [{ keys: passKeys, label: "roll.keyGoOn", act: goOn }] : []);

  function add() {
    const typed = name.trim();
    const member = others.find((one) => one.name === typed);
    if (typed === "") return setError(t("errors.required"));
    if (!member && due.some((one) => one.name === typed)) return setError(t("roll.besideDue", { name: typed }));
    setError(undefined);
    const input = member ? { ...nothing, marks: [{ member: member.id, mark: "non_voting" as const, reason: "" }] } : { ...nothing, beside: [typed] };
    return send.mutate(input, { onSuccess: () => setName("") });
  }

  const people = [
    ...beside.map((one) => ({ key: one.member, name: one.name, gone: { ...nothing, marks: [{ member: one.member, mark: "unconfirmed" as const, reason: "" }] } })),
    ...view.beside.map((one) => ({ key: `name ${one}`, name: one, gone: { ...nothing, notBeside: [one] } })),
  ];
  return (
    <section className="card stack" aria-labelledby="beside">
      <h2 id="beside">{t("roll.beside")}</h2>
      {people.length === 0 ? <p className="soft">{t("roll.besideNone")}</p> : (
        <ul className="roll-beside">
          {people.map((one) => (
            <li key={one.key} className="row">
              <span>{one.name}</span>
              {writes ? <Button aria-label={t("roll.besideRemove", { name: one.name })} disabled={send.isPending} onClick={() => send.mutate(one.gone)}>{t("roll.besideGone")}</Button> : null}
            </li>
          ))}
        </ul>
      )}
      {writes ? (
        <form className="stack tight" onSubmit={(event) => { event.preventDefault(); add(); }}>
          <div data-beside="" role="presentation" onKeyDown={onKey} onBlur={onLeave}>
            <TextField label={t("roll.besideName")} hint={t("roll.besideHint")} value={name} onChange={(typed) => { setName(typed); onLeave?.(); }} error={error} list={others.map((one) => one.name)} />
          </div>
          <div className="row"><Button htmlType="submit" loading={send.isPending}>{t("roll.besideAdd")}</Button></div>
        </form>
      ) : null}
      {send.isError ? <ErrorNotice error={send.error} /> : null}
    </section>
  );
}

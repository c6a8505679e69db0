import { Button } from "antd";
import { useState } from "react";
import { nothing, type Output, pickFile, saveFile, useCommand, useQuery } from "../../api";
import type { BundleTarget } from "../../api/generated/BundleTarget";
import { Check, ErrorNotice, Notice, SelectField } from "../../components";
import { useTexts } from "../../locales";

/** 没有网络:用U盘: what is to be delivered becomes a file, and what was brought is read in. */
export function StickPart() {
  const { t } = useTexts();
  const targets = useQuery("bundle.list_targets", nothing);
  const send = useCommand("bundle.export");
  const read = useCommand("bundle.import");
  const [chosen, setChosen] = useState<string | null>(null);
  const [whole, setWhole] = useState(false);
  const all = targets.data ?? [];
  const to = all.find((one) => one.id === chosen) ?? all[0];

  function make(id: string) {
    read.reset();
    send.mutate({ to: id, whole }, { onSuccess: ({ file }) => void saveFile(file) });
  }

  async function choose() {
    const file = await pickFile(".ybzb");
    if (!file) return;
    send.reset();
    read.mutate({ base64: file.base64 });
  }

  return (
    <section className="card stack" aria-label={t("stick.title")}>
      <h2>{t("stick.title")}</h2>
      <p className="soft">{t("stick.hint")}</p>
      {to ? (
        <>
          {all.length > 1 ? (
            <SelectField label={t("stick.to")} value={to.id} onChange={setChosen} options={all.map((one) => ({ value: one.id, label: named(t, one) }))} />
          ) : <p>{t("stick.to")}: {named(t, to)}</p>}
          <div><Check label={<>{t("stick.whole")} <span className="soft">{t("stick.wholeHint")}</span></>} checked={whole} onChange={setWhole} /></div>
        </>
      ) : <p>{t("stick.nobody")}</p>}
      <div className="row">
        {to ? <Button type="primary" onClick={() => make(to.id)} loading={send.isPending}>{t("stick.send")}</Button> : null}
        <Button onClick={() => void choose()} loading={read.isPending}>{t("stick.read")}</Button>
      </div>
      <div role="status" className="stack">
        {send.data ? <Made made={send.data} /> : null}
        {read.data ? <Taken taken={read.data} onAnswer={all.some((one) => one.id === read.data.fromId) ? () => make(read.data.fromId) : null} /> : null}
      </div>
      {send.isError || read.isError ? <ErrorNotice error={send.error ?? read.error} /> : null}
    </section>
  );
}

function named(t: ReturnType<typeof useTexts>["t"], one: BundleTarget): string {
  const holder = one.holder ?? one.id.slice(0, 8);
  return one.relation === "colleague" ? `${t("stick.colleague")}: ${holder}` : `${t(`stick.${one.relation}`)} · ${one.name}`;
}

function Made({ made }: { made: Output<"bundle.export"> }) {
  const { t } = useTexts();
  return (
    <Notice tone="blue">
      {t("stick.made", { file: made.file.name, to: made.to, n: made.changes })}{" "}
      {made.receipt ? t("stick.madeReceipt") : null}{" "}
      {made.changes > 0 ? t("stick.madeWaits") : made.receipt ? null : t("stick.madeEmpty")}
    </Notice>
  );
}

function Taken({ taken, onAnswer }: { taken: Output<"bundle.import">; onAnswer: (() => void) | null }) {
  const { t, date } = useTexts();
  const facts = { from: taken.from, date: date(taken.on) };
  return (
    <>
      <Notice tone={taken.accepted > 0 || taken.receipt ? "green" : "grey"}>
        {taken.accepted > 0 || !taken.receipt ? t(taken.accepted > 0 ? "stick.taken" : "stick.takenNothing", { ...facts, n: taken.accepted }) : null}{" "}
        {taken.receipt ? t("stick.receipt") : null}
      </Notice>
      {taken.waiting > 0 ? <Notice tone="yellow">{t("stick.waiting", { n: taken.waiting })}</Notice> : null}
      {taken.refused > 0 ? <Notice tone="yellow">{t("stick.refused", { n: taken.refused })}</Notice> : null}
      {taken.answer ? (
        <Notice tone="blue" action={onAnswer ? <Button onClick={onAnswer}>{t("stick.answerNow")}</Button> : undefined}>
          {t("stick.answer", { from: taken.from })}
        </Notice>
      ) : null}
    </>
  );
}

import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { nothing, useCommand, useQuery, useRecords } from "../../api";
import type { TextMerge } from "../../api/generated/TextMerge";
import type { TextSide } from "../../api/generated/TextSide";
import { ErrorNotice, Mark, useToast } from "../../components";
import { useTexts } from "../../locales";
import "../meeting/plan.css";

/** 同时改过的文字: what each wrote beside what the text says now. Of one record its own. */
export function TextsPart({ of }: { of?: string }) {
  const { t } = useTexts();
  const list = useQuery("conflict.texts", nothing);
  const rows = (list.data ?? []).filter((row) => of === undefined || row.record === of);
  if (rows.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="merged-texts">
      <h2 id="merged-texts">{t("textMerge.title")}</h2>
      <p>{t("textMerge.intro")}</p>
      <p className="soft">{t("textMerge.legend")}</p>
      <ul className="stack">{rows.map((row) => <One key={`${row.record} ${row.field}`} row={row} linked={of === undefined} />)}</ul>
    </section>
  );
}

function One({ row, linked }: { row: TextMerge; linked: boolean }) {
  const { t, code, date } = useTexts();
  const records = useRecords();
  const say = useToast();
  const seen = useCommand("conflict.text_seen");
  const name = `${row.title.replace(/^\d{4}-\d\d-\d\d/, date)} ${code("textMerge", `field_${row.field}`)}`;
  return (
    <li className="card stack">
      <h3>{name}</h3>
      {row.sides.map((side, at) => <Side key={at} side={side} />)}
      <div className="stack tight">
        <strong>{t("textMerge.now")}</strong>
        <p className="diff">{row.now}</p>
      </div>
      <div className="row">
        {!records ? null : (
          <Button type="primary" loading={seen.isPending} aria-label={`${t("textMerge.seen")} ${name}`}
            onClick={() => seen.mutate({ record: row.record, field: row.field, versions: row.versions }, { onSuccess: () => say(t("textMerge.seenDone")) })}>
            {t("textMerge.seen")}
          </Button>
        )}
        {linked ? <Link to="/meeting" search={{ id: row.record }} className="ant-btn">{t("textMerge.edit")}</Link> : null}
      </div>
      {seen.isError ? <ErrorNotice error={seen.error} /> : null}
    </li>
  );
}

function Side({ side }: { side: TextSide }) {
  const { t, date } = useTexts();
  const computer = side.here ? t("textMerge.here") : /^[0-9a-f]{8}$/.test(side.by) ? t("textMerge.computer", { id: side.by }) : side.by || t("textMerge.nobody");
  const by = [computer, side.profile === null ? null : t("profile.declaredAs", { name: side.profile })].filter(Boolean).join(" · ");
  return (
    <div className="stack tight">
      <div className="row">
        <strong>{t("textMerge.wrote", { by, date: date(side.on) })}</strong>
        {side.check === "sound" ? null : <Mark tone="yellow">{t("textMerge.notSound")}</Mark>}
      </div>
      <p className="diff">
        {side.parts.map((part, at) => {
          if (part.part === "same") return <span key={at}>{part.text}</span>;
          const Tag = part.part === "added" ? "ins" : "del";
          // Pictures and colour never stand alone: a reader that speaks says which it is.
          return <Tag key={at}><span className="visually-hidden">{t(part.part === "added" ? "textMerge.added" : "textMerge.removed")}</span>{part.text}</Tag>;
        })}
      </p>
    </div>
  );
}

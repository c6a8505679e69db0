import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { type Input, useList } from "../../api";
import type { FlowRow } from "../../api/generated/FlowRow";
import { Mark, Paged, RecordMarks, usePartKeys } from "../../components";
import { useTexts } from "../../locales";
import { DueLine } from "./DueLine";
import { categoryName, channelName, nameOf, pathOf, toneOf } from "./names";
import "./flow.css";

/** Matters, a page at a time; the arrows lead from one to the next. */
export function FlowList({ input, office, kinds }: {
  input: Input<"flow.list">;
  /** Says whose each is. */
  office?: boolean;
  /** Says of which kind each is. */
  kinds?: boolean;
}) {
  const list = useList("flow.list", input);
  const box = useRef<HTMLDivElement>(null);
  const onKeyDown = usePartKeys([{ keys: ["ArrowUp", "ArrowDown"], label: "flow.rowKeys", act: (key) => {
    const rows = [...(box.current?.querySelectorAll<HTMLElement>("[data-flow]") ?? [])];
    const at = rows.findIndex((row) => row === document.activeElement);
    rows[Math.max(0, Math.min(rows.length - 1, at + (key === "ArrowDown" ? 1 : -1)))]?.focus();
  } }]);
  return (
    <div ref={box} className="stack" onKeyDown={onKeyDown} role="presentation">
      <Paged list={list}>{(row) => <FlowLine key={row.id} row={row} office={office} kind={kinds} />}</Paged>
    </div>
  );
}

/** One matter: what, whose, where it stands and until when. */
export function FlowLine({ row, office, kind }: { row: FlowRow; office?: boolean | undefined; kind?: boolean | undefined }) {
  const texts = useTexts();
  const { t, date } = texts;
  const about = [
    kind ? nameOf(texts, row.flowName) : "", office ? row.officeName : "", categoryName(texts, row.category), row.form, channelName(texts, row.channel), date(row.on),
    row.unit, row.leader, row.person, row.sourceOfficeName && row.sourceOfficeName !== row.officeName ? t("flow.linkedFrom", { name: row.sourceOfficeName }) : "",
  ];
  return (
    <li className="line">
      <div className="what stack tight">
        <Link to={pathOf(row.flow)} search={{ id: row.id }} data-flow>{row.title}</Link>
        <span className="soft">{about.filter(Boolean).join(" · ")}</span>
        {row.deadline ? <DueLine due={row.deadline} /> : null}
      </div>
      <span className="row">
        <RecordMarks custodian={row.custodian} conflict={row.conflict} />
        {row.mergedInto ? <Mark tone="grey" glyph="info">{t("cases.mergedInto")}</Mark> : null}
        {row.disputed ? <Mark tone="yellow">{t("flow.disputed")}</Mark> : null}
        <Mark tone={toneOf({ ...row, disputed: false })} glyph={row.ended ? "check" : "info"}>{row.known ? nameOf(texts, row.stateName) : t("flow.unknown")}</Mark>
      </span>
    </li>
  );
}

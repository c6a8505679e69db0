import { Button } from "antd";
import { useState } from "react";
import { useOffice, useQuery, useRecords } from "../../api";
import type { TreeLine } from "../../api/generated/TreeLine";
import { Blank, Check, DateField, Glyph, Loaded, Notice, Page } from "../../components";
import { useTexts } from "../../locales";
import { Bodies } from "./Bodies";
import { ListDialog } from "./ListDialog";
import { Notes, useKindWord } from "./words";
import "./tree.css";

/** 组织树: offices and bodies as they stood on a day, and this office's own with their history. */
export function TreeScreen() {
  const { t, date } = useTexts();
  const { office } = useOffice();
  const records = useRecords();
  const [typed, setTyped] = useState("");
  const [on, setOn] = useState<string | null>(null);
  const [sizes, setSizes] = useState(false);
  const [listing, setListing] = useState(false);
  const tree = useQuery("body.tree", { on: on ?? "", sizes }, { keep: true });
  const grows = office?.role === "keeper" && office.kind !== "branch";
  const past = tree.data?.past ?? false;
  return (
    <Page title={t("tree.title")} writes actions={grows ? <Button onClick={() => setListing(true)}>{t("treeList.title")}</Button> : null}>
      <section className="card stack" aria-label={t("tree.onDay")}>
        <div className="tree-day">
          <DateField label={t("tree.onDay")} value={typed} onChange={setTyped} onRead={setOn} hint={t("tree.onDayHint")} />
          <Check label={t("tree.sizes")} checked={sizes} onChange={setSizes} />
        </div>
        {past ? (
          <Notice tone="blue" action={<Button onClick={() => setTyped("")}>{t("tree.backToday")}</Button>}>
            {t("tree.pastNotice", { date: date(tree.data?.on ?? "") })}
          </Notice>
        ) : null}
      </section>
      <section className="card flush" aria-label={t("tree.title")}>
        <Loaded query={tree}>
          {({ lines }) => (lines.length === 0 ? <Blank>{t("tree.nobody")}</Blank> : <ul className="list tree-lines">{lines.map((line) => <Line key={line.id} line={line} />)}</ul>)}
        </Loaded>
      </section>
      {past ? null : <Bodies writes={records} />}
      <p className="soft">{office?.superior ? t("tree.shared") : ""}</p>
      {listing ? <ListDialog onClose={() => setListing(false)} /> : null}
    </Page>
  );
}

function Line({ line }: { line: TreeLine }) {
  const { t, code, date, several } = useTexts();
  const kind = useKindWord();
  const days = line.bodyKind === null ? "" : line.until
    ? t("tree.daysUntil", { from: date(line.from), until: date(line.until) })
    : t("tree.days", { from: date(line.from) });
  const facts = [
    kind(line),
    line.basis ? code("tree", line.basis) : "",
    days,
    line.fullMembers === null ? "" : t("tree.fullMembers", { n: line.fullMembers }),
  ].filter(Boolean);
  return (
    <li className="line">
      <div className="what tree-line" style={{ paddingInlineStart: `${Math.min(line.depth, 8) * 1.25}rem` }}>
        <Glyph name={line.officeKind ? "house" : "people"} />
        <div className="grow">
          {line.officeKind ? <strong>{line.name}</strong> : line.name} <span className="soft">{facts.join(" · ")}</span>
          {line.units.length > 0 ? <div className="soft">{t("tree.unitsAre", { names: several(line.units) })}</div> : null}
          <Notes notes={line.notes} />
        </div>
      </div>
    </li>
  );
}

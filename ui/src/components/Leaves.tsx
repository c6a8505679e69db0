import { Button } from "antd";
import { useState } from "react";
import { useOffice, useQuery } from "../api";
import type { Leaves } from "../api/generated/Leaves";
import type { LeavesBook } from "../api/generated/LeavesBook";
import type { LeavesRecord } from "../api/generated/LeavesRecord";
import { type TextKey, useTexts } from "../locales";
import { Dialog } from "./Dialog";
import { Loaded } from "./Page";
import { Mark, Notice } from "./Words";

/** What leaves this machine, by the rules of the node; also before there is an office. */
export function useLeaves() {
  const { office } = useOffice();
  return useQuery("sync.leaves", { office: office?.id ?? null, kind: null });
}

const goesUp = (book: LeavesBook) => book.to.includes("superior");
const goesDown = (book: LeavesBook) => book.to.includes("addressee");
const stays = (book: LeavesBook) => !goesUp(book) && !goesDown(book);

/** In three lines: what the superior sees, what stays, what goes further; all of it behind a button. */
export function LeavesBrief() {
  const { t, code, several, pair } = useTexts();
  const query = useLeaves();
  const [open, setOpen] = useState(false);
  const names = (books: readonly LeavesBook[]) => several(books.map((book) => code("book", book.kind)));
  const data = query.data;
  if (!data) return null;
  const line = (title: TextKey, text: string) => text === "" ? null : <li><strong>{t(title)}</strong>{pair("", text)}</li>;
  return (
    <section className="stays-here stack tight" aria-label={t("leaves.title")}>
      <h2>{t("leaves.title")}</h2>
      <ul className="stack tight">
        {line("leaves.briefUp", names(data.books.filter(goesUp)))}
        {line("leaves.briefOwn", names(data.books.filter(stays)))}
        {line("leaves.briefFigures", data.figuresTo.length > 0 ? t("leaves.briefNumbers") : "")}
      </ul>
      <div><Button onClick={() => setOpen(true)} aria-haspopup="dialog">{t("leaves.all")}</Button></div>
      {open ? (
        <Dialog title={t("leaves.title")} open onClose={() => setOpen(false)} footer={<Button type="primary" onClick={() => setOpen(false)}>{t("common.close")}</Button>}>
          <LeavesList leaves={data} />
        </Dialog>
      ) : null}
    </section>
  );
}

/** The whole table, or what to say until it is there. */
export function LeavesPart() {
  return <Loaded query={useLeaves()}>{(leaves) => <LeavesList leaves={leaves} />}</Loaded>;
}

export function LeavesList({ leaves }: { leaves: Leaves }) {
  const { t, code, several } = useTexts();
  const up = leaves.books.filter(goesUp);
  const confirmed = leaves.books.filter((book) => stays(book) && book.to.includes("own_confirmed"));
  const own = leaves.books.filter((book) => stays(book) && !book.to.includes("own_confirmed"));
  const hints = [up.some((book) => book.to.includes("committee_above")) ? t("leaves.committee_above") : "", up.some((book) => book.to.includes("department")) ? t("leaves.department") : ""];
  const to = several(leaves.figuresTo.map((one) => t(one === "superior" ? "leaves.figuresSuperior" : "leaves.figuresDepartment")));
  return (
    <div className="stack">
      <p>{t("leaves.intro")}</p>
      {leaves.superior === null && leaves.kind !== "organization-department" ? <Notice tone="grey">{t("leaves.notJoined")}</Notice> : null}
      <Group title={leaves.superior ? t("leaves.superiorName", { name: leaves.superior }) : t("leaves.superior")} books={up} glyph="eye"
        hint={[...hints, leaves.kind === "branch" ? t("leaves.handIn") : ""].filter(Boolean).join(" ")} />
      <Group title={t("leaves.addressee")} books={leaves.books.filter(goesDown)} glyph="eye" hint={t("leaves.addresseeHint")} />
      <Group title={t("leaves.own_devices")} books={own} glyph="lock" hint="" />
      <Group title={t("leaves.own_confirmed")} books={confirmed} glyph="lock" hint={t("leaves.own_confirmedHint")} />
      {to === "" ? null : (
        <section className="card stack tight">
          <h2>{t("leaves.figures")}</h2>
          <p className="soft">{t("leaves.figuresTo", { who: to })}</p>
          <p>{several(leaves.figures.map((one) => `${code("metric", one.code)}${one.rounded ? ` (${t("leaves.rounded")})` : ""}`))}</p>
        </section>
      )}
      <section className="card stack tight">
        <h2>{t("leaves.about")}</h2>
        <p>{several(leaves.about.map((one) => code("leaves", `about_${one}`)))}</p>
      </section>
    </div>
  );
}

function Group({ title, books, glyph, hint }: { title: string; books: readonly LeavesBook[]; glyph: "eye" | "lock"; hint: string }) {
  const { code } = useTexts();
  if (books.length === 0) return null;
  return (
    <section className="card stack tight">
      <h2><Mark tone={glyph === "eye" ? "blue" : "grey"} glyph={glyph}>{title}</Mark></h2>
      {hint ? <p className="soft">{hint}</p> : null}
      {books.map((book) => (
        <div key={book.kind}>
          <h3>{code("book", book.kind)}</h3>
          <ul>{book.records.map((record) => <Row key={record.name} record={record} />)}</ul>
        </div>
      ))}
    </section>
  );
}

function Row({ record }: { record: LeavesRecord }) {
  const { t, code, several, pair } = useTexts();
  const words = (names: readonly string[]) => several(names.map((name) => code("recordField", `${record.name}_${name.replace("/", "")}`)));
  return (
    <li>
      <strong>{code("recordType", record.name)}</strong>{pair("", "")}
      {record.sealed.length > 0 ? <><Mark tone="grey" glyph="lock">{t("leaves.sealed", { fields: words(record.sealed) })}</Mark> </> : null}
      {words(record.fields)}
    </li>
  );
}

import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useRecords } from "../../api";
import type { FlowLink } from "../../api/generated/FlowLink";
import type { FlowView } from "../../api/generated/FlowView";
import { Mark } from "../../components";
import { useTexts } from "../../locales";
import { AnswerBackDialog } from "../cases/AnswerBackDialog";
import { nameOf } from "./names";

/** What a matter is linked to: where it comes from, what it was passed on as, and answers that came back. */
export function Links({ view }: { view: FlowView }) {
  const { t } = useTexts();
  const [taking, setTaking] = useState<FlowLink | null>(null);
  if (view.links.length === 0) return null;
  return (
    <section className="card flush" aria-labelledby="flow-links">
      <h2 id="flow-links" className="list-title">{t("flow.linked")}</h2>
      <ul className="list">{view.links.map((link) => <Line key={`${link.kind} ${link.id}`} link={link} onTake={() => setTaking(link)} />)}</ul>
      {taking ? <AnswerBackDialog view={view} link={taking} onClose={() => setTaking(null)} /> : null}
    </section>
  );
}

function Line({ link, onTake }: { link: FlowLink; onTake: () => void }) {
  const texts = useTexts();
  const { t, date } = texts;
  const records = useRecords();
  const words = link.kind === "passed" ? (link.way === "up" ? t("flow.linkedUp") : t("flow.linkedDown", { name: link.officeName }))
    : link.kind === "source" ? t("flow.linkedFrom", { name: link.officeName }) : t(link.kind === "merged" ? "cases.mergedHere" : "cases.mergedInto");
  return (
    <li className="line">
      <div className="what stack tight">
        <span className="soft">{words}</span>
        <Target link={link} />
        {link.answer ? <div><span className="soft">{date(link.answer.on)} {t("flow.answerIs")}</span><p className="prose">{link.answer.note}</p></div> : null}
      </div>
      <span className="row">
        {link.answer?.waiting ? <Mark tone="yellow" glyph="info">{t("flow.waitsAnswer")}</Mark> : null}
        {link.stateName ? <Mark tone="grey" glyph="info">{nameOf(texts, link.stateName)}</Mark> : null}
        {link.answer?.waiting && records ? <Button type="primary" onClick={onTake}>{t("flow.takeAnswer")}</Button> : null}
      </span>
    </li>
  );
}

function Target({ link }: { link: FlowLink }) {
  const { t } = useTexts();
  const title = link.title || t("flow.look");
  if (!link.here) return <span>{link.title || t("flow.notHere")}</span>;
  if (link.rtype === "flow_item") return <Link to="/case" search={{ id: link.id }}>{title}</Link>;
  if (link.rtype === "concern") return <Link to="/concerns" search={{ id: link.id }}>{title}</Link>;
  return <span>{title}</span>;
}

import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { listInput, nothing, useCommand, useHidden, useOffice, useQuery, useRecords } from "../../api";
import { Mark } from "../../components";
import { type TextKey, useTexts } from "../../locales";

interface Step {
  name: TextKey;
  hint?: TextKey;
  done: boolean;
  to: string;
}

/** The first steps of a new branch, ticked by what is there; gone when all is done, or when nobody wants it. */
export function Guide() {
  const { t } = useTexts();
  const { office } = useOffice();
  const records = useRecords();
  const hides = useHidden();
  const settings = useQuery("settings.get", nothing);
  const wanted = records && office?.sample !== true && settings.data?.guideDone === false && !hides("organisation");
  const key = useQuery("key.status", nothing, { enabled: wanted });
  const members = useQuery("member.list", listInput({ limit: 1 }), { enabled: wanted });
  const visits = useQuery("visit.list", listInput({ limit: 1 }), { enabled: wanted });
  const set = useCommand("settings.set");
  if (!wanted || !settings.data || !key.data || !members.data || !visits.data) return null;
  const steps: Step[] = [
    { name: "guide.name", done: true, to: "/settings" },
    { name: "guide.words", hint: "guide.wordsHint", done: key.data.sheetOn !== null, to: "/security" },
    { name: "guide.import", hint: "guide.importHint", done: members.data.total > 0, to: "/import" },
    { name: "guide.visit", hint: "guide.visitHint", done: visits.data.total > 0, to: "/visit" },
  ];
  // An office that has records has begun long ago.
  if (members.data.total > 0 && visits.data.total > 0) return null;
  const { data } = settings;
  return (
    <section className="card flush" aria-label={t("guide.title")}>
      <div className="row apart list-title">
        <h2>{t("guide.title")}</h2>
        <Button onClick={() => set.mutate({ ...data, guideDone: true })}>{t("guide.hide")}</Button>
      </div>
      <p className="list-title soft">{t("guide.hint")}</p>
      <ol className="list plain">
        {steps.map((step, index) => (
          <li key={step.name} className="line">
            <span className="what"><strong>{index + 1} {t(step.name)}</strong>{step.hint ? <span className="block soft">{t(step.hint)}</span> : null}</span>
            {step.done ? <Mark tone="green" glyph="check">{t("guide.done")}</Mark> : <Link to={step.to} className="ant-btn" aria-label={`${t("guide.go")} ${t(step.name)}`}>{t("guide.go")}</Link>}
          </li>
        ))}
      </ol>
    </section>
  );
}

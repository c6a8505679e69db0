import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useQuery } from "../../api";
import type { HandInItem } from "../../api/generated/HandInItem";
import type { HandInPreview } from "../../api/generated/HandInPreview";
import { Blank, Check, ErrorNotice, Loaded, Mark, Notice, Page, SeenAbove, useToast } from "../../components";
import { useTexts } from "../../locales";
import "./visit.css";

interface Choice {
  take: boolean;
  answer: "open" | "changed" | "kept";
}

/** 上报: the step of its own that shows what leaves this machine, before it leaves. */
export function HandInScreen() {
  const { t } = useTexts();
  const preview = useQuery("concern.hand_in_preview", nothing);
  return (
    <Page title={t("visit.handInTitle")} narrow>
      <Loaded query={preview}>
        {(data) => (data.items.length === 0 ? <Blank>{t("visit.handInNone")}</Blank> : <Preview preview={data} />)}
      </Loaded>
    </Page>
  );
}

function Preview({ preview }: { preview: HandInPreview }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const say = useToast();
  const handIn = useCommand("concern.hand_in");
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const [asked, setAsked] = useState(false);
  const choiceOf = (item: HandInItem): Choice => choices[item.id] ?? { take: true, answer: "open" };
  const set = (item: HandInItem, part: Partial<Choice>) => setChoices({ ...choices, [item.id]: { ...choiceOf(item), ...part } });
  const taken = preview.items.filter((item) => choiceOf(item).take);
  const undecided = taken.filter((item) => item.matches.length > 0 && choiceOf(item).answer === "open");

  function send() {
    setAsked(true);
    if (undecided.length > 0 || taken.length === 0) return;
    const items = taken.map((item) => ({
      id: item.id,
      text: choiceOf(item).answer === "changed" ? item.suggestion : item.text,
      keepMatches: choiceOf(item).answer === "kept",
    }));
    handIn.mutate({ items }, {
      onSuccess: () => {
        say(t("visit.handInDone", { n: items.length }));
        void navigate({ to: "/visits", search: { tab: "concerns" } });
      },
    });
  }

  return (
    <>
      <Notice tone="blue">
        {preview.recipient === null ? t("visit.handInNoSuperior") : t("visit.handInIntro", { recipient: preview.recipient })}
      </Notice>
      <ul className="stack">
        {preview.items.map((item) => (
          <Item key={item.id} item={item} choice={choiceOf(item)} asked={asked} onChange={(part) => set(item, part)} />
        ))}
      </ul>
      {handIn.isError ? <ErrorNotice error={handIn.error} /> : null}
      <div className="row end">
        <Button type="primary" onClick={send} disabled={taken.length === 0} loading={handIn.isPending}>{t("visit.handInSend", { n: taken.length })}</Button>
      </div>
    </>
  );
}

function Item({ item, choice, asked, onChange }: {
  item: HandInItem;
  choice: Choice;
  asked: boolean;
  onChange: (part: Partial<Choice>) => void;
}) {
  const { t, code, date, several } = useTexts();
  const shown = choice.answer === "changed" ? item.suggestion : item.text;
  return (
    <li className="card stack">
      <div className="row apart">
        <Check label={t("visit.handInTake")} checked={choice.take} onChange={(take) => onChange({ take })} />
        <span className="soft">{date(item.date)} · {code("category", item.category)}</span>
      </div>
      <div className="seen-above stack tight">
        <SeenAbove>{t("visit.textSeen")}</SeenAbove>
        <p className="prose">{shown}</p>
      </div>
      {item.matches.length > 0 && choice.take ? (
        choice.answer === "open" ? (
          <div className="private-words stack tight" role={asked ? "alert" : undefined}>
            <p>
              <strong>{t(item.matches.some((match) => match.kind === "name") ? "visit.matchName" : "visit.matchPhone")}</strong>{" "}
              ({several(item.matches.map((match) => match.text))})
            </p>
            {asked ? <p>{t("visit.matchOpen")}</p> : null}
            <div className="row">
              <Button onClick={() => onChange({ answer: "changed" })}>{t("common.change")}</Button>
              <Button onClick={() => onChange({ answer: "kept" })}>{t("visit.matchKeep")}</Button>
            </div>
          </div>
        ) : (
          <div className="row">
            <Mark tone={choice.answer === "changed" ? "green" : "yellow"}>{t(choice.answer === "changed" ? "visit.matchFixed" : "visit.matchKept")}</Mark>
            <Button onClick={() => onChange({ answer: "open" })}>{t("common.undo")}</Button>
          </div>
        )
      ) : null}
    </li>
  );
}

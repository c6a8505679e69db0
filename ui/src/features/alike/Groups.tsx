import { Button } from "antd";
import { useState } from "react";
import { useCommand, useQuery, useRecords } from "../../api";
import type { AlikeGroup } from "../../api/generated/AlikeGroup";
import type { AlikeKind } from "../../api/generated/AlikeKind";
import { Blank, ErrorNotice, Loaded, Turn, useToast } from "../../components";
import { useTexts } from "../../locales";
import { named, Side } from "./words";

const size = 20;

/** What is merged, or was said to be two; each is taken back by one button. */
export function Groups({ kind, apart }: { kind: AlikeKind; apart: boolean }) {
  const { t } = useTexts();
  const [offset, setOffset] = useState(0);
  const list = useQuery("alike.groups", { kind, apart, record: null, offset, limit: size }, { keep: true });
  return (
    <Loaded query={list}>
      {(page) => (
        <>
          {page.rows.length === 0 ? <Blank>{t(apart ? "alike.noneApart" : "alike.noneMerged")}</Blank> : (
            <ul className="card flush list" aria-label={t(apart ? "alike.apart" : "alike.merged")}>
              {page.rows.map((group) => <Group key={group.id} kind={kind} group={group} apart={apart} />)}
            </ul>
          )}
          <Turn offset={offset} size={size} total={page.total} onTurn={setOffset} />
        </>
      )}
    </Loaded>
  );
}

function Group({ kind, group, apart }: { kind: AlikeKind; group: AlikeGroup; apart: boolean }) {
  const { t, date } = useTexts();
  const say = useToast();
  const records = useRecords();
  const undo = useCommand("alike.undo");
  const what = group.parts.map(named).join(" / ");
  const more = group.count - group.parts.length;
  return (
    <li className="alike-row">
      <div className="alike-pair">
        {group.parts.map((side) => <Side key={side.id} kind={kind} side={side} main={apart ? undefined : side.id === group.main} />)}
      </div>
      {more > 0 ? <span className="soft">{t("alike.more", { n: more })}</span> : null}
      <div className="row apart">
        <span className="soft">{[t("alike.by", { date: date(group.on), who: group.person }).trim(), group.note].filter(Boolean).join(" · ")}</span>
        {records ? (
          <Button loading={undo.isPending} onClick={() => undo.mutate({ id: group.id }, { onSuccess: () => say(t("alike.backToast")) })}
            aria-label={t(apart ? "alike.undoApartOf" : "alike.undoOf", { what })}>{t(apart ? "alike.undoApart" : "alike.undo")}</Button>
        ) : null}
      </div>
      {undo.isError ? <ErrorNotice error={undo.error} /> : null}
    </li>
  );
}

import { Button } from "antd";
import { useState } from "react";
import { useCommand, useQuery, useRecords } from "../../api";
import type { AlikeKind } from "../../api/generated/AlikeKind";
import type { AlikeList } from "../../api/generated/AlikeList";
import type { AlikePair } from "../../api/generated/AlikePair";
import { Blank, ErrorNotice, Loaded, Mark, Turn, useRowKeys, useToast } from "../../components";
import { useTexts } from "../../locales";
import { MergeDialog } from "./MergeDialog";
import { named, Side } from "./words";

const size = 20;

/** What may be one, the most alike first. */
export function Pairs({ kind, office }: { kind: AlikeKind; office: string | null }) {
  const [offset, setOffset] = useState(0);
  const list = useQuery("alike.list", { kind, office, offset, limit: size }, { keep: true });
  return (
    <Loaded query={list}>
      {(page) => <Shown kind={kind} page={page} offset={offset} onTurn={setOffset} />}
    </Loaded>
  );
}

function Shown({ kind, page, offset, onTurn }: { kind: AlikeKind; page: AlikeList; offset: number; onTurn: (offset: number) => void }) {
  const { t, date } = useTexts();
  const say = useToast();
  const records = useRecords();
  const apart = useCommand("alike.apart");
  const [open, setOpen] = useState<AlikePair | null>(null);
  const compared = page.since ? t("alike.comparedSince", { date: date(page.since), n: page.compared }) : t("alike.compared", { n: page.compared });

  function two(pair: AlikePair | undefined) {
    if (!pair || apart.isPending || !records) return;
    apart.mutate({ kind, one: pair.one.id, other: pair.other.id, apart: true }, { onSuccess: () => say(t("alike.apartToast")) });
  }

  const keys = useRowKeys({
    ids: page.rows.map((row) => row.id),
    open: "alike.keyOpen",
    acts: [{ key: "2", label: "alike.keyApart", act: (n) => two(page.rows[n]) }],
  });
  return (
    <>
      <p className="soft">{compared}{page.leftOut > 0 ? ` ${t("alike.leftOut", { n: page.leftOut })}` : ""} {page.rows.length > 0 ? <span className="keys-hint">{t("alike.keys")}</span> : null}</p>
      {apart.isError ? <ErrorNotice error={apart.error} /> : null}
      {page.rows.length === 0 ? <Blank>{t("alike.none")}</Blank> : (
        <div {...keys.box}>
          <ul className="card flush list" aria-label={t("alike.open")}>
            {page.rows.map((pair, n) => {
              const what = `${named(pair.one)} / ${named(pair.other)}`;
              return (
                <li key={pair.id} className="alike-row" {...keys.around(n)}>
                  <div className="alike-pair"><Side kind={kind} side={pair.one} /><Side kind={kind} side={pair.other} /></div>
                  <div className="row apart">
                    <span className="row">{pair.why.map((why) => <Mark key={why} tone="grey" glyph="info">{t(whyKey(why))}</Mark>)}</span>
                    <span className="row">
                      {records ? <Button onClick={() => two(pair)} disabled={apart.isPending} aria-label={t("alike.areTwoOf", { what })} {...keys.inside(n)}>{t("alike.areTwo")}</Button> : null}
                      <Button type="primary" onClick={() => setOpen(pair)} aria-label={t("alike.mergeOf", { what })} {...keys.row(n)}>{t("alike.merge")}</Button>
                    </span>
                  </div>
                </li>
              );
            })}
          </ul>
        </div>
      )}
      <Turn offset={offset} size={size} total={page.total} onTurn={onTurn} />
      {open ? <MergeDialog kind={kind} pair={open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

const reasons = ["name", "sound", "near_name", "birth_month", "near_birth_month", "joined", "text", "category", "source"] as const;
const whyKey = (why: string) => `alike.why_${reasons.find((one) => one === why) ?? "text"}` as const;

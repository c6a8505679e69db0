import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { nothing, roleOf, useCommand, useOffice, useQuery } from "../../api";
import { Blank, ErrorNotice, Loaded, Mark, Notice, Page, useToast } from "../../components";
import { useTexts } from "../../locales";
import { SnapshotTable } from "./SnapshotTable";

/** 汇总: for a committee what would go up, for a department what came in. */
export function SnapshotsScreen() {
  const { t } = useTexts();
  const { office } = useOffice();
  const committee = roleOf(office) === "committee";
  const [looking, setLooking] = useState(false);
  const pull = useCommand("snapshot.pull");
  const say = useToast();
  return (
    <Page title={looking ? t("snapshot.preview") : t("snapshot.title")} actions={
      committee
        ? looking
          ? <Button onClick={() => setLooking(false)}>{t("common.back")}</Button>
          : <Button type="primary" onClick={() => setLooking(true)}>{t("snapshot.look")}</Button>
        : (
          <Button type="primary" loading={pull.isPending} onClick={() => pull.mutate({ timeoutS: 0 }, { onSuccess: () => say(t("snapshot.pulled")) })}>
            {t("snapshot.pull")}
          </Button>
        )
    }>
      {pull.isError ? <ErrorNotice error={pull.error} /> : null}
      {looking ? <Preview onSigned={() => setLooking(false)} /> : <List />}
    </Page>
  );
}

function Preview({ onSigned }: { onSigned: () => void }) {
  const { t, code, several } = useTexts();
  const { year } = useOffice();
  const say = useToast();
  const preview = useQuery("snapshot.preview", { year });
  const make = useCommand("snapshot.make");
  return (
    <Loaded query={preview}>
      {(view) => (
        <>
          <Notice tone="blue">{t("snapshot.previewIntro")}</Notice>
          <SnapshotTable view={view} />
          {view.faults.length > 0 ? (
            <Notice tone="red" alert>{t("snapshot.stopped")}{several(view.faults.map((one) => code("fault", one)))}</Notice>
          ) : null}
          {make.isError ? <ErrorNotice error={make.error} /> : null}
          <div className="row end">
            <Button type="primary" disabled={view.faults.length > 0} loading={make.isPending}
              onClick={() => make.mutate({ year }, { onSuccess: () => { say(t("snapshot.signed")); onSigned(); } })}>
              {t("snapshot.sign")}
            </Button>
          </div>
        </>
      )}
    </Loaded>
  );
}

function List() {
  const { t, date } = useTexts();
  const list = useQuery("snapshot.list", nothing);
  return (
    <Loaded query={list}>
      {(cards) =>
        cards.length === 0 ? <Blank>{t("snapshot.none")}</Blank> : (
          <ul className="card flush list" aria-label={t("snapshot.made")}>
            {cards.map((card) => (
              <li key={card.id} className="line">
                <div className="what">
                  <Link to="/snapshot" search={{ id: card.id }}>{card.officeName} {card.year}</Link>
                  <div className="soft">{t("snapshot.madeOn", { date: date(card.madeOn) })} · {t("snapshot.card", { n: card.included, missing: card.missing })}</div>
                </div>
                <Mark tone={card.verified ? "green" : "grey"} glyph={card.verified ? "check" : "info"}>
                  {t(card.verified ? "snapshot.verified" : "snapshot.notVerified")}
                </Mark>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

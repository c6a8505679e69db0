import { useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { type Output, saveFile, useAsk, useQuery } from "../../api";
import { ErrorNotice, Loaded, Mark, Notice, Page, useToast } from "../../components";
import { useTexts } from "../../locales";
import { SnapshotTable } from "./SnapshotTable";

/** One signed snapshot: its figures, its check, its export. */
export function SnapshotScreen() {
  const { t, date } = useTexts();
  const { id = "" } = useSearch({ strict: false });
  const ask = useAsk();
  const say = useToast();
  const view = useQuery("snapshot.get", { id });
  const [report, setReport] = useState<Output<"snapshot.verify"> | null>(null);
  const [error, setError] = useState<unknown>(null);

  async function tried(action: () => Promise<void>) {
    setError(null);
    try {
      await action();
    } catch (reason) {
      setError(reason);
    }
  }
  const save = (format: string) => tried(async () => {
    const file = await ask("snapshot.export", { id, format });
    await saveFile(file);
    say(t("common.saving", { name: file.name }));
  });

  return (
    <Page title={view.data ? `${view.data.officeName} ${view.data.year}` : t("snapshot.title")} actions={
      <>
        <Button type="primary" onClick={() => void tried(async () => setReport(await ask("snapshot.verify", { id, base64: null })))}>{t("snapshot.verify")}</Button>
        {["xlsx", "csv", "ybzs"].map((format) => <Button key={format} onClick={() => void save(format)}>{t("snapshot.export")} {format}</Button>)}
      </>
    }>
      {error ? <ErrorNotice error={error} /> : null}
      {report ? <Report report={report} /> : null}
      <Loaded query={view}>
        {(data) => (
          <>
            <p className="soft">
              {t("snapshot.madeOn", { date: date(data.madeOn) })}
              {data.signedBy ? ` · ${t("snapshot.signedBy", { device: data.signedBy.slice(0, 12) })}` : ""}
            </p>
            <SnapshotTable view={data} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Report({ report }: { report: Output<"snapshot.verify"> }) {
  const { t, code } = useTexts();
  return (
    <section className="card stack" aria-label={t("snapshot.verify")} role="status">
      <Notice tone={report.ok ? "green" : "red"}>{t(report.ok ? "snapshot.verifyOk" : "snapshot.verifyBad")}</Notice>
      <ul className="list">
        {report.checks.map((check, index) => (
          <li key={index} className="line">
            <span className="what">{code("check", check.code)} <span className="soft">{check.subject}</span></span>
            <Mark tone={check.ok ? "green" : "red"}>{t(check.ok ? "snapshot.ok" : "snapshot.bad")}</Mark>
          </li>
        ))}
      </ul>
      <p className="soft mono">{t("snapshot.digest")} {report.digest}</p>
      <p className="soft mono">{t("snapshot.treeId")} {report.tree}</p>
    </section>
  );
}

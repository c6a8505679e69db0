import { Button } from "antd";
import { useState } from "react";
import { nothing, useCommand, useOffice, useQuery } from "../../api";
import type { InitOutput } from "../../api/generated/InitOutput";
import type { OfficeKindDto } from "../../api/generated/OfficeKindDto";
import { Choice, ClockQuestion, ErrorNotice, fieldErrors, interrupted, JoinPart, Notice, Page, RootRenew, TakeOverPart, TextField } from "../../components";
import { useTexts } from "../../locales";
import { RecoveryWords } from "./RecoveryWords";
import { RestoreStep } from "./RestoreStep";
import "./first-use.css";

type Step = "name" | "takeOver" | "join" | "restore" | "root" | "words" | "import" | "visit";

/** 首次使用: name or an invitation, recovery words for a root, import (can be skipped), first visit. */
export function FirstUseScreen({ onDone }: { onDone: (to: string) => void }) {
  const { t } = useTexts();
  const [step, setStep] = useState<Step | null>(null);
  const [words, setWords] = useState<string[]>([]);
  const [kind, setKind] = useState<OfficeKindDto>("branch");
  const branch = isBranch(kind);
  const { office, choose } = useOffice();
  // A window that was closed while the inviter was asked comes back to the waiting.
  const joining = useQuery("join.state", nothing);
  const asks = joining.data !== undefined && (joining.data.state === "connecting" || joining.data.state === "waiting_approval");
  // One that the closed program left waiting is shown first, and may be left for another beginning.
  const waiting = asks && (step === null || !interrupted(joining.data));
  // A further computer gets the books of its office; a new office fills its own.
  const further = office !== null && office.name === joining.data?.superior;
  const shown: Step = (step ?? "name") === "name" ? (waiting ? "join" : "name") : (step ?? "name");

  function made(output: InitOutput, madeKind: OfficeKindDto) {
    setKind(madeKind);
    choose(output.office);
    setWords(output.recoveryWords ?? []);
    if (output.recoveryWords) setStep("words");
    else setStep(isBranch(madeKind) ? "import" : "visit");
  }

  return (
    <main className="first-use">
      <ClockQuestion />
      {shown === "name" ? (
        <NameStep onMade={made} onSample={(id) => { choose(id); onDone("/"); }} onJoin={() => setStep("join")} onRestore={() => setStep("restore")} onRoot={() => setStep("root")} onTakeOver={() => setStep("takeOver")} />
      ) : null}
      {shown === "restore" ? <RestoreStep onBack={() => setStep("name")} onRestored={() => onDone("/security")} /> : null}
      {shown === "takeOver" ? (
        <Page title={t("custody.take")} narrow>
          <TakeOverPart aside={<Button onClick={() => setStep("name")}>{t("common.back")}</Button>} onDone={(id) => { choose(id); onDone("/"); }} />
        </Page>
      ) : null}
      {shown === "join" ? (
        <Page title={t("firstUse.useTicket")} narrow>
          <JoinPart firstUse aside={<Button onClick={() => setStep("name")}>{t("common.back")}</Button>}>
            {further ? <p>{t("firstUse.booksCome")}</p> : null}
            <div className="row">
              {further || !office ? (
                <Button type="primary" onClick={() => onDone("/")}>{t("firstUse.toToday")}</Button>
              ) : (
                <Button type="primary" onClick={() => { setKind(office.kind); setStep(isBranch(office.kind) ? "import" : "visit"); }}>{t("firstUse.wordsNext")}</Button>
              )}
            </div>
          </JoinPart>
        </Page>
      ) : null}
      {shown === "root" ? (
        <Page title={t("root.renew")} narrow>
          <div className="card"><RootRenew keepers={null} onDone={() => (office ? onDone("/") : setStep("name"))} /></div>
        </Page>
      ) : null}
      {shown === "words" ? <RecoveryWords words={words} onNext={() => setStep(branch ? "import" : "visit")} /> : null}
      {shown === "import" ? (
        <Page title={t("firstUse.import")} narrow>
          <p>{t("firstUse.importHint")}</p>
          <div className="row">
            <Button type="primary" onClick={() => onDone("/import")}>{t("firstUse.importNow")}</Button>
            <Button onClick={() => setStep("visit")}>{t("firstUse.skip")}</Button>
          </div>
        </Page>
      ) : null}
      {shown === "visit" ? (
        <Page title={t("firstUse.firstVisit")} narrow>
          <p>{t("firstUse.joinLater")}</p>
          {kind === "organization-department" ? <Notice tone="yellow">{t("root.onlyOne")}</Notice> : null}
          <div className="row">
            {branch ? (
              <Button type="primary" onClick={() => onDone("/visit")}>{t("firstUse.visitNow")}</Button>
            ) : (
              <Button type="primary" onClick={() => onDone("/org")}>{t("firstUse.inviteNow")}</Button>
            )}
            <Button onClick={() => onDone("/")}>{t("firstUse.toToday")}</Button>
          </div>
        </Page>
      ) : null}
    </main>
  );
}

function isBranch(kind: OfficeKindDto): boolean {
  return kind === "branch" || kind === "general-branch";
}

function NameStep({ onMade, onSample, onJoin, onRestore, onRoot, onTakeOver }: {
  onMade: (output: InitOutput, kind: OfficeKindDto) => void;
  onSample: (office: string) => void;
  onJoin: () => void;
  onRestore: () => void;
  onRoot: () => void;
  onTakeOver: () => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  // A second window may have opened the books already.
  useQuery("node.overview", nothing);
  const init = useCommand("office.init");
  const sample = useCommand("sample.make");
  const [name, setName] = useState("");
  const [kind, setKind] = useState<OfficeKindDto>("branch");
  const [missing, setMissing] = useState(false);
  const errors = init.isError ? fieldErrors(texts, init.error, ["name"]) : {};

  function submit() {
    setMissing(name.trim() === "");
    if (name.trim() === "") return;
    init.mutate({ name: name.trim(), kind, region: null, custody: false, superior: null }, { onSuccess: (output) => onMade(output, kind) });
  }

  return (
    <Page title={t("firstUse.title")} narrow>
      <form className="card stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <TextField label={t("firstUse.name")} required value={name} onChange={setName} hint={t("firstUse.nameHint")} autoFocus
          error={missing ? t("errors.required") : errors["name"]} />
        <Choice label={t("firstUse.kind")} required value={kind} onChange={setKind} options={[
          { value: "branch", label: t("frame.kindBranch") },
          { value: "general-branch", label: t("frame.kindGeneralBranch") },
          { value: "committee", label: t("frame.kindCommittee") },
          { value: "organization-department", label: t("frame.kindDepartment") },
        ]} />
        {errors[""] ? <ErrorNotice error={init.error} /> : null}
        <Notice tone="grey">{t("firstUse.local")}</Notice>
        <div className="row end"><Button type="primary" htmlType="submit" loading={init.isPending}>{t("firstUse.start")}</Button></div>
      </form>
      <div className="card row apart">
        <span className="grow">{t(sample.isPending ? "sample.making" : "sample.lookWhy")}</span>
        <Button loading={sample.isPending} onClick={() => sample.mutate(nothing, { onSuccess: ({ office }) => onSample(office) })}>{t("sample.look")}</Button>
        {sample.isError ? <ErrorNotice error={sample.error} /> : null}
      </div>
      <div className="card row apart">
        <span className="grow">{t("firstUse.haveTicket")}</span>
        <Button onClick={onJoin}>{t("firstUse.useTicket")}</Button>
      </div>
      <div className="card row apart">
        <span className="grow">{t("custody.takeWhy")}</span>
        <Button onClick={onTakeOver}>{t("custody.take")}</Button>
      </div>
      <div className="card row apart">
        <span className="grow">{t("firstUse.haveBackup")}</span>
        <Button onClick={onRestore}>{t("firstUse.restore")}</Button>
      </div>
      <div className="card row apart">
        <span className="grow">{t("root.rebuild")}</span>
        <Button onClick={onRoot}>{t("root.rebuildNow")}</Button>
      </div>
    </Page>
  );
}

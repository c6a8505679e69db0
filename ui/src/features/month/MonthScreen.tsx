import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useCommand, useOffice, useQuery, useRecords } from "../../api";
import type { MonthCheck } from "../../api/generated/MonthCheck";
import { ErrorNotice, Loaded, Mark, Notice, Page, SelectField, useShortcuts, useToast } from "../../components";
import { useTexts } from "../../locales";
import { Ledgers } from "./Ledgers";
import { PeriodPart } from "./PeriodPart";
import { MonthMark } from "./state";
import { SubmissionPart } from "./SubmissionPart";
import "./month.css";

/** 月底核对: four ledgers of one month, and one button. */
export function MonthScreen() {
  const texts = useTexts();
  const { t } = texts;
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const { year, overview } = useOffice();
  const today = overview?.today ?? "";
  const of = year ?? Number(today.slice(0, 4));
  const month = search.id ?? (today.startsWith(String(of)) ? today.slice(0, 7) : `${of}-12`);
  const check = useQuery("month.check", { month }, { keep: true });
  return (
    <Page title={t("month.title")} actions={<Link to="/year" className="ant-btn">{t("month.toYear")}</Link>}>
      <SelectField label={t("common.month")} value={month} options={Array.from({ length: 12 }, (_, n) => ({ value: `${month.slice(0, 4)}-${String(n + 1).padStart(2, "0")}`, label: `${month.slice(0, 4)} ${texts.month(n + 1)}` }))}
        onChange={(value) => void navigate({ to: "/month", search: { id: value } })} />
      <Loaded query={check}>{(data) => <Checked key={data.month} check={data} />}</Loaded>
    </Page>
  );
}

function Checked({ check }: { check: MonthCheck }) {
  const { t, date } = useTexts();
  const { office } = useOffice();
  const say = useToast();
  const submit = useCommand("month.submit");
  const reads = !useRecords();

  function send() {
    if (!check.maySubmit || reads || submit.isPending) return;
    submit.mutate({ month: check.month }, { onSuccess: () => say(t("month.submitted")) });
  }
  useShortcuts({ "Ctrl+Enter": { label: "keys.submitMonth", act: send } });

  return (
    <>
      <div className="row" aria-live="polite">
        <MonthMark state={check.state} disputed={check.submission?.disputed ?? false} />
        {check.closed ? <Mark tone="grey" glyph="lock">{t("month.closedMark", { period: check.closed })}</Mark> : null}
      </div>
      <Ledgers check={check} />
      {check.submission ? <SubmissionPart submission={check.submission} /> : null}
      {check.joined ? null : <Notice tone="grey">{t("month.notJoined")}</Notice>}
      {check.maySubmit && !reads ? (
        <div className="card stack">
          <Notice tone="blue">{t("month.leaves", { month: date(check.month), superior: office?.superior ?? t("month.superior") })}</Notice>
          {submit.isError ? <ErrorNotice error={submit.error} /> : null}
          <div className="row end">
            <Button type="primary" size="large" loading={submit.isPending} onClick={send}>{t("month.submit", { month: date(check.month) })} Ctrl+Enter</Button>
          </div>
        </div>
      ) : null}
      <PeriodPart period={check.month} />
    </>
  );
}

import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { type Input, useOffice, useQuery } from "../../api";
import { Blank, Check, Loaded, Page, Tabs, UrgeDialog } from "../../components";
import { useTexts } from "../../locales";
import { MatrixGrid } from "./MatrixGrid";
import { Legend } from "./Symbol";
import { toUrge } from "./urge";
import "./matrix.css";

const ledgers = ["meetings", "visits", "dues", "checklists"] as const;

/** 完成情况: villages in tree order × months, one tab for each ledger. */
export function MatrixScreen() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const { year, overview } = useOffice();
  const start = overview?.clockPlausible && overview.today.startsWith(String(year)) ? Number(overview.today.slice(5, 7)) : 12;
  const [urgeOnly, setUrgeOnly] = useState(false);
  const [urging, setUrging] = useState<Partial<Input<"desk.urge">> | null>(null);
  const ledger = ledgers.find((one) => one === search.ledger) ?? "meetings";
  const matrix = useQuery("matrix", { ledger, year }, { keep: true });
  return (
    <Page title={t("ledger.title")} links={<Link to="/charts" className="ant-btn">{t("nav.charts")}</Link>}
      actions={<Button onClick={() => setUrging({ ledger, year })}>{t("urge.copy")}</Button>}>
      <Tabs label={t("ledger.title")} value={ledger} options={ledgers.map((value) => ({ value, label: t(`ledger.${value}`) }))}
        onChange={(value) => void navigate({ to: "/matrix", search: { ledger: value } })} />
      <div className="row apart">
        <Legend />
        <Check label={t("ledger.onlyUrge")} checked={urgeOnly} onChange={setUrgeOnly} />
      </div>
      <Loaded query={matrix}>
        {(data) => {
          const rows = urgeOnly ? data.rows.filter(toUrge) : data.rows;
          if (rows.length === 0) return <Blank>{urgeOnly ? t("ledger.nothingToUrge") : undefined}</Blank>;
          return (
            <MatrixGrid rows={rows} start={start} onUrge={(row) => setUrging({ ledger, year, office: row.office })} onOpen={(row, month) => {
              if (row.office !== null) void navigate({ to: "/merged", search: { ledger, office: row.office, month } });
            }} />
          );
        }}
      </Loaded>
      {urging ? <UrgeDialog about={urging} onClose={() => setUrging(null)} /> : null}
    </Page>
  );
}

import { Button } from "antd";
import { useState } from "react";
import type { DuesRow } from "../../api/generated/DuesRow";
import type { DuesSheet } from "../../api/generated/DuesSheet";
import { TextField } from "../../components";
import { useTexts } from "../../locales";
import { AssessDialog } from "./AssessDialog";

/** 标准: class, rate and monthly due of each member, with the arithmetic. */
export function StandardTable({ sheet }: { sheet: DuesSheet }) {
  const { t, yuan } = useTexts();
  const [text, setText] = useState("");
  const [open, setOpen] = useState<DuesRow | null>(null);
  const rows = sheet.rows.filter((row) => row.name.includes(text.trim()));
  return (
    <>
      <TextField label={t("dues.filter")} value={text} onChange={setText} />
      <ul className="card flush list">
        {rows.map((row) => (
          <li key={row.member} className="line">
            <span className="what">
              <strong>{row.name}</strong>{" "}
              {row.class ? <>{t(`dues.${row.class}`)} · {t("dues.monthly")} {yuan(row.monthlyFen)}</> : t("dues.notAssessed")}
              {row.reason ? <span className="soft"> · {row.reason}</span> : null}
            </span>
            <Button onClick={() => setOpen(row)} aria-label={`${t("dues.standard")} ${row.name}`}>{t("dues.standard")}</Button>
          </li>
        ))}
      </ul>
      {open ? <AssessDialog row={open} year={sheet.year} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

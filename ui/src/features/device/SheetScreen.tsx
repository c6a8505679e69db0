import { Button } from "antd";
import { nothing, useQuery } from "../../api";
import type { HandoverSheet } from "../../api/generated/HandoverSheet";
import { Loaded, Page } from "../../components";
import { useTexts } from "../../locales";
import "./device.css";

/** 交接单: one page to print and to sign. Counts and categories; no resident's name. */
export function SheetScreen() {
  const { t } = useTexts();
  const sheet = useQuery("handover.sheet", nothing);
  return (
    <Page title={t("handover.sheetTitle")} narrow
      actions={<Button type="primary" disabled={sheet.data === undefined} onClick={() => globalThis.print()}>{t("handover.print")}</Button>}>
      <Loaded query={sheet}>{(found) => <Sheet sheet={found} />}</Loaded>
    </Page>
  );
}

function Sheet({ sheet }: { sheet: HandoverSheet }) {
  const { t, code, date, yuan } = useTexts();
  return (
    <article className="card stack handover-sheet">
      <p><strong>{sheet.office}</strong> · {date(sheet.on)}{sheet.superior ? ` · ${t("handover.superior", { name: sheet.superior })}` : ""}</p>
      <section>
        <h2>{t("handover.items")} {sheet.items.length > 0 ? `(${sheet.items.length})` : ""}</h2>
        {sheet.items.length === 0 ? <p>{t("handover.noItems")}</p> : (
          <ol className="points">
            {sheet.items.map((item, index) => (
              <li key={`${index} ${item.title}`}>
                {item.deadline ? `${date(item.deadline)} ` : ""}{item.title}
                <span className="soft">{[item.fromAbove ? t("handover.fromAbove") : "", item.begun ? t("handover.begun") : ""].filter(Boolean).map((word) => ` · ${word}`).join("")}</span>
              </li>
            ))}
          </ol>
        )}
      </section>
      <section>
        <h2>{t("handover.concerns")}</h2>
        <p>{sheet.concerns.length === 0 ? t("handover.noConcerns") : sheet.concerns.map((one) => `${code("category", one.category)} ${t("handover.concernCount", { n: one.count })}`).join(" · ")}</p>
        {sheet.concernsKept > 0 ? <p>{t("handover.concernsKept", { n: sheet.concernsKept })}</p> : null}
      </section>
      <section>
        <h2>{t("handover.arrears")}</h2>
        <p>{sheet.arrearsMembers === 0 ? t("handover.noArrears") : t("handover.arrearsOf", { members: sheet.arrearsMembers, months: sheet.arrearsMonths, yuan: yuan(sheet.arrearsFen) })}</p>
      </section>
      <section>
        <h2>{t("handover.rest")}</h2>
        <ul className="points">
          <li>{t("handover.unsent", { n: sheet.unsent })}</li>
          <li>{t("handover.drafts", { n: sheet.drafts })}</li>
          <li>{t("handover.problems", { n: sheet.problems })}</li>
          <li>{sheet.lastBackup ? t("handover.lastBackup", { date: date(sheet.lastBackup) }) : t("handover.noBackup")}</li>
        </ul>
      </section>
      <section>
        <h2>{t("handover.devices")}</h2>
        <ul className="points">
          {sheet.devices.map((row) => (
            <li key={row.device}>
              {row.holder ?? t("device.noHolder")} · {code("device", row.role)} · {t(`device.${row.state}`)} · {t("device.id", { id: row.device.slice(0, 8) })}
              {row.me ? ` · ${t("device.me")}` : ""}
            </li>
          ))}
        </ul>
      </section>
      <div className="signatures">
        {(["signOld", "signNew", "signWitness"] as const).map((key) => <span key={key}>{t(`handover.${key}`)}</span>)}
      </div>
    </article>
  );
}

import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import type { DeviceRow } from "../../api/generated/DeviceRow";
import { useTexts } from "../../locales";
import { HandoverDialog } from "./HandoverDialog";
import { InstallDialog } from "./InstallDialog";

/** 换届交接: for this office by whoever leaves, for one below by its superior. */
export function HandoverPart({ below }: { below: readonly DeviceRow[] }) {
  const { t } = useTexts();
  const [open, setOpen] = useState<"own" | "below" | null>(null);
  const offices = [...new Map(below.map((row) => [row.office, row.officeName])).entries()];
  return (
    <section className="card stack" aria-label={t("handover.title")}>
      <h2>{t("handover.title")}</h2>
      <p>{t("handover.intro")}</p>
      <div className="row">
        <Button type="primary" onClick={() => setOpen("own")}>{t("handover.start")}</Button>
        <Link to="/handover" className="ant-btn">{t("handover.sheet")}</Link>
        {offices.length > 0 ? <Button onClick={() => setOpen("below")}>{t("handover.installBelow")}</Button> : null}
      </div>
      {open === "own" ? <HandoverDialog onClose={() => setOpen(null)} /> : null}
      {open === "below" ? <InstallDialog offices={offices.map(([value, label]) => ({ value, label }))} onClose={() => setOpen(null)} /> : null}
    </section>
  );
}

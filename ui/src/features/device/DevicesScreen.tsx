import { useState } from "react";
import { nothing, useOffice, useQuery } from "../../api";
import type { DeviceRow } from "../../api/generated/DeviceRow";
import { Loaded, Page } from "../../components";
import { useTexts } from "../../locales";
import { DeviceList } from "./DeviceList";
import { HandoverPart } from "./HandoverPart";
import { RemoveDialog } from "./RemoveDialog";
import { SuspendDialog } from "./SuspendDialog";
import "./device.css";

/** 设备与换届: who serves this office, how that ends, and how it is handed over. */
export function DevicesScreen() {
  const { t } = useTexts();
  const { office } = useOffice();
  const list = useQuery("device.list", nothing);
  const [removing, setRemoving] = useState<DeviceRow | null>(null);
  const [suspending, setSuspending] = useState<DeviceRow | null>(null);
  const keeper = office?.role === "keeper";
  return (
    <Page title={t("device.title")}>
      <p className="soft">{t("device.intro")}{keeper ? "" : ` ${t("device.keeperOnly")}`}</p>
      <Loaded query={list}>
        {(rows) => {
          const own = rows.filter((row) => row.office === office?.id);
          const below = rows.filter((row) => row.office !== office?.id);
          const me = own.find((row) => row.me);
          return (
            <>
              <section className="card flush" aria-label={t("device.own")}>
                <h2 className="list-title">{t("device.own")}</h2>
                <DeviceList rows={own} onRemove={setRemoving} onSuspend={setSuspending} />
              </section>
              {me?.role === "keeper" && me.state === "active" ? <HandoverPart below={below} /> : null}
              {below.length > 0 ? (
                <section className="card flush" aria-label={t("device.below")}>
                  <h2 className="list-title">{t("device.below")}</h2>
                  <DeviceList rows={below} office onRemove={setRemoving} onSuspend={setSuspending} />
                </section>
              ) : null}
            </>
          );
        }}
      </Loaded>
      {removing ? <RemoveDialog row={removing} onClose={() => setRemoving(null)} /> : null}
      {suspending ? <SuspendDialog row={suspending} onClose={() => setSuspending(null)} /> : null}
    </Page>
  );
}

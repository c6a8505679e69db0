import { Button } from "antd";
import { type Input, useQuery } from "../api";
import { useTexts } from "../locales";
import { useCopy } from "./copy";
import { Dialog } from "./Dialog";
import { Blank, Loaded } from "./Page";

/** About everything that is late, of all; parts of it narrow that. */
export const urgeAll: Input<"desk.urge"> = { office: null, batch: null, entry: null, day: null, ledger: null, year: null, month: null };

/** 催办文字: the texts are read before they are copied, one for each unit. */
export function UrgeDialog({ about, onClose }: { about: Partial<Input<"desk.urge">>; onClose: () => void }) {
  const { t } = useTexts();
  const copy = useCopy();
  const query = useQuery("desk.urge", { ...urgeAll, ...about });
  const texts = query.data;
  return (
    <Dialog title={t("urge.title")} open onClose={onClose} footer={<>
      <Button onClick={onClose}>{t("common.close")}</Button>
      {texts && texts.rows.length > 0 ? <Button type="primary" onClick={() => copy(texts.all)}>{t(texts.rows.length > 1 ? "urge.all" : "urge.copyOne")}</Button> : null}
    </>}>
      <p className="soft">{t("urge.hint")}</p>
      <Loaded query={query}>
        {(data) => data.rows.length === 0 ? <Blank>{t("urge.nothing")}</Blank> : (
          <ul className="stack">
            {data.rows.map((row) => (
              <li key={row.office} className="stack tight">
                <p className="prose seen-above">{row.text}</p>
                {data.rows.length > 1 ? <div className="row end"><Button onClick={() => copy(row.text)} aria-label={t("urge.one", { name: row.name })}>{t("urge.copyOne")}</Button></div> : null}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Dialog>
  );
}

import { Button } from "antd";
import { nothing, useCommand, useOffice } from "../api";
import { ErrorNotice, Notice, useToast } from "../components";
import { useTexts } from "../locales";

/** 示例数据, on every screen of the sample, with the one press that removes all of it. */
export function SampleBanner({ onStart }: { onStart: () => void }) {
  const { t } = useTexts();
  const say = useToast();
  const { office, overview, choose } = useOffice();
  const remove = useCommand("sample.remove");
  if (!office?.sample) return null;
  const own = overview?.offices.find((one) => !one.sample);
  return (
    <div className="standing stack tight" role="region" aria-label={t("sample.bannerTitle")}>
      <Notice tone="yellow" action={(
        <span className="row no-print">
          {own ? <Button onClick={() => choose(own.id)}>{own.name}</Button> : <Button type="primary" onClick={onStart}>{t("sample.own")}</Button>}
          <Button loading={remove.isPending} onClick={() => remove.mutate(nothing, { onSuccess: () => say(t("sample.removed")) })}>
            {t(remove.isPending ? "sample.removing" : "sample.remove")}
          </Button>
        </span>
      )}>
        <strong>{t("sample.bannerTitle")}</strong> {t("sample.banner")}
      </Notice>
      {remove.isError ? <ErrorNotice error={remove.error} /> : null}
    </div>
  );
}

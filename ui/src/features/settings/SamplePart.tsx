import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { nothing, useCommand, useOffice } from "../../api";
import { ErrorNotice, useToast } from "../../components";
import { useTexts } from "../../locales";

/** 示例村: made, looked at and removed, at any time. */
export function SamplePart() {
  const { t } = useTexts();
  const say = useToast();
  const navigate = useNavigate();
  const { overview, choose } = useOffice();
  const made = overview?.offices.find((one) => one.sample);
  const make = useCommand("sample.make");
  const remove = useCommand("sample.remove");

  function look(office: string) {
    choose(office);
    void navigate({ to: "/" });
  }

  return (
    <section className="card stack" aria-label={t("sample.settings")}>
      <h2>{t("sample.settings")}</h2>
      <p className="soft" role="status">{t(make.isPending ? "sample.making" : "sample.settingsHint")}</p>
      <div className="row">
        {made ? (
          <>
            <Button onClick={() => look(made.id)}>{t("sample.switchTo")}</Button>
            <Button loading={remove.isPending} onClick={() => remove.mutate(nothing, { onSuccess: () => say(t("sample.removed")) })}>{t("sample.remove")}</Button>
          </>
        ) : <Button loading={make.isPending} onClick={() => make.mutate(nothing, { onSuccess: ({ office }) => look(office) })}>{t("sample.make")}</Button>}
      </div>
      {make.isError ? <ErrorNotice error={make.error} /> : null}
      {remove.isError ? <ErrorNotice error={remove.error} /> : null}
    </section>
  );
}

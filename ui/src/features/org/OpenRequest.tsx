import { Button } from "antd";
import { pickFile, saveFile, useCommand } from "../../api";
import { ErrorNotice, useToast } from "../../components";
import { useTexts } from "../../locales";

/** 读入申请文件: it then waits among the others; one that was approved before gets its certificate again. */
export function OpenRequest() {
  const { t } = useTexts();
  const say = useToast();
  const open = useCommand("request.open");

  async function choose() {
    const file = await pickFile(".ybzq");
    if (!file) return;
    open.mutate({ base64: file.base64 }, {
      onSuccess: ({ certificate }) => {
        if (certificate) void saveFile(certificate);
        say(certificate ? t("stick.certificateSaved", { name: certificate.name.split("-")[0] ?? "" }) : t("stick.requestOpened"));
      },
    });
  }

  return (
    <section className="card stack" aria-label={t("stick.title")}>
      <div className="row apart">
        <span className="soft">{t("stick.byFile")}</span>
        <Button onClick={() => void choose()} loading={open.isPending}>{t("stick.openRequest")}</Button>
      </div>
      {open.isError ? <ErrorNotice error={open.error} /> : null}
    </section>
  );
}

import { Button } from "antd";
import { nothing, pickFile, saveFile, useCommand } from "../api";
import { useTexts } from "../locales";
import { ErrorNotice } from "./errors";
import { Notice } from "./Words";

/** 组织卡片: what this computer knows of the tree, saved for others; and one of others, taken. */
export function TreeCard() {
  const { t } = useTexts();
  const ask = useCommand("tree.card");
  const take = useCommand("tree.take");

  async function save() {
    await saveFile(await ask.mutateAsync(nothing));
  }

  async function read() {
    const file = await pickFile(".ybzcard");
    if (file) take.mutate({ base64: file.base64 });
  }

  return (
    <section className="card stack" aria-label={t("root.card")}>
      <h2>{t("root.card")}</h2>
      <p className="soft">{t("root.cardHint")}</p>
      <div className="row">
        <Button loading={ask.isPending} onClick={() => void save()}>{t("root.saveCard")}</Button>
        <Button loading={take.isPending} onClick={() => void read()}>{t("root.takeCard")}</Button>
      </div>
      {take.data ? (
        <div role="status">
          <Notice tone="green">{take.data.learned > 0 ? t("root.taken", { n: take.data.learned, version: take.data.version }) : t("root.takenNothing")}</Notice>
        </div>
      ) : null}
      {take.isError ? <ErrorNotice error={take.error} /> : null}
      {ask.isError ? <ErrorNotice error={ask.error} /> : null}
    </section>
  );
}

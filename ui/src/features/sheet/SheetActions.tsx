import { Button } from "antd";
import { type Input, saveFile, useAsk } from "../../api";
import type { Sheet } from "../../api/generated/Sheet";
import { useToast } from "../../components";
import { useTexts } from "../../locales";

/** [打印] and [导出 Excel]. A sheet of which the screen shows a part alone is first fetched whole. */
export function SheetActions({ input, sheet, onWhole, onError }: {
  input: Input<"sheet.get">;
  sheet: Sheet | undefined;
  /** Shows the whole sheet and then prints it. */
  onWhole: () => void;
  onError: (error: unknown) => void;
}) {
  const { t } = useTexts();
  const ask = useAsk();
  const say = useToast();
  const empty = sheet === undefined || sheet.parts.length === 0;

  async function save() {
    onError(null);
    try {
      const file = await ask("sheet.export", { ...input, limit: null });
      await saveFile(file);
      say(t("common.saving", { name: file.name }));
    } catch (reason) {
      onError(reason);
    }
  }

  return (
    <>
      <Button type="primary" disabled={empty} onClick={() => (sheet && sheet.leftOut > 0 ? onWhole() : globalThis.print())}>{t("sheet.print")}</Button>
      <Button disabled={empty} onClick={() => void save()}>{t("sheet.excel")}</Button>
    </>
  );
}

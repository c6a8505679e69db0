import type { SheetKind } from "../../api/generated/SheetKind";
import type { Texts } from "../../locales";

/** A kind of sheet in the language of the screen; a kind that is newer than this program has the node's words. */
export function sheetName({ code, has }: Pick<Texts, "code" | "has">, kind: string, kinds: readonly SheetKind[] = []): string {
  return has(`sheet.kind_${kind}`) ? code("sheet", `kind_${kind}`) : (kinds.find((one) => one.kind === kind)?.title ?? kind);
}

import type { BodyNote } from "../../api/generated/BodyNote";
import { Mark } from "../../components";
import { useTexts } from "../../locales";
import { kinds as officeKinds } from "../org/kinds";
import type { TreeLine } from "../../api/generated/TreeLine";

export const bodyKinds = ["group", "station", "temporary", "mobile", "joint", "attached", "alliance"] as const;
export const bases = ["place", "trade", "interest"] as const;

/** What the rules say, each with its source. */
export function Notes({ notes }: { notes: readonly BodyNote[] }) {
  const { t, code } = useTexts();
  return (
    <>
      {notes.map((note) => (
        <div key={note.code + (note.duty ?? "")} className="tree-note">
          <Mark tone="yellow">{code("tree", note.duty ? `note_${note.code}_${note.duty}` : `note_${note.code}`, { has: note.has, says: note.says })}</Mark>
          <span className="soft">{t("tree.rule")} {note.rule.citation}</span>
        </div>
      ))}
    </>
  );
}

/** The word for the kind of an office or a body. */
export function useKindWord(): (line: Pick<TreeLine, "officeKind" | "bodyKind">) => string {
  const { t, code } = useTexts();
  return (line) => (line.officeKind ? t(officeKinds[line.officeKind]) : code("tree", line.bodyKind ?? ""));
}

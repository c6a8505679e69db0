import type { AlikeOffice } from "../../api/generated/AlikeOffice";
import type { AlikeKind } from "../../api/generated/AlikeKind";
import type { AlikeSide } from "../../api/generated/AlikeSide";
import { Mark } from "../../components";
import { type Texts, useTexts } from "../../locales";

/** A record in a few words, for buttons that say which one they mean. */
export function named(side: AlikeSide): string {
  return `${side.officeName} ${side.title.slice(0, 20)}`.trim();
}

export function officesOf(texts: Texts, rows: readonly AlikeOffice[]): string {
  return texts.several(rows.map(({ name, count }) => (count > 1 ? texts.t("alike.officeCount", { name, n: count }) : name)));
}

/** What is known of a record: of a member month of birth and joining, of a concern its category and day. */
function facts(texts: Texts, kind: AlikeKind, side: AlikeSide): string[] {
  const { t, code, date } = texts;
  if (kind === "members") {
    return [
      side.sex === 1 || side.sex === 2 ? t(`alike.sex_${side.sex}`) : "",
      side.birthMonth ? t("alike.born", { month: date(side.birthMonth) }) : "",
      side.on ? t("alike.joinedOn", { date: date(side.on) }) : "",
      side.category ? code("alike", side.category) : "",
    ].filter(Boolean);
  }
  return [side.category ? code("category", side.category) : "", side.on ? date(side.on) : ""].filter(Boolean);
}

/** One record: the unit, what it says, what is known of it. Among those that are merged one is the `main` one; elsewhere it says how many it stands for. */
export function Side({ kind, side, main }: { kind: AlikeKind; side: AlikeSide; main?: boolean | undefined }) {
  const texts = useTexts();
  const { t } = texts;
  if (side.gone) return <p className="soft">{t("alike.gone")} <span className="mono">{side.id.slice(0, 8)}</span></p>;
  return (
    <div className="stack tight">
      <span className="row">
        <strong>{side.officeName}</strong>
        {main ? <Mark tone="blue" glyph="check">{t("alike.stands")}</Mark> : null}
        {side.together > 1 && main === undefined ? <Mark tone="grey" glyph="info">{t("alike.together", { n: side.together })}</Mark> : null}
      </span>
      <span className={kind === "members" ? "alike-name" : undefined}>{side.title}</span>
      {side.text ? <span className="soft">{side.text}</span> : null}
      <span className="soft">{facts(texts, kind, side).join(" · ")}</span>
    </div>
  );
}

import type { ReactNode } from "react";
import { useTexts } from "../locales";
import { Glyph, type GlyphName } from "./Glyph";

export type Tone = "grey" | "blue" | "green" | "yellow" | "red";

export const toneGlyph: Record<Tone, GlyphName> = {
  grey: "disk",
  blue: "arrow",
  green: "check",
  yellow: "warn",
  red: "stop",
};

/** A short word with its picture on a quiet ground. */
export function Mark({ tone, glyph, children }: { tone: Tone; glyph?: GlyphName; children: ReactNode }) {
  return (
    <span className={`mark tone-${tone}`}>
      <Glyph name={glyph ?? toneGlyph[tone]} />
      <span>{children}</span>
    </span>
  );
}

export function Lock() {
  const { t } = useTexts();
  return (
    <Mark tone="grey" glyph="lock">
      {t("common.staysHere")}
    </Mark>
  );
}

export function SeenAbove({ children }: { children: ReactNode }) {
  return (
    <Mark tone="blue" glyph="eye">
      {children}
    </Mark>
  );
}

/** 补录, 代录 and 有冲突 beside a record. */
export function RecordMarks({ late, custodian, conflict }: { late?: boolean; custodian?: boolean; conflict?: boolean }) {
  const { t } = useTexts();
  return (
    <>
      {late ? <Mark tone="grey" glyph="info">{t("common.late")}</Mark> : null}
      {custodian ? <Mark tone="grey" glyph="pen">{t("common.custodian")}</Mark> : null}
      {conflict ? <Mark tone="yellow">{t("common.conflict")}</Mark> : null}
    </>
  );
}

/** One quiet paragraph with a picture and, where there is something to do, a button. */
export function Notice({ tone, children, action, alert }: {
  tone: Tone;
  children: ReactNode;
  action?: ReactNode;
  alert?: boolean;
}) {
  return (
    <div className={`notice tone-${tone}`} role={alert ? "alert" : undefined}>
      <Glyph name={tone === "blue" || tone === "grey" ? "info" : toneGlyph[tone]} />
      <div className="body">
        <div>{children}</div>
        {action}
      </div>
    </div>
  );
}

import { Button } from "antd";
import { useState } from "react";
import type { Quorum } from "../../api/generated/Quorum";
import type { RollRow } from "../../api/generated/RollRow";
import { Dialog, Mark } from "../../components";
import { type Texts, useTexts } from "../../locales";
import { lightOf } from "./roll-state";

/** The sentence of the quorum light. */
export function quorumSentence({ t }: Texts, quorum: Quorum, here: number): string {
  switch (lightOf(quorum, here)) {
    case "green":
      return t("roll.green", { pass: quorum.neededToPass });
    case "yellow":
      return t("roll.yellow", { here });
    case "red":
      return t("roll.red", { short: quorum.neededToOpen - here });
  }
}

/** 法定人数灯: colour, picture and words; opens its rule, who is not counted, and why. */
export function QuorumLight({ quorum, here, rows }: { quorum: Quorum; here: number; rows: readonly RollRow[] }) {
  const texts = useTexts();
  const { t, several } = texts;
  const [open, setOpen] = useState(false);
  const excluded = rows.filter((row) => !row.votes);
  return (
    <div className="row">
      <span role="status"><Mark tone={lightOf(quorum, here)}>{quorumSentence(texts, quorum, here)}</Mark></span>
      <Button onClick={() => setOpen(true)}>{t("roll.why")}</Button>
      <Dialog title={t("roll.rule")} open={open} onClose={() => setOpen(false)}
        footer={<Button type="primary" onClick={() => setOpen(false)}>{t("common.close")}</Button>}>
        <p>{t("roll.ruleNumbers", { due: quorum.votersDue, here, open: quorum.neededToOpen, pass: quorum.neededToPass })}</p>
        <p>{quorum.rule.text}</p>
        <div>
          <h3>{t("roll.excluded")}</h3>
          <p>
            {excluded.length === 0
              ? t("roll.excludedNone")
              : `${several(excluded.map((row) => row.name))} (${t("roll.excludedReason")})`}
          </p>
        </div>
        <p className="soft">{t("roll.source", { citation: quorum.rule.citation, version: quorum.rule.version })}</p>
      </Dialog>
    </div>
  );
}

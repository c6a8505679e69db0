import { Button } from "antd";
import { type FieldErrors, TextField } from "../../components";
import { useTexts } from "../../locales";
import { type ChoiceForm, emptyChoice, isSecret, type VoteForm } from "./vote-form";

/** Who or what is voted on, each with its counts. */
export function Candidates({ form, errors, onChange }: { form: VoteForm; errors: FieldErrors; onChange: (choices: ChoiceForm[]) => void }) {
  const { t } = useTexts();
  const several = form.rule === "election";
  const choices = several ? form.choices : form.choices.slice(0, 1);
  const set = (at: number, part: Partial<ChoiceForm>) => onChange(form.choices.map((one, other) => (other === at ? { ...one, ...part } : one)));
  return (
    <div className="stack">
      {choices.map((choice, at) => (
        <div key={at} className="stack tight">
          {isSecret(form.rule) ? (
            <TextField label={several ? t("vote.candidateN", { n: at + 1 }) : t("vote.candidate")} required value={choice.name}
              error={errors[`choices.${at}.name`]} onChange={(name) => set(at, { name })} />
          ) : null}
          <div className="fields">
            {(["inFavour", "against", "abstain"] as const).map((field) => (
              <TextField key={field} label={t(`vote.${field}`)} value={choice[field]} inputMode="numeric" error={errors[`choices.${at}.${field}`]}
                onChange={(value) => set(at, { [field]: value })} />
            ))}
          </div>
          {several && choices.length > 1 ? (
            <div className="row"><Button onClick={() => onChange(form.choices.filter((_, other) => other !== at))}>{t("vote.removeCandidate", { n: at + 1 })}</Button></div>
          ) : null}
        </div>
      ))}
      {several ? <div className="row"><Button onClick={() => onChange([...form.choices, emptyChoice])}>{t("vote.addCandidate")}</Button></div> : null}
    </div>
  );
}

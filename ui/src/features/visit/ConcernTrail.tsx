import type { ConcernRow } from "../../api/generated/ConcernRow";
import { HistoryButton, Lock, Mark } from "../../components";
import { useTexts } from "../../locales";

/** A concern read whole: what goes up, what stays here, what was done, what came from above. */
export function ConcernTrail({ row }: { row: ConcernRow }) {
  const { t, code, date } = useTexts();
  return (
    <>
      <p className="prose">{row.text}</p>
      <p className="soft">
        {[code("category", row.category), row.nextStep, t("concern.by", { who: row.owner, date: date(row.deadline) }), row.unit ? t("concern.unit", { unit: row.unit }) : ""].filter(Boolean).join(" · ")}
      </p>
      {row.privateNote ? <div className="stays-here stack tight"><Lock /><p className="prose">{row.privateNote}</p></div> : null}
      <div>
        <h3>{t("concern.answers")}</h3>
        {row.answers.length === 0 ? <p className="soft">{t("concern.noAnswers")}</p> : (
          <ul className="steps">
            {row.answers.map((answer) => (
              <li key={answer.id}>
                <Mark tone={answer.state === "handling" ? "yellow" : "green"} glyph="info">{code("concern", answer.state)}</Mark>{" "}
                {date(answer.on)} {answer.officeName}{answer.unit ? ` · ${t("concern.by2", { unit: answer.unit })}` : ""}
                <p className="prose">{answer.text}</p>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div>
        <div className="row apart"><h3>{t("concern.steps")}</h3><HistoryButton id={row.id} /></div>
        {row.progress.length === 0 ? <p className="soft">{t("concern.noSteps")}</p> : (
          <ul className="steps">
            {row.progress.map((step, index) => (
              <li key={index}>
                {date(step.on)} {step.note} {step.state === "reopened" ? <Mark tone="yellow" glyph="info">{t("concern.step_reopened")}</Mark> : null}
                {step.state === "closed" ? <Mark tone="green" glyph="check">{t("concern.closed")}</Mark> : null}
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

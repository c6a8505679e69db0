import { helpPage } from "../../help";
import { useTexts } from "../../locales";
import "./help.css";

/** One page of help. `onSee` opens another one; without it other pages are only named. */
export function HelpText({ id, heading = true, onSee }: { id: string; heading?: boolean; onSee: (id: string) => void }) {
  const { t, language } = useTexts();
  const page = helpPage(language, id);
  if (!page) return null;
  return (
    <article className="stack help-text" aria-label={page.title}>
      {heading ? <h2>{page.title}</h2> : null}
      <p>{page.what}</p>
      <section className="stack tight">
        <h3>{t("help.doing")}</h3>
        <ol>{page.doing.map((one) => <li key={one}>{one}</li>)}</ol>
      </section>
      <section className="stack tight">
        <h3>{t("help.leaves")}</h3>
        <p>{page.leaves}</p>
      </section>
      <section className="stack tight">
        <h3>{t("help.when")}</h3>
        <dl>
          {page.when.map(({ when, answer }) => (
            <div key={when}>
              <dt>{when}</dt>
              <dd>{answer}</dd>
            </div>
          ))}
        </dl>
      </section>
      {page.see ? (
        <section className="stack tight">
          <h3>{t("help.see")}</h3>
          <div className="row">
            {page.see.map((other) => (
              <button key={other} type="button" className="plain-button" onClick={() => onSee(other)}>{helpPage(language, other)?.title}</button>
            ))}
          </div>
        </section>
      ) : null}
    </article>
  );
}

import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import type { SilentOffice } from "../../api/generated/SilentOffice";
import type { TodayCommittee } from "../../api/generated/TodayCommittee";
import type { TodayDepartment } from "../../api/generated/TodayDepartment";
import { useCopy } from "../../components";
import { useTexts } from "../../locales";

/** 待我决定 · 今天到期 · 多日未送达 · 新诉求 */
export function TodayCommitteePart({ part }: { part: TodayCommittee }) {
  const { t } = useTexts();
  return (
    <>
      <div className="figures">
        <Link className="figure" to="/decide"><strong>{part.toDecide}</strong>{t("today.toDecide")}</Link>
        <Link className="figure" to="/dispatch" search={{ tab: "sent" }}><strong>{part.dueToday}</strong>{t("today.dueToday")}</Link>
        <Link className="figure" to="/concerns"><strong>{part.newConcerns}</strong>{t("today.newConcerns")}</Link>
      </div>
      {part.silent.length > 0 ? (
        <section className="card flush" aria-labelledby="silent">
          <h2 id="silent" className="list-title">{t("today.silent")}</h2>
          <ul className="list">{part.silent.map((one) => <Silent key={one.office} one={one} />)}</ul>
        </section>
      ) : null}
    </>
  );
}

function Silent({ one }: { one: SilentOffice }) {
  const { t } = useTexts();
  const copy = useCopy();
  const text = one.days === null
    ? t("today.reminderNever", { name: one.name })
    : t("today.reminderText", { name: one.name, n: one.days });
  return (
    <li className="line">
      <span className="what">
        <strong>{one.name}</strong>{" "}
        <span className="soft">{one.days === null ? t("today.silentNever") : t("today.silentDays", { n: one.days })}</span>
      </span>
      <Button onClick={() => copy(text)}>
        {t("today.reminder")}
      </Button>
    </li>
  );
}

/** 0/18 已加入 · 缺报 n 家 · 新汇总 */
export function TodayDepartmentPart({ part }: { part: TodayDepartment }) {
  const { t } = useTexts();
  return (
    <div className="figures">
      <Link className="figure" to="/org"><strong>{part.joined}/{part.invited}</strong>{t("today.joined")}</Link>
      <Link className="figure" to="/snapshots">
        <strong>{part.missing}</strong>{t("today.missing")}
        <span className="soft">{t("today.missingHint")}</span>
      </Link>
      <Link className="figure" to="/snapshots"><strong>{part.snapshots}</strong>{t("today.snapshots")}</Link>
    </div>
  );
}

import type { MergedGroup } from "../../api/generated/MergedGroup";
import type { MergedGroups as Groups } from "../../api/generated/MergedGroups";
import { Blank, Loaded } from "../../components";
import { useTexts } from "../../locales";
import { type Grouping, stateWord } from "./words";

/** Nothing is here of a unit that does not deliver: that is no zero. */
const unknown = (group: MergedGroup) => group.count === 0 && group.absent !== "" && group.absent !== "not_submitted";

/** A ledger in groups: units in tree order, also those that are absent. Each group opens its records. */
export function MergedGroups({ query, by, ledger, onOpen }: {
  query: Parameters<typeof Loaded<Groups>>[0]["query"];
  by: Grouping;
  ledger: string;
  onOpen: (key: string) => void;
}) {
  const texts = useTexts();
  const { t, code, date, yuan, has } = texts;

  function label(group: MergedGroup): string {
    if (by === "unit") return group.name;
    if (group.key === "") return t("ledger.none");
    if (by === "month") return date(group.key);
    return by === "kind" ? code("record", group.key) : stateWord(texts, ledger, group.key);
  }

  return (
    <Loaded query={query}>
      {(data) => data.groups.length === 0 ? <Blank /> : (
        <div className="card flush scroll">
          <table className="table merged-table">
            <thead>
              <tr>
                <th scope="col">{t(`ledger.by_${by}`)}</th>
                <th scope="col" className="num">{t("ledger.count")}</th>
                {data.total.amountFen === null ? null : <th scope="col" className="num">{t("ledger.amount")}</th>}
                <th scope="col" className="num">{t("ledger.late")}</th>
                {by === "unit" ? <th scope="col">{t("ledger.why")}</th> : null}
              </tr>
            </thead>
            <tbody>
              {data.groups.map((group) => (
                <tr key={`${group.key} ${group.name}`}>
                  <th scope="row">
                    {group.key === "" ? label(group) : <button type="button" className="plain-button" onClick={() => onOpen(group.key)} aria-label={t("ledger.groupOf", { name: label(group) })}>{label(group)}</button>}
                  </th>
                  <td className="num">{unknown(group) ? "?" : group.count}</td>
                  {group.amountFen === null ? null : <td className="num">{unknown(group) ? "?" : yuan(group.amountFen)}</td>}
                  <td className="num">{unknown(group) ? "?" : group.late}</td>
                  {by === "unit" ? <td>{group.absent && has(`ledger.short_${group.absent}`) ? <span className="sure">? {code("ledger", `short_${group.absent}`)}</span> : null}</td> : null}
                </tr>
              ))}
              <tr>
                <th scope="row">{t("ledger.total")}</th>
                <td className="num">{data.total.count}</td>
                {data.total.amountFen === null ? null : <td className="num">{yuan(data.total.amountFen)}</td>}
                <td className="num">{data.total.late}</td>
                {by === "unit" ? <td /> : null}
              </tr>
            </tbody>
          </table>
        </div>
      )}
    </Loaded>
  );
}

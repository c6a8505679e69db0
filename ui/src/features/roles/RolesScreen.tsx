import type { ReactNode } from "react";
import { nothing, useQuery } from "../../api";
import type { Roles } from "../../api/generated/Roles";
import { Loaded, Page } from "../../components";
import { useTexts } from "../../locales";
import { ReadersPart } from "./ReadersPart";
import "./roles.css";

/** 角色说明: what each computer may do, as the rules of this program say, and who has the residents. */
export function RolesScreen() {
  const { t } = useTexts();
  const roles = useQuery("roles", nothing);
  return (
    <Page title={t("roles.title")}>
      <p className="soft">{t("roles.hint")}</p>
      <ReadersPart />
      <Loaded query={roles}>{(data) => <Tables roles={data} />}</Loaded>
    </Page>
  );
}

function Tables({ roles }: { roles: Roles }) {
  const { t, code } = useTexts();
  const heads = roles.standings.map((one) => ({
    key: `${one.role}-${one.compared}-${one.granted}`,
    role: code("roles", one.role),
    how: [one.compared ? "" : t("roles.notCompared"), one.granted && one.role !== "viewer" ? t("roles.granted") : ""].filter(Boolean).join(","),
  }));
  const head = (first: string) => (
    <thead><tr><th scope="col">{first}</th>{heads.map((one) => <th key={one.key} scope="col">{one.role}<span className="block soft">{one.how}</span></th>)}</tr></thead>
  );
  return (
    <>
      <section className="card flush" aria-label={t("roles.books")}>
        <Scroll>
          {head(t("roles.books"))}
          <tbody>{roles.books.map((row) => (
            <tr key={`${row.kind}-${row.sent}`}>
              <th scope="row">{code("book", row.kind)}{row.kind.startsWith("down/") ? <span className="block soft">{t(row.sent ? "roles.sent" : "roles.got")}</span> : null}</th>
              {row.rights.map((rights, n) => <td key={heads[n]?.key} className={rights === "" ? "soft" : undefined}>{t(rights === "rw" ? "roles.rw" : rights === "r" ? "roles.r" : "roles.no")}</td>)}
            </tr>
          ))}</tbody>
        </Scroll>
      </section>
      <section className="card flush" aria-label={t("roles.acts")}>
        <Scroll>
          {head(t("roles.acts"))}
          <tbody>{roles.acts.map((row) => (
            <tr key={row.act}>
              <th scope="row">{code("roles", `act_${row.act}`)}</th>
              {row.may.map((may, n) => <td key={heads[n]?.key} className={may ? undefined : "soft"}>{t(may ? "roles.may" : "roles.no")}</td>)}
            </tr>
          ))}</tbody>
        </Scroll>
      </section>
    </>
  );
}

function Scroll({ children }: { children: ReactNode }) {
  const { t } = useTexts();
  // Whoever has no mouse scrolls by the arrows, and must be able to come here.
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll" role="group" aria-label={t("roles.scroll")} tabIndex={0}>
      <table className="roles">{children}</table>
    </div>
  );
}

import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { type Input, nothing, useBegun, useCommand, useDraft, useFresh, useQuery } from "../../api";
import type { MemberKind } from "../../api/generated/MemberKind";
import type { MemberRow } from "../../api/generated/MemberRow";
import { Chips, Choice, DateField, DeleteButton, ErrorNotice, fieldErrors, type FieldErrors, HistoryButton, Notice, Page, SelectField, TextField, toDto, type FocusWithin, useFocusWithin, useShortcuts, useToast } from "../../components";
import { useTexts } from "../../locales";
import { MemberParts } from "./MemberParts";

type Form = Omit<Input<"member.save">, "id" | "distinct" | "leftOn"> & { leftOn: string };

const empty: Form = { name: "", sex: null, birthMonth: "", kind: "full", joined: "", group: "", posts: [], noVoteReason: "", leftOn: "" };
const posts = ["secretary", "deputy_secretary", "organization", "publicity", "discipline", "committee_member", "group_leader"];
const noVoteReasons = ["on_probation_inside_party", "detained"];
const fields = ["name", "sex", "birthMonth", "kind", "joined", "group", "posts", "noVoteReason", "leftOn"] as const;

const formOf = (row: MemberRow): Form => ({
  name: row.name, sex: row.sex, birthMonth: row.birthMonth ?? "", kind: row.kind, joined: row.joined ?? "", group: row.group ?? "",
  posts: row.posts, noVoteReason: row.noVoteReason ?? "", leftOn: row.leftOn ?? "",
});

/** One member of the roster. */
export function MemberScreen() {
  const { id } = useSearch({ strict: false });
  return <Member key={id ?? "new"} id={id} />;
}

function Member({ id }: { id: string | undefined }) {
  const { t } = useTexts();
  const found = useFresh("member.get", { id: id ?? "" }, { enabled: id !== undefined });
  const groups = useQuery("member.groups", nothing);
  const draft = useDraft<Form>("member", id ?? "new");
  const row = id === undefined ? undefined : found.data;
  const begun = useBegun(row ? formOf(row) : null, row !== undefined && Boolean(draft.found));
  const within = useFocusWithin();
  if (id !== undefined && found.isError) return <Page title={t("member.formTitle")} narrow><ErrorNotice error={found.error} /></Page>;
  if (draft.found === undefined || (id !== undefined && !row)) return <Page title={t("member.formTitle")} narrow>{null}</Page>;
  return (
    <Page title={t("member.formTitle")} narrow actions={id ? <><HistoryButton id={id} /><DeleteButton id={id} to="/members" /></> : null}>
      {begun.elsewhere ? <Notice tone="yellow">{t("common.changedElsewhere")}</Notice> : null}
      <MemberForm key={begun.name} id={id ?? null} within={within} groups={groups.data ?? []} initial={draft.found ?? (row ? formOf(row) : empty)}
        continues={draft.found !== null} onTyped={(form) => { begun.typed(); draft.keep(form); }} onGone={() => { begun.done(); draft.discard(); }} />
      {id ? <MemberParts id={id} /> : null}
    </Page>
  );
}

function MemberForm({ id, within, groups, initial, continues, onTyped, onGone }: {
  id: string | null;
  within: FocusWithin;
  groups: readonly string[];
  initial: Form;
  continues: boolean;
  onTyped: (form: Form) => void;
  onGone: () => void;
}) {
  const texts = useTexts();
  const { t, code } = texts;
  const navigate = useNavigate();
  const say = useToast();
  const save = useCommand("member.save");
  const [form, setForm] = useState(initial);
  const [errors, setErrors] = useState<FieldErrors>({});
  const duplicate = save.isError && toDto(save.error).code === "member_duplicate";

  function set(part: Partial<Form>) {
    const next = { ...form, ...part };
    setForm(next);
    onTyped(next);
  }

  function submit(distinct = false) {
    const found: FieldErrors = form.name.trim() === "" ? { name: t("errors.required") } : {};
    setErrors(found);
    if (Object.keys(found).length > 0 || save.isPending) return;
    save.mutate({ ...form, id, name: form.name.trim(), leftOn: form.leftOn.trim() || null, distinct }, {
      onSuccess: () => {
        onGone();
        say(t("common.saved"));
        void navigate({ to: "/members" });
      },
      onError: (error) => setErrors(fieldErrors(texts, error, fields)),
    });
  }
  useShortcuts({ "Ctrl+Enter": { label: "common.save", act: () => submit() } });

  return (
    <form className="card stack" {...within.watch} onSubmit={(event) => { event.preventDefault(); submit(); }}>
      {continues ? <Notice tone="blue">{t("common.typedBefore")}</Notice> : null}
      <TextField label={t("member.name")} required value={form.name} onChange={(name) => set({ name })} error={errors["name"]} autoFocus={within.has} />
      {duplicate ? <div><Button onClick={() => submit(true)}>{t("member.distinct")}</Button></div> : null}
      <div className="fields">
        <Choice<"1" | "2"> label={t("member.sex")} value={form.sex === 1 ? "1" : form.sex === 2 ? "2" : ""} error={errors["sex"]}
          onChange={(sex) => set({ sex: Number(sex) })} options={[{ value: "1", label: t("member.male") }, { value: "2", label: t("member.female") }]} />
        <Choice<MemberKind> label={t("member.kind")} required value={form.kind} onChange={(kind) => set({ kind })} error={errors["kind"]}
          options={(["full", "probationary"] as const).map((value) => ({ value, label: t(`member.${value}`) }))} />
        <TextField label={t("member.birthMonth")} value={form.birthMonth} onChange={(birthMonth) => set({ birthMonth })} hint={t("member.birthHint")} error={errors["birthMonth"]} />
        <TextField label={t("member.joined")} value={form.joined} onChange={(joined) => set({ joined })} hint={t("member.joinedHint")} error={errors["joined"]} />
        <TextField label={t("member.group")} value={form.group} onChange={(group) => set({ group })} list={groups} error={errors["group"]} />
        <SelectField label={t("member.noVote")} value={form.noVoteReason} onChange={(noVoteReason) => set({ noVoteReason })} empty={t("common.none")}
          options={noVoteReasons.map((value) => ({ value, label: code("member", value) }))} error={errors["noVoteReason"]} />
      </div>
      <Chips label={t("member.posts")} values={form.posts} error={errors["posts"]}
        onToggle={(value) => set({ posts: form.posts.includes(value) ? form.posts.filter((one) => one !== value) : [...form.posts, value] })}
        options={posts.map((value) => ({ value, label: code("post", value) }))} />
      {id === null ? null : (
        <DateField label={t("member.leftOn")} value={form.leftOn} onChange={(leftOn) => set({ leftOn })} hint={t("member.leftHint")} error={errors["leftOn"]} />
      )}
      {errors[""] ? <Notice tone="red" alert>{errors[""]}</Notice> : null}
      <div className="row end"><Button type="primary" htmlType="submit" loading={save.isPending}>{t("common.save")} Ctrl+Enter</Button></div>
    </form>
  );
}

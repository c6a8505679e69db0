import { Button } from "antd";
import { useState } from "react";
import { useCommand } from "../../api";
import type { OrderInput } from "../../api/generated/OrderInput";
import type { OrderKind } from "../../api/generated/OrderKind";
import type { OrgNode } from "../../api/generated/OrgNode";
import { Choice, Dialog, ErrorNotice, fieldErrors, Notice, SelectField, TextField, useToast } from "../../components";
import { useTexts } from "../../locales";
import { below } from "./kinds";

const orders: readonly OrderKind[] = ["move", "merge", "dissolve"];

/** 机构调整: what is to become of an office, what follows from it, and then the order. */
export function OrderDialog({ node, tree, onClose }: { node: OrgNode; tree: readonly OrgNode[]; onClose: () => void }) {
  const texts = useTexts();
  const { t, several, date } = texts;
  const say = useToast();
  const look = useCommand("order.preview");
  const give = useCommand("order.give");
  const [kind, setKind] = useState<OrderKind>("move");
  const [to, setTo] = useState("");
  const [from, setFrom] = useState("");
  const targets = tree.filter((one) => fits(tree, node, one, kind));
  const input: OrderInput = { kind, office: node.id ?? "", to: kind === "dissolve" ? null : to, from: from.trim() || null };
  const failed = give.error ?? look.error;
  const errors = failed ? fieldErrors(texts, failed, ["to", "from"]) : {};
  const preview = look.data;

  function changed<V>(set: (value: V) => void) {
    return (value: V) => {
      set(value);
      look.reset();
      give.reset();
    };
  }

  return (
    <Dialog title={t("order.title", { name: node.name })} open onClose={onClose}
      footer={<>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        {preview ? (
          // Pressed by itself: the key that looked must not also give it.
          <Button type="primary" danger loading={give.isPending}
            onClick={() => give.mutate(input, { onSuccess: () => { say(t("order.given", { name: node.name })); onClose(); } })}>
            {t("order.give")}
          </Button>
        ) : (
          <Button type="primary" loading={look.isPending} disabled={kind !== "dissolve" && to === ""} onClick={() => look.mutate(input)}>{t("order.look")}</Button>
        )}
      </>}>
      <Choice<OrderKind> label={t("order.kind")} required stacked value={kind} onChange={changed((value: OrderKind) => { setKind(value); setTo(""); })}
        options={orders.map((value) => ({ value, label: t(`order.${value}`) }))} />
      {kind === "dissolve" ? null : targets.length === 0 ? <Notice tone="grey">{t("order.noTarget")}</Notice> : (
        <SelectField label={t(kind === "move" ? "order.toMove" : "order.toMerge")} required value={to} onChange={changed(setTo)} empty="—" error={errors["to"]}
          options={targets.map((one) => ({ value: one.id ?? "", label: one.name }))} />
      )}
      <TextField label={t("order.from")} value={from} onChange={changed(setFrom)} hint={t("order.fromHint")} error={errors["from"]} />
      {preview ? (
        <div role="status" className="stack">
          <Notice tone="yellow">
            {t(kind === "move" ? "order.whatMove" : kind === "merge" ? "order.whatMerge" : "order.whatDissolve", { name: preview.office, to: preview.to ?? "", from: date(preview.from) })}
          </Notice>
          {kind === "move" && preview.former ? <p>{t("order.former", { name: preview.former })}</p> : null}
          {kind !== "dissolve" && preview.below.length > 0 ? <p>{t("order.below", { names: several(preview.below) })}</p> : null}
          <p className="soft">{t("order.stays")}</p>
        </div>
      ) : null}
      {errors[""] ? <ErrorNotice error={failed} /> : null}
    </Dialog>
  );
}

/** Whether an office may take another; the node checks it again. */
function fits(tree: readonly OrgNode[], node: OrgNode, one: OrgNode, kind: OrderKind): boolean {
  if (one.id === null || one.id === node.id || one.state === "closed" || within(tree, node, one)) return false;
  if (kind === "merge") return one.kind === node.kind && one.state !== "self";
  return below[one.kind].includes(node.kind) && parentOf(tree, node)?.id !== one.id;
}

function parentOf(tree: readonly OrgNode[], node: OrgNode): OrgNode | undefined {
  const at = tree.findIndex((one) => one.id === node.id);
  return tree.slice(0, Math.max(at, 0)).findLast((one) => one.depth === node.depth - 1);
}

function within(tree: readonly OrgNode[], above: OrgNode, one: OrgNode): boolean {
  const at = tree.findIndex((node) => node.id === above.id);
  const end = tree.findIndex((node, index) => index > at && node.depth <= above.depth);
  const index = tree.findIndex((node) => node.id === one.id);
  return index > at && (end === -1 || index < end);
}

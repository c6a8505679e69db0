import { nothing, useQuery } from "../../api";
import { ItemDecideDialog } from "../checklist/ItemDecideDialog";
import { DecideDialog } from "./Admissions";
import type { Matter } from "./deeds";
import { KeepDialog } from "./KeepDialog";
import { PassDialog, RecallDialog } from "./Transfers";

/** What a row opens over the list. */
export function Detail({ matter, onClose }: { matter: Matter; onClose: () => void }) {
  const { kind, target } = matter.row;
  if (kind === "admission") return <Admission step={target} onClose={onClose} />;
  if (kind === "transfer") return <Transfer id={target} onClose={onClose} />;
  return <Item id={target} onClose={onClose} />;
}

function Item({ id, onClose }: { id: string; onClose: () => void }) {
  const item = useQuery("checklist.get", { id });
  return item.data ? <ItemDecideDialog row={item.data} onClose={onClose} /> : null;
}

function Admission({ step, onClose }: { step: string; onClose: () => void }) {
  const cases = useQuery("admission.cases", nothing);
  const row = cases.data?.find((one) => one.step === step);
  return row ? <DecideDialog row={row} onClose={onClose} /> : null;
}

function Transfer({ id, onClose }: { id: string; onClose: () => void }) {
  const moves = useQuery("transfer.waiting", nothing);
  const row = moves.data?.find((one) => one.id === id);
  if (row?.state === "to_recall") return <RecallDialog row={row} onClose={onClose} />;
  if (row?.state === "taken_twice") return <KeepDialog row={row} onClose={onClose} />;
  return row ? <PassDialog row={row} onClose={onClose} /> : null;
}

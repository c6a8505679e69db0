import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useCommand } from "../../api";
import { ErrorNotice } from "../../components";
import { useTexts } from "../../locales";

/** One press makes the session of a planned one and opens it. */
export function HoldButton({ id, name }: { id: string; name: string }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const hold = useCommand("meeting.plan_hold");
  return (
    <>
      <Button type="primary" loading={hold.isPending} aria-label={`${t("plan.hold")} ${name}`}
        onClick={() => hold.mutate({ id, session: null }, { onSuccess: (saved) => void navigate({ to: "/meeting", search: { id: saved.id } }) })}>
        {t("plan.hold")}
      </Button>
      {hold.isError ? <ErrorNotice error={hold.error} /> : null}
    </>
  );
}

import { useEffect, useState } from "react";
import { type Input, useQuery } from "../../api";

/** Rows of each table and parts that the screen shows at first. */
export const PREVIEW = 200;

/** A sheet, at first as much of it as a screen shows. `whole` fetches the rest, `print` does so before it prints. */
export function useSheet(input: Omit<Input<"sheet.get">, "limit">, enabled: boolean) {
  const wanted = JSON.stringify(input);
  const [asked, setAsked] = useState({ wanted: "", whole: false, print: false });
  // Another sheet begins anew.
  const now = asked.wanted === wanted ? asked : { wanted, whole: false, print: false };
  const query = useQuery("sheet.get", { ...input, limit: now.whole ? null : PREVIEW }, { enabled });
  const ready = now.print && query.data?.leftOut === 0;
  useEffect(() => {
    if (!ready) return;
    setAsked((before) => ({ ...before, print: false }));
    globalThis.print();
  }, [ready]);
  return {
    query,
    whole: () => setAsked({ wanted, whole: true, print: false }),
    print: () => setAsked({ wanted, whole: true, print: true }),
  };
}

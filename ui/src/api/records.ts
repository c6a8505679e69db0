import { nothing, useQuery } from "./hooks";
import { useOffice } from "./office";

/** Whether this computer records anything for the office: a viewer's does not, nor one whose place has ended. */
export function useRecords(): boolean {
  const { office } = useOffice();
  const notices = useQuery("device.notices", nothing);
  const ended = notices.data?.state === "removed" || notices.data?.state === "retired";
  return office?.role !== "viewer" && !ended;
}

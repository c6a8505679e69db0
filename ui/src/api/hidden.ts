import { nothing, useQuery } from "./hooks";

/** Whether the profile at this screen does not see an area. The node refuses it all the same. */
export function useHidden(): (area: string) => boolean {
  const state = useQuery("profile.list", nothing);
  const hidden = state.data?.profiles.find((one) => one.id === state.data?.current)?.hidden ?? [];
  return (area) => hidden.includes(area);
}

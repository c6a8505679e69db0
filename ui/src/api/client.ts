import { type Query, QueryClient } from "@tanstack/react-query";
import { RpcError } from "../platform";
import { type RpcTable, rpcTags } from "./generated/rpc";

export type Name = keyof RpcTable;
export type Input<K extends Name> = RpcTable[K]["input"];
export type Output<K extends Name> = RpcTable[K]["output"];
export type Key = readonly [Name, string | null, unknown];

/** A fresh cache; calls are to this machine, so a failure is retried once and only when the node did not answer. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        networkMode: "always",
        retry: (count, error) => count < 1 && error instanceof RpcError && error.dto.code === "node_unreachable",
      },
      mutations: { networkMode: "always" },
    },
  });
}

const everything = new Set(["*", "all", "(all)"]);

/** Whether a query is to be asked again after these tags changed. */
export function touches(name: Name, tags: readonly string[]): boolean {
  const own = rpcTags[name]?.tags ?? [];
  if (tags.length > 0 && own.some((tag) => everything.has(tag))) return true;
  return own.some((tag) => tags.includes(tag)) || (own.length > 0 && tags.some((tag) => everything.has(tag)));
}

/** Marks every query with one of the tags as stale and asks the visible ones again. */
export function invalidate(client: QueryClient, tags: readonly string[]): Promise<void> {
  const predicate = (query: Query) => touches((query.queryKey as unknown as Key)[0], tags);
  // A first answer that is under way may be from before the change, and would not be asked for again.
  for (const query of client.getQueryCache().findAll({ predicate, fetchStatus: "fetching" })) {
    if (query.state.data !== undefined) continue;
    const again = () => void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    query.promise?.then(again, () => {});
  }
  return client.invalidateQueries({ predicate });
}

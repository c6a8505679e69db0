import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery as useTanstackQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { call, type RpcError } from "../platform";
import { type Input, invalidate, type Name, type Output } from "./client";
import { rpcTags } from "./generated/rpc";
import { useNames } from "./names";
import { useOffice } from "./office";

/** Asks the node and keeps the answer until one of its tags changes. */
export function useQuery<K extends Name>(
  name: K,
  input: Input<K>,
  options: { enabled?: boolean; keep?: boolean } = {},
): UseQueryResult<Output<K>, RpcError> {
  const { office } = useOffice();
  const id = office?.id ?? null;
  return useTanstackQuery<Output<K>, RpcError>({
    queryKey: [name, id, input],
    queryFn: ({ signal }) => call(name, id, input, signal) as Promise<Output<K>>,
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
}

/** A call that changes something; the queries with its tags are asked again. */
export function useCommand<K extends Name>(name: K): UseMutationResult<Output<K>, RpcError, Input<K>> {
  const { office } = useOffice();
  const client = useQueryClient();
  const names = useNames();
  const id = office?.id ?? null;
  return useMutation<Output<K>, RpcError, Input<K>>({
    mutationKey: [name],
    mutationFn: (input) => names.send(id, input, (asked) => call(name, id, asked as Input<K>)) as Promise<Output<K>>,
    onSuccess: () => {
      void invalidate(client, [...rpcTags[name].tags, "sync"]);
    },
  });
}

/** Asks once, outside the cache: previews, dates as typed, exports. */
export function useAsk(): <K extends Name>(name: K, input: Input<K>) => Promise<Output<K>> {
  const { office } = useOffice();
  const id = office?.id ?? null;
  return (name, input) => call(name, id, input) as Promise<never>;
}

export const nothing: Input<"node.overview"> = {};

/** One page of a list of the given year. */
export function listInput(part: Partial<Input<"visit.list">> = {}): Input<"visit.list"> {
  return { year: null, text: null, state: null, offset: 0, limit: 0, ...part };
}

type ListName = "visit.list" | "concern.list" | "meeting.list" | "checklist.list" | "member.list" | "member.past" | "merged.list" | "answer.list" | "pairing.list" | "aid.list" | "talk.list" | "mobile.list" | "admission.list" | "flow.list" | "transfer.list" | "training.list" | "meeting.planned" | "common.problems" | "dispatch.sent";
type Row<K extends ListName> = Output<K>["rows"][number];

const pageSize = 50;

/** A long list, piece by piece; `more` asks for the next rows. */
export function useList<K extends ListName>(name: K, input: Input<K>) {
  const { office } = useOffice();
  const id = office?.id ?? null;
  const query = useInfiniteQuery({
    queryKey: [name, id, input, "pages"],
    queryFn: ({ pageParam, signal }) => call(name, id, { ...input, offset: pageParam, limit: pageSize }, signal) as Promise<Output<K>>,
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, page) => sum + page.rows.length, 0);
      return last.rows.length > 0 && shown < last.total ? shown : undefined;
    },
    placeholderData: keepPreviousData,
  });
  const pages = query.data?.pages;
  const data = pages ? { total: pages.at(-1)?.total ?? 0, rows: pages.flatMap((page): Row<K>[] => page.rows) } : undefined;
  return { data, isError: query.isError, error: query.error, refetch: query.refetch, more: () => void query.fetchNextPage() };
}

import type { OrgNode } from "../../api/generated/OrgNode";

/** An office right below that can get something. */
export interface Unit {
  id: string;
  name: string;
}

/** Those right below that have joined, in tree order. */
export function unitsOf(nodes: readonly OrgNode[]): Unit[] {
  return nodes.flatMap((node) => (node.depth === 1 && node.state === "joined" && node.id !== null ? [{ id: node.id, name: node.name }] : []));
}

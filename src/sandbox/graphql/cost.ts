/** What GitHub counts before it answers: how many nodes a query may bring, and the points it costs. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";

export interface QueryCost {
  nodeCount: number;
  points: number;
}

/** @see https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#node-limit */
export const NODES_MAX = 500_000;
const REQUESTS_PER_POINT = 100;

export function assessCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): QueryCost {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  let nodeCount = 0;
  let requests = 0;
  const visit = (selections: SelectionSetNode, times: number): void => {
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined) visit(fragment.selectionSet, times);
        continue;
      }
      if (selection.selectionSet === undefined) continue;
      const size = selection.kind === Kind.FIELD ? pageSize(selection.arguments ?? [], variables) : null;
      if (size !== null) {
        requests += times;
        nodeCount += times * size;
      }
      visit(selection.selectionSet, times * (size ?? 1));
    }
  };
  visit(operation.selectionSet, 1);
  return { nodeCount, points: Math.max(1, Math.round(requests / REQUESTS_PER_POINT)) };
}

interface Argument {
  name: { value: string };
  value: ValueNode;
}

function pageSize(given: readonly Argument[], variables: Readonly<Record<string, unknown>>): number | null {
  for (const { name, value } of given) {
    if (name.value !== "first" && name.value !== "last") continue;
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind === Kind.VARIABLE) {
      const held = variables[value.name.value];
      if (typeof held === "number") return held;
    }
  }
  return null;
}

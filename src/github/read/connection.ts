/** One page of a GraphQL connection. */

export interface Connection<T> {
  nodes: (T | null)[] | null;
  totalCount?: number;
  pageInfo: PageInfo;
}

export interface PageInfo {
  hasNextPage: boolean;
  endCursor: string | null;
  hasPreviousPage: boolean;
  startCursor: string | null;
}

export const pageInfoFields = `
fragment PageFields on PageInfo { hasNextPage endCursor hasPreviousPage startCursor }`;

/** The nodes there are. GitHub gives `null` for one that may not be seen; `hasGaps` says whether any is. */
export function nodesOf<T>(connection: { nodes: (T | null)[] | null } | null | undefined): T[] {
  return (connection?.nodes ?? []).filter((node): node is T => node !== null);
}

export function hasGaps(connection: { nodes: unknown[] | null } | null | undefined): boolean {
  return !connection?.nodes || connection.nodes.includes(null);
}

/** GraphQL's `BigInt` comes as text or number; ids stay below 2^53. */
export function idOf(value: string | number | bigint | null | undefined): number {
  return Number(value ?? 0);
}

export function dateOrNull(value: string | null | undefined): Date | null {
  return value ? new Date(value) : null;
}

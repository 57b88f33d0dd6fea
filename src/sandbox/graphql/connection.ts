/** Pages of a list as GraphQL connections, with GitHub's bounds. */
import type { Args } from "./context.ts";
import { type GraphQLNode, refuse } from "./context.ts";

const PAGE_MAX = 100;

export interface ConnectionOptions<Item> {
  /** Fields of the connection beside nodes, edges, pageInfo and totalCount. */
  extra?: Record<string, unknown>;
  /** Fields of an edge beside node and cursor. */
  edge?: (item: Item) => Record<string, unknown>;
}

/**
 * @param type the connection's type, as `LabelConnection`
 * @param name the field's name, for GitHub's error messages
 */
export function connection<Item>(
  type: string,
  name: string,
  args: Args,
  items: readonly Item[],
  render: (item: Item) => GraphQLNode | null,
  options: ConnectionOptions<Item> = {},
): GraphQLNode {
  const [start, end] = bounds(name, args, items.length);
  const page = items.slice(start, end);
  const edgeType = type.replace(/Connection$/, "Edge");
  return {
    __typename: type,
    totalCount: items.length,
    nodes: () => page.map(render),
    edges: () =>
      page.map((item, index) => ({
        __typename: edgeType,
        cursor: cursorAt(start + index),
        node: () => render(item),
        ...options.edge?.(item),
      })),
    pageInfo: {
      __typename: "PageInfo",
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: page.length === 0 ? null : cursorAt(start),
      endCursor: page.length === 0 ? null : cursorAt(end - 1),
    },
    ...options.extra,
  };
}

function bounds(name: string, args: Args, total: number): [number, number] {
  const { first, last } = args;
  checkSize(name, "first", first);
  checkSize(name, "last", last);
  if (typeof first !== "number" && typeof last !== "number") {
    throw refuse(
      "MISSING_PAGINATION_BOUNDARIES",
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  }
  let start = typeof args.after === "string" ? readCursor(args.after) + 1 : 0;
  let end = typeof args.before === "string" ? readCursor(args.before) : total;
  end = Math.max(start, Math.min(end, total));
  if (typeof first === "number") end = Math.min(end, start + first);
  if (typeof last === "number") start = Math.max(start, end - last);
  return [start, end];
}

function checkSize(name: string, argument: string, size: unknown): void {
  if (typeof size !== "number") return;
  if (size < 0)
    throw refuse("INVALID_PAGINATION", `\`${argument}\` on the \`${name}\` connection cannot be less than zero.`);
  if (size > PAGE_MAX) {
    throw refuse(
      "EXCESSIVE_PAGINATION",
      `Requesting ${size} records on the \`${name}\` connection exceeds the \`${argument}\` limit of ${PAGE_MAX} records.`,
    );
  }
}

function cursorAt(index: number): string {
  return Buffer.from(`cursor:v2:${index}`).toString("base64");
}

function readCursor(cursor: string): number {
  const [, index] = /^cursor:v2:(\d+)$/.exec(Buffer.from(cursor, "base64").toString("utf8")) ?? [];
  if (index === undefined)
    throw refuse("INVALID_CURSOR_ARGUMENTS", `\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(index);
}

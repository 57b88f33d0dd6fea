/** Pages of a list, with the `Link` header that names its neighbours. */
import type { Answer, RestRequest } from "./request.ts";

const PER_PAGE_USUAL = 30;
/** Larger wishes are cut to this without a word. */
const PER_PAGE_MAX = 100;

export interface PageOptions {
  perPageUsual?: number;
  perPageMax?: number;
  /** Wraps the list, as `{total_count, check_runs}` does. */
  wrap?: (items: unknown[], total: number) => unknown;
}

export function paginate<Item>(
  request: RestRequest,
  items: readonly Item[],
  render: (item: Item) => unknown,
  options: PageOptions = {},
): Answer {
  const perPageMax = options.perPageMax ?? PER_PAGE_MAX;
  const perPage = Math.min(readCount(request, "per_page", options.perPageUsual ?? PER_PAGE_USUAL), perPageMax);
  const page = readCount(request, "page", 1);
  const shown = items.slice((page - 1) * perPage, page * perPage).map(render);
  const link = linkHeader(request.url, page, Math.max(1, Math.ceil(items.length / perPage)));
  return {
    status: 200,
    body: options.wrap === undefined ? shown : options.wrap(shown, items.length),
    headers: link === "" ? {} : { link },
  };
}

export function linkTo(url: URL, changes: Readonly<Record<string, string>>, relation: string): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(changes)) target.searchParams.set(name, value);
  return `<${target.href}>; rel="${relation}"`;
}

function linkHeader(url: URL, page: number, last: number): string {
  const links: string[] = [];
  if (page > 1) links.push(linkTo(url, { page: String(page - 1) }, "prev"));
  if (page < last) {
    links.push(linkTo(url, { page: String(page + 1) }, "next"), linkTo(url, { page: String(last) }, "last"));
  }
  if (page > 1) links.push(linkTo(url, { page: "1" }, "first"));
  return links.join(", ");
}

function readCount(request: RestRequest, name: string, usual: number): number {
  const value = Number(request.query.get(name) ?? usual);
  return Number.isInteger(value) && value > 0 ? value : usual;
}

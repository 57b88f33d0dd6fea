import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rules } from "../../src/core/findings/index.ts";
import { codes } from "../../src/core/gate/codes.ts";
import { problemCodes } from "../../src/core/policy/problem-codes.ts";
import { rulePage } from "../../src/core/report/rule-pages/rule-page.ts";
import { createWebServer } from "../../src/web/server.ts";

const server = createWebServer({
  api: async () => {},
  ingest: async () => {},
  readReadiness: async () => ({ ready: true, checks: {} }),
  renderMetrics: async () => ({ contentType: "text/plain", text: "" }),
  version: {},
  log: pino({ level: "silent" }),
});
let url: string;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const read = async (path: string, init?: RequestInit) => {
  const response = await fetch(`${url}${path}`, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

it.each(Object.entries({ ...codes, ...problemCodes }))(
  "%s has a page that says what it means and what to do",
  async (code, { title }) => {
    const { status, text } = await read(`/docs/codes/${code}`);
    expect(status).toBe(200);
    expect(text.replaceAll(/<\/?code>/g, "`").replaceAll("&#39;", "'")).toContain(title);
    for (const heading of ["What it means", "What to do"]) expect(text).toContain(`<h2>${heading}</h2>`);
    expect(text).not.toMatch(/undefined|\[object|TODO|!(?!doctype)/);
  },
);

it("lists every code, each with its page", async () => {
  const { text } = await read("/docs/codes");
  const linked = [...text.matchAll(/href="\/docs\/codes\/(HP-[A-Z]\d\d)"/g)].map(([, code]) => code);
  expect(linked.sort()).toEqual(Object.keys({ ...codes, ...problemCodes }).sort());
});

it("finds a code however it is written, and says so where there is none", async () => {
  expect((await read("/docs/codes/hp-w01")).status).toBe(200);
  const unknown = await read("/docs/codes/HP-Z99");
  expect(unknown.status).toBe(404);
  expect(unknown.text).toContain("There is no such reason code");
  expect((await read("/docs/codes/%3Cscript%3E")).text).not.toContain("<script");
});

it.each(Object.keys(rules))("%s has a page with all that is told of a rule", async (id) => {
  const { status, text } = await read(`/docs/rules/${id}`);
  expect(status).toBe(200);
  for (const { heading } of rulePage(id)?.sections ?? []) expect(text).toContain(`<h2>${heading}</h2>`);
  expect(text).toContain("What helps");
  expect(text).not.toMatch(/undefined|\[object/);
});

it("lists every rule, each with its page, and says so where there is none", async () => {
  const { text } = await read("/docs/rules");
  const linked = [...text.matchAll(/href="\/docs\/rules\/([a-z_0-9]+)"/g)].map(([, id]) => id);
  expect(linked.sort()).toEqual(Object.keys(rules).sort());
  expect((await read("/docs/rules/nonsense")).status).toBe(404);
  expect((await read("/docs/rules/constructor")).status).toBe(404);
  expect((await read("/docs/rules/%3Cscript%3E")).text).not.toContain("<script");
});

it("runs no script, loads nothing and can be framed by nobody", async () => {
  const { headers, text } = await read("/docs/codes/HP-E02");
  expect(text).not.toMatch(/<script|javascript:|\son[a-z]+=|src=|<link|style="/i);
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-[^' ]+'; /);
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
});

it("can be read by everybody: a language, one heading of the first rank, a way past the navigation", async () => {
  const { text } = await read("/docs/codes/HP-W01");
  expect(text).toMatch(/<html lang="en">/);
  expect(text.match(/<h1[ >]/g)).toHaveLength(1);
  expect(text).toContain('href="#content"');
  expect(text).toContain('<main id="content">');
});

it("is only read: another method is refused, and nothing else below /docs is there", async () => {
  expect((await read("/docs/codes/HP-W01", { method: "POST" })).status).toBe(405);
  expect((await read("/docs/codesearch")).status).toBe(404);
  expect((await read("/docs/codes/HP-W01", { method: "HEAD" })).text).toBe("");
});

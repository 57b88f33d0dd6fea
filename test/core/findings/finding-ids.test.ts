import { expect, it } from "vitest";
import { parseFindingId, withIds } from "../../../src/core/findings/finding-ids.ts";
import { aFinding } from "../../support/builders.ts";

const ids = (...findings: Parameters<typeof withIds>[0]) => withIds(findings).map(({ id }) => id);

it("gives a finding an id that is short and hangs on what it is about", () => {
  const [id] = ids(aFinding("security"));
  expect(id).toMatch(/^F-[0-9a-f]{6}$/);
  expect(ids(aFinding("security", { line: 99, before: "x", strength: "hint" }))).toEqual([id]);
  for (const other of [{ rule: "another_rule" }, { path: "src/b.ts" }, { what: "something else" }, { symbol: "a" }])
    expect(ids(aFinding("security", other))).not.toEqual([id]);
});

it("goes by the symbol where there is one, whatever else is said of it", () => {
  const parse = aFinding("breaking_change", { symbol: "parse" });
  expect(ids({ ...parse, what: "said otherwise" })).toEqual(ids(parse));
});

it("tells the second of the same kind in one file from the first, and keeps the first's id", () => {
  const one = aFinding("security");
  const [first, second, third] = ids(one, { ...one, line: 9 }, { ...one, line: 12 });
  expect([first]).toEqual(ids(one));
  expect(new Set([first, second, third]).size).toBe(3);
});

it("lets names grow until no two are the same", () => {
  const many = Array.from({ length: 20_000 }, (_, at) => aFinding("security", { symbol: `s${at}` }));
  const all = ids(...many);
  expect(new Set(all).size).toBe(many.length);
  expect(all.some((id) => id.length > 8)).toBe(true);
});

it.each([
  ["F-1a2b3c", "F-1a2b3c"],
  ["f-1A2B3C", "F-1a2b3c"],
  [" F-1a2b3c4d ", "F-1a2b3c4d"],
  ["F-1a2b", null],
  ["1a2b3c", null],
  ["F-xyzxyz", null],
  ["", null],
])("reads %j as the id %j", (written, id) => {
  expect(parseFindingId(written)).toBe(id);
});

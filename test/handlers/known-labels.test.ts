import { expect, it } from "vitest";
import { withLabelHeads } from "../../src/handlers/known-labels.ts";
import { aPerson } from "../support/builders.ts";

const otto = aPerson("otto");
const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 16, 0, second));
const arrival = { label: "urgent", personId: otto.id, headSha: "h1", at: at(10) };
const label = { name: "urgent", addedBy: otto, addedAt: at(10) };

it.each([
  { name: "its event arrived", head: "h1" },
  { name: "its event arrived, by another spelling of the name", over: { name: "Urgent" }, head: "h1" },
  { name: "told a second apart", over: { addedAt: at(12) }, head: "h1" },
  { name: "put on again since", over: { addedAt: at(13) }, head: null },
  { name: "put on by somebody else", over: { addedBy: aPerson("sam") }, head: null },
  { name: "without an event, as after it was renamed", over: { addedBy: null, addedAt: null }, head: null },
  { name: "another label", over: { name: "minor" }, head: null },
])("$name → on $head", ({ over, head }) => {
  expect(withLabelHeads([{ ...label, ...over }], [arrival])[0]?.headAtLabelling).toBe(head);
});

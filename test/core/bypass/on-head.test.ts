import { describe, expect, it } from "vitest";
import { isLabelOnHead, labelEvent } from "../../../src/core/bypass/on-head.ts";
import type { Label } from "../../../src/core/snapshot.ts";
import { ago, aMemory, aPerson, aSnapshot, headSha, now } from "../../support/builders.ts";

const minutesAgo = (minutes: number) => ago(minutes / 60);
const label = (over: Partial<Label>): Label => ({ name: "urgent", addedBy: aPerson("otto"), addedAt: ago(1), ...over });

it.each<{ name: string; over: Partial<Label>; event: string }>([
  { name: "whose event arrived", over: { headAtLabelling: headSha }, event: "seen" },
  { name: "of a description, where nobody watches events", over: {}, event: "seen" },
  {
    name: "put on just now, its event still to come",
    over: { headAtLabelling: null, addedAt: minutesAgo(1) },
    event: "late",
  },
  {
    name: "a moment before five minutes ago",
    over: { headAtLabelling: null, addedAt: minutesAgo(4.99) },
    event: "late",
  },
  {
    name: "five minutes ago, without an event",
    over: { headAtLabelling: null, addedAt: minutesAgo(5) },
    event: "missing",
  },
  { name: "without any time", over: { headAtLabelling: null, addedAt: null }, event: "missing" },
])("a label $name → $event", ({ over, event }) => {
  expect(labelEvent(label(over), now)).toBe(event);
});

describe("a label is on the head", () => {
  // The head was first seen nine hours ago.
  it.each<{ name: string; over: Partial<Label>; is: boolean }>([
    { name: "its event named this head", over: { headAtLabelling: headSha, addedAt: ago(10) }, is: true },
    { name: "its event named another head", over: { headAtLabelling: "c".repeat(40) }, is: false },
    { name: "put on after the head was there", over: { addedAt: ago(8.9) }, is: true },
    { name: "put on in the same moment", over: { addedAt: ago(9) }, is: false },
    { name: "put on before", over: { addedAt: ago(9.1) }, is: false },
    { name: "put on nobody knows when", over: { addedAt: null }, is: false },
  ])("$name → $is", ({ over, is }) => {
    expect(isLabelOnHead(label(over), { snapshot: aSnapshot(), memory: aMemory() })).toBe(is);
  });
});

import { describe, expect, it } from "vitest";
import { deeds, readDeed } from "../../../src/cli/demo/deeds.ts";
import { Person } from "../../../src/sandbox/drive/person.ts";

describe("what one can do in the demonstration", () => {
  it.each([
    { say: ["approve", "2"], call: { do: "approve", with: [2] } },
    { say: ["approve", "#2", "Reads", "well"], call: { do: "approve", with: [2, "Reads well"] } },
    { say: ["object", "2", "why?"], call: { do: "requestChanges", with: [2, "why?"] } },
    { say: ["describe", "3", "## Migration\\nNone"], call: { do: "edit", with: [3, { body: "## Migration\nNone" }] } },
    {
      say: ["open", "Hello", "docs/a.md", "Bonjour"],
      call: { do: "openPullRequest", with: [{ title: "Hello", files: { "docs/a.md": "Bonjour\n" } }] },
    },
    { say: ["push", "2", "a.md", "x"], call: { do: "pushTo", with: [2, { "a.md": "x\n" }, "Change a.md"] } },
  ])("$say", ({ say: [name = "", ...args], call }) => {
    expect(readDeed(name, args)).toEqual(call);
  });

  it.each([
    { say: ["dance", "2"], error: 'Nobody can "dance" here. There is: approve, object' },
    { say: ["constructor", "2"], error: 'Nobody can "constructor" here' },
    { say: ["approve"], error: "Say: demo act <login> approve <number>" },
    { say: ["approve", "two"], error: '"two" is not the number of a pull request.' },
    { say: ["push", "2", "a.md", "@no/such/file"], error: "no/such/file cannot be read: ENOENT." },
  ])("refuses $say", ({ say: [name = "", ...args], error }) => {
    expect(() => readDeed(name, args)).toThrow(error);
  });

  it.each(Object.entries(deeds))("%s is something that people on the simulated GitHub do", (_, deed) => {
    const { do: method } = deed.call(["1", "a", "b"]);
    expect(Person.prototype).toHaveProperty(method);
  });
});

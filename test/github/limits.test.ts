import { describe, expect, it } from "vitest";
import { Limits, type Toll } from "../../src/github/limits.ts";

const toll = (of: Partial<Toll> = {}): Toll => ({
  payer: 1,
  resource: "core",
  priority: "normal",
  isContent: false,
  route: "GET /thing",
  ...of,
});

function gate() {
  let open = () => {};
  const isOpen = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, isOpen };
}

/** How many of `count` requests are under way before any of them ends. */
async function underWay(limits: Limits, tolls: Toll[]): Promise<number> {
  const { open, isOpen } = gate();
  let started = 0;
  const all = tolls.map((one) =>
    limits.run(one, async () => {
      started += 1;
      await isOpen;
    }),
  );
  await new Promise((resolve) => setImmediate(resolve));
  const most = started;
  open();
  await Promise.all(all);
  expect(started).toBe(tolls.length);
  return most;
}

describe("requests under way at once", () => {
  const many = (count: number, of: Partial<Toll> = {}) => Array.from({ length: count }, () => toll(of));

  it.each([
    { name: "GitHub's hundred of one installation", tolls: many(250), most: 100 },
    { name: "one that people are told of", tolls: many(5, { isContent: true }), most: 1 },
    {
      name: "one of each installation that people are told of",
      tolls: [...many(2, { isContent: true }), ...many(2, { isContent: true, payer: 2 })],
      most: 2,
    },
    {
      name: "others beside one that people are told of",
      tolls: [...many(3, { isContent: true }), ...many(3)],
      most: 4,
    },
  ])("$name: $most", async ({ tolls, most }) => {
    expect(await underWay(new Limits(() => new Date(0)), tolls)).toBe(most);
  });

  it("make room when one of them fails", async () => {
    const limits = new Limits(() => new Date(0));
    const failing = () => limits.run(toll({ isContent: true }), async () => Promise.reject(new Error("no")));
    await expect(failing()).rejects.toThrow("no");
    await expect(failing()).rejects.toThrow("no");
    expect(await limits.run(toll({ isContent: true }), async () => "fine")).toBe("fine");
  });
});

import { expect, it } from "vitest";
import type { CloneMerge } from "../../../src/cli/backtest/clone-merge.ts";
import { replayHistory } from "../../../src/cli/backtest/replay-pool.ts";
import type { ReplayItem } from "../../../src/cli/backtest/replay-task.ts";

const program = new URL("../../support/odd-replayer.ts", import.meta.url);
const setup = {
  place: { directory: ".", env: {} },
  repository: { owner: "acme", name: "api", branch: "main" },
  policies: [],
};

function anItem(title: string, index: number): ReplayItem {
  const person = { account: null, name: "Maria", email: "" };
  const merge: CloneMerge = {
    id: `#${index}`,
    sha: String(index).padStart(40, "a"),
    parent: "",
    kind: "squash",
    title,
    body: "",
    author: person,
    headRef: null,
    isFork: false,
    mergedAt: new Date(0),
    position: index,
    commits: [],
  };
  return { merge, isReplayed: title !== "looked at", isWithoutTexts: false };
}

it("loses nothing to a change that its process dies of, hangs on or cannot read", async () => {
  const titles = [
    "one",
    "dies",
    "two",
    "hangs",
    "three",
    "never",
    "looked at",
    ...Array.from({ length: 50 }, (_, index) => `more ${index}`),
  ];
  const items = titles.map(anItem);
  let done = 0;
  const { outcomes, touched, failed } = await replayHistory(setup, items, {
    processes: 2,
    program,
    timeoutMs: 3_000,
    onDone: () => {
      done += 1;
    },
  });
  const titleOf = (title: string) => outcomes.get(items[titles.indexOf(title)]?.merge.sha ?? "")?.[0]?.title;
  expect(["one", "two", "three", "more 49"].map(titleOf)).toEqual(["one", "two", "three", "more 49"]);
  expect(titleOf("dies")).toBe("dies without texts");
  expect(titleOf("hangs")).toBe("hangs without texts");
  expect([...failed]).toEqual([[items[5]?.merge.sha, "no way"]]);
  expect(outcomes.size).toBe(titles.length - 2);
  expect(touched.size).toBe(titles.length - 1);
  expect(done).toBe(titles.length);
}, 120_000);

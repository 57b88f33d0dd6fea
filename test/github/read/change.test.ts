import { describe, expect, it } from "vitest";
import { mapFile } from "../../../src/github/read/change.ts";
import { aStage } from "../stage.ts";

const files = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`src/file-${String(i).padStart(4, "0")}.txt`, `${i}\n`]));

describe("readChange", () => {
  it("brings 20 files in one request, with the head they belong to", async () => {
    await using stage = await aStage();
    const pull = stage.sandbox.as("maria").openPullRequest({ title: "A", files: files(20) });
    const change = await stage.github.readChange(stage.subject(pull.number));
    expect(change.files).toHaveLength(20);
    expect(change.files[0]).toMatchObject({
      path: "src/file-0000.txt",
      status: "added",
      additions: 1,
      patch: "@@ -0,0 +1 @@\n+0",
    });
    expect(change).toMatchObject({ headSha: pull.head.sha, incomplete: [] });
    expect(stage.asked()).toHaveLength(1);
  });

  it.each([
    { count: 100, requests: 2 },
    { count: 199, requests: 2 },
    { count: 730, requests: 8 },
  ])("brings all of $count files in at most $requests requests", async ({ count, requests }) => {
    await using stage = await aStage();
    const { number } = stage.sandbox.as("maria").openPullRequest({ title: "A", files: files(count) });
    const change = await stage.github.readChange(stage.subject(number));
    expect(new Set(change.files.map(({ path }) => path)).size).toBe(count);
    expect(change.incomplete).toEqual([]);
    expect(stage.asked().length).toBeLessThanOrEqual(requests);
  });

  it("says so when there are as many as GitHub lists, since there may be more", async () => {
    await using stage = await aStage();
    const { number } = stage.sandbox.as("maria").openPullRequest({ title: "A", files: files(3001) });
    const change = await stage.github.readChange(stage.subject(number));
    expect(change.files).toHaveLength(3000);
    expect(change.incomplete).toEqual([{ what: "files", reason: "GitHub lists no more than 3000" }]);
  });

  it("fails whole when one page fails for good", async () => {
    await using stage = await aStage();
    const { number } = stage.sandbox.as("maria").openPullRequest({ title: "A", files: files(250) });
    const match = { path: /\/files$/ };
    stage.sandbox.faults.failNext(match, { kind: "answer", status: 502 }, 20);
    await expect(stage.github.readChange(stage.subject(number))).rejects.toMatchObject({ kind: "unavailable" });
  });

  it("shows a rename with both names", async () => {
    await using stage = await aStage();
    const { number } = stage.sandbox.as("maria").openPullRequest({
      title: "Move",
      commits: [{ message: "Move", files: { "src/list.ts": null, "lib/list.ts": "export const list = [];\n" } }],
    });
    const { files: changed } = await stage.github.readChange(stage.subject(number));
    expect(changed).toMatchObject([
      { path: "lib/list.ts", previousPath: "src/list.ts", status: "renamed", isBinary: false },
    ]);
  });
});

const raw = {
  sha: "1".repeat(40),
  filename: "a",
  status: "modified" as const,
  additions: 0,
  deletions: 0,
  changes: 0,
  blob_url: "",
  raw_url: "",
  contents_url: "",
};

describe("mapFile", () => {
  it.each([
    { name: "a changed file without lines is binary", of: {}, as: { isBinary: true, patch: null } },
    {
      name: "an added empty file is not binary",
      of: { status: "added" as const, sha: "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391" },
      as: { isBinary: false },
    },
    {
      name: "a pure rename is not binary",
      of: { status: "renamed" as const, previous_filename: "b" },
      as: { isBinary: false, previousPath: "b" },
    },
    {
      name: "a patch left out for its size is not binary",
      of: { changes: 9000, additions: 9000 },
      as: { isBinary: false, patch: null },
    },
    {
      name: "a removed file has its blob before",
      of: { status: "removed" as const, patch: "@@" },
      as: { baseSha: "1".repeat(40), headSha: null },
    },
    { name: "a changed file has its blob after", of: { patch: "@@" }, as: { baseSha: null, headSha: "1".repeat(40) } },
    { name: "a changed type is told", of: { status: "changed" as const }, as: { status: "type_changed" } },
    {
      name: "a submodule is told by its patch",
      of: {
        changes: 2,
        patch: `@@ -1 +1 @@\n-Subproject commit ${"a".repeat(40)}\n+Subproject commit ${"b".repeat(40)}`,
      },
      as: { mode: "160000" },
    },
  ])("$name", ({ of, as }) => {
    expect(mapFile({ ...raw, ...of })).toMatchObject(as);
  });
});

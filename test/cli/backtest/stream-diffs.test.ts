import { afterAll, expect, it } from "vitest";
import { openBlobs } from "../../../src/cli/backtest/blob-reader.ts";
import { streamDiffs } from "../../../src/cli/backtest/stream-diffs.ts";
import { readFiles } from "../../../src/cli/git/read-files.ts";
import { readRange } from "../../../src/cli/git/read-range.ts";
import { aGitRepository } from "../../support/git-repository.ts";

const repository = aGitRepository();
afterAll(() => repository.remove());
const { directory } = repository;
const place = { directory, env: process.env };

/** Everything that a diff can be, one commit each. */
const shas = [
  repository.commit({
    "a.ts": "const a = 1;\n",
    "b.ts": "one\ntwo\nthree\nfour\n",
    "run.sh": "#!/bin/sh\n",
    "dir name/ü.txt": "x\n",
  }),
  repository.commit({ "a.ts": "const a = 2;\n" }),
  repository.commit({ "b.ts": null, "moved/b.ts": "one\ntwo\nthree\nfour\nfive\n" }),
  repository.commit({}), // nothing changed
  repository.commit({ "run.sh": { executable: "#!/bin/sh\n" } }),
  repository.commit({ "bin.dat": Buffer.from([0, 1, 2, 3]), "a.ts": null }),
  repository.commit({ "run.sh": { link: "elsewhere" } }),
  repository.commit({ "dir name/ü.txt": "diff --git a/x b/x\n@@ -1 +1 @@\n+nothing\n" }),
  repository.commit({ "no-end.txt": "no line feed at the end" }),
];
const pairs = shas.slice(1).map((sha, index) => ({ sha, parent: shas[index] ?? "" }));

it("gives of each commit what a diff of its own would give", async () => {
  const streamed = [];
  for await (const one of streamDiffs(place, pairs)) streamed.push(one);
  expect(streamed.map(({ sha }) => sha)).toEqual(pairs.map(({ sha }) => sha));
  for (const { sha, parent } of pairs) {
    const range = await readRange(directory, process.env, parent, sha);
    expect(streamed.find((one) => one.sha === sha)?.files).toEqual(await readFiles(range));
  }
});

it("compares a merge with the commit of the branch that it was put on", async () => {
  repository.git("checkout", "--quiet", "-b", "side", "HEAD~1");
  repository.commit({ "side.ts": "side\n" });
  repository.git("checkout", "--quiet", "main");
  const parent = repository.commit({ "main.ts": "main\n" });
  repository.git("merge", "--quiet", "--no-ff", "-m", "Merge branch 'side'", "side");
  const sha = repository.git("rev-parse", "HEAD");
  for await (const { files } of streamDiffs(place, [{ sha, parent }])) {
    expect(files.map(({ path }) => path)).toEqual(["side.ts"]);
  }
});

it("fails by name where git does not know a commit", async () => {
  const read = async () => {
    for await (const _ of streamDiffs(place, [{ sha: "f".repeat(40), parent: shas[0] ?? "" }]));
  };
  await expect(read()).rejects.toThrow("git gave no diff of ffffffffff");
});

it("reads the texts of any commit by one process, in whatever order they come", async () => {
  const blobs = openBlobs(place);
  const [first = "", second = ""] = shas;
  const [old, later] = await Promise.all([
    blobs.read(first, ["a.ts", "gone.ts", "dir name/ü.txt", "dir name", "odd\nname"]),
    blobs.read(second, ["a.ts"]),
  ]);
  expect([...old]).toEqual([
    ["a.ts", "const a = 1;\n"],
    ["gone.ts", null],
    ["dir name/ü.txt", "x\n"],
  ]);
  expect(later.get("a.ts")).toBe("const a = 2;\n");
  blobs.close();
});

it("leaves out binary and over-large files, and reads on after them", async () => {
  const sha = repository.commit({ "large.txt": "x".repeat(3 * 1024 * 1024), "after.txt": "after\n", "empty.txt": "" });
  const blobs = openBlobs(place);
  const texts = await blobs.read(sha, ["bin.dat", "large.txt", "empty.txt", "after.txt"]);
  expect([...texts]).toEqual([
    ["empty.txt", ""],
    ["after.txt", "after\n"],
  ]);
  blobs.close();
});

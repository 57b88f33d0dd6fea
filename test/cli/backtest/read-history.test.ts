import { afterAll, expect, it } from "vitest";
import { type HistoryOptions, readHistory } from "../../../src/cli/backtest/read-history.ts";
import { gitIn } from "../../../src/cli/git/run-git.ts";
import { aGitRepository } from "../../support/git-repository.ts";

const repository = aGitRepository();
afterAll(() => repository.remove());
const { commit, git, directory } = repository;
git("remote", "add", "origin", "git@github.com:acme/api.git");

commit({ "a.txt": "a\n" }, "begin");
commit({ "a.txt": "b\n" }, "feat: one (#1)");
commit({ "b.txt": "pushed\n" }, "pushed");
git("checkout", "--quiet", "-b", "side");
commit({ "c.txt": "1\n" }, "first of two");
commit({ "c.txt": "2\n" }, "second of two");
git("checkout", "--quiet", "main");
commit({ "a.txt": "c\n" }, "chore(deps): bump a (#2)");
git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #3 from Stranger/side\n\nAdd c", "side");
git("checkout", "--quiet", "-b", "own");
commit({ "d.txt": "1\n" }, "add d");
git("checkout", "--quiet", "main");
git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #4 from acme/own\n\nAdd d", "own");
commit({ "a.txt": "d\n" }, "feat: one again (#1)");

const read = (options: Partial<HistoryOptions> = {}) =>
  readHistory(
    gitIn(directory, process.env),
    { directory, env: process.env },
    { last: 100, withCommits: false, withoutBots: false, ...options },
  );
const idsOf = async (options: Partial<HistoryOptions> = {}) => (await read(options)).merges.map(({ id }) => id);

it("reads what was merged, oldest first, and keeps the rest for what became of it", async () => {
  const history = await read();
  expect(history.repository).toEqual({ owner: "acme", name: "api", branch: "main" });
  const sha = expect.stringMatching(/^[0-9a-f]{10}$/);
  expect(history.merges.map(({ id, kind, title }) => [id, kind, title])).toEqual([
    [sha, "squash", "feat: one"], // its number came again later
    ["#2", "squash", "chore(deps): bump a"],
    ["#3", "merge", "Add c"],
    ["#4", "merge", "Add d"],
    ["#1", "squash", "feat: one again"],
  ]);
  expect(history.others.map(({ title }) => title)).toEqual(["pushed"]);
  expect(history.skipped).toBe(1);
});

it("gives a merge the commits that it brought, and a squashed change its one", async () => {
  const { merges } = await read();
  expect(merges.map(({ commits }) => commits.map(({ message }) => message.split("\n")[0]))).toEqual([
    ["feat: one (#1)"],
    ["chore(deps): bump a (#2)"],
    ["first of two", "second of two"],
    ["add d"],
    ["feat: one again (#1)"],
  ]);
});

it("takes a branch of somebody else's for a fork's", async () => {
  const { merges } = await read();
  expect(merges.filter(({ isFork }) => isFork).map(({ id }) => id)).toEqual(["#3"]);
  expect(merges.find(({ id }) => id === "#4")?.headRef).toBe("own");
});

it("reads the newest only, up to a commit, within a time, with every commit", async () => {
  expect(await idsOf({ last: 2 })).toEqual(["#4", "#1"]);
  expect(await idsOf({ branch: "HEAD~2" })).toEqual(["#1", "#2", "#3"]);
  expect(await idsOf({ since: new Date("2020-01-01") })).toHaveLength(5);
  expect(await idsOf({ withCommits: true })).toHaveLength(6);
  await expect(read({ until: new Date("2020-01-01") })).rejects.toThrow("Nothing was merged into main in that time");
  await expect(read({ since: new Date("2100-01-01") })).rejects.toThrow("Nothing was merged into main in that time");
});

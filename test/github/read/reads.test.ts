import { describe, expect, it } from "vitest";
import { aStage, policyText } from "../stage.ts";

describe("readContents", () => {
  it("brings both sides of many files in one request", async () => {
    await using stage = await aStage();
    const pull = stage.sandbox.as("maria").openPullRequest({
      title: "A",
      commits: [
        {
          message: "A",
          files: {
            "src/list.ts": "export const list = [1];\n",
            "new.ts": "1\n",
            "README.md": null,
            "logo.png": Buffer.from([137, 0, 1, 255]),
          },
        },
      ],
    });
    const shas = { base: pull.base.sha, head: pull.head.sha };
    const paths = ["src/list.ts", "new.ts", "README.md", "logo.png", "src", "nowhere.ts", 'odd "name" $e0.ts'];
    const { base, head } = await stage.github.readContents(stage.subject(pull.number), shas, paths);
    expect(Object.fromEntries(base)).toEqual({
      "src/list.ts": "export const list = [];\n",
      "new.ts": null,
      "README.md": "# api\n",
      "logo.png": null,
      "nowhere.ts": null,
      'odd "name" $e0.ts': null,
    });
    expect(Object.fromEntries(head)).toEqual({
      "src/list.ts": "export const list = [1];\n",
      "new.ts": "1\n",
      "README.md": null,
      "nowhere.ts": null,
      'odd "name" $e0.ts': null,
    });
    expect(stage.asked()).toEqual(["POST /graphql Contents"]);
  });

  it("does not take a commit GitHub lacks for an empty one", async () => {
    await using stage = await aStage();
    const pull = stage.sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
    const shas = { base: pull.base.sha, head: "0".repeat(40) };
    await expect(stage.github.readContents(stage.subject(pull.number), shas, ["a.txt"])).rejects.toMatchObject({
      kind: "not_found",
    });
  });

  it("reads a text that GraphQL cuts from REST, and leaves out what is over a mebibyte", async () => {
    await using stage = await aStage();
    const long = "x".repeat(600 * 1024);
    const tooLong = "x".repeat(1024 * 1024 + 1);
    const pull = stage.sandbox
      .as("maria")
      .openPullRequest({ title: "A", files: { "long.txt": long, "too-long.txt": tooLong } });
    const shas = { base: pull.base.sha, head: pull.head.sha };
    const { head } = await stage.github.readContents(stage.subject(pull.number), shas, ["long.txt", "too-long.txt"]);
    expect(head.get("long.txt") === long).toBe(true);
    expect(head.has("too-long.txt")).toBe(false);
  });
});

describe("readPolicyFile", () => {
  it.each([
    {
      name: "at the default branch",
      file: { path: ".github/checkpoints.yml", ref: null },
      as: { kind: "read", value: { text: policyText } },
    },
    { name: "at a branch", file: { path: ".github/checkpoints.yml", ref: "main" }, as: { kind: "read" } },
    { name: "of another path", file: { path: "nowhere.yml", ref: null }, as: { kind: "missing" } },
    { name: "at a ref nobody has", file: { path: ".github/checkpoints.yml", ref: "v9" }, as: { kind: "missing" } },
    { name: "that is a folder", file: { path: "src", ref: null }, as: { kind: "unreadable" } },
    {
      name: "of a repository nobody has",
      file: { name: "nothing", path: "a.yml", ref: null },
      as: { kind: "missing" },
    },
  ])("a file $name is $as.kind", async ({ file, as }) => {
    await using stage = await aStage();
    const read = await stage.github.readPolicyFile(stage.subject(1), { owner: "acme", name: "api", ...file });
    expect(read).toMatchObject(as);
  });
});

describe("readGuard", () => {
  it("agrees with the reading until something moves", async () => {
    await using stage = await aStage();
    const { sandbox, github } = stage;
    const { number } = sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
    const subject = stage.subject(number);
    const reading = await github.readPullRequest(subject, { teams: [], organizations: [] });
    if (reading === "gone") throw new Error("gone");
    const before = await github.readGuard(subject);
    expect(before).toEqual({
      headSha: reading.snapshot.head.sha,
      baseRef: "main",
      baseSha: reading.snapshot.base.sha,
      isDraft: false,
      state: "open",
      labels: [],
      policyBlobs: {
        repository: reading.policies.repository.kind === "read" && reading.policies.repository.value.blobSha,
        organization: null,
      },
    });
    sandbox.as("olga").push("main", { ".github/checkpoints.yml": "mode: observe\n" }, "Loosen");
    const after = await github.readGuard(subject);
    expect(after.baseSha).not.toBe(before.baseSha);
    expect(after.policyBlobs.repository).not.toBe(before.policyBlobs.repository);
  });
});

describe("readMergeBase", () => {
  it("is where the branch left, however far the base went on", async () => {
    await using stage = await aStage();
    const { sandbox, github } = stage;
    const pull = sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
    const left = pull.base.sha;
    const base = sandbox.as("olga").push("main", { "b.txt": "b\n" }, "Go on");
    expect(await github.readMergeBase(stage.subject(pull.number), { base, head: pull.head.sha })).toBe(left);
    const reading = await github.readPullRequest(stage.subject(pull.number), { teams: [], organizations: [] });
    expect(reading).toMatchObject({ mergeBaseSha: left, snapshot: { base: { sha: base } } });
  });
});

describe("lists of pull requests", () => {
  it("of a repository or of one of its branches", async () => {
    await using stage = await aStage();
    const { sandbox, github } = stage;
    sandbox.as("olga").push("next", { "n.txt": "n\n" }, "Next");
    const numbers = [1, 2].map(
      (i) => sandbox.as("maria").openPullRequest({ title: `A${i}`, files: { [`a${i}`]: "" } }).number,
    );
    const next = sandbox.as("maria").openPullRequest({ title: "N", base: "next", files: { n: "" } }).number;
    const listed = async (baseRef: string | null) =>
      (await github.listOpenPullRequests({ kind: "repository", ...stage.in, baseRef }))
        .map(({ number }) => number)
        .sort();
    expect(await listed(null)).toEqual([...numbers, next].sort());
    expect(await listed("next")).toEqual([next]);
    expect(await listed("nowhere")).toEqual([]);
  });

  it("of a commit are those whose head it is", async () => {
    await using stage = await aStage();
    const { sandbox, github } = stage;
    const pull = sandbox.as("maria").openPullRequest({ title: "A", files: { a: "" } });
    const before = pull.head.sha;
    const after = sandbox.as("maria").pushTo(pull.number, { b: "" }, "More");
    const listed = async (sha: string) =>
      (await github.listPullRequestsOfCommit({ kind: "commit", ...stage.in, sha })).map(({ number }) => number);
    expect(await listed(after)).toEqual([pull.number]);
    expect(await listed(before)).toEqual([]);
    expect(await listed("0".repeat(40))).toEqual([]);
  });

  it("of a merge group are all that it contains", async () => {
    await using stage = await aStage();
    const { sandbox, github, api } = stage;
    const numbers = [1, 2].map(
      (i) => sandbox.as("maria").openPullRequest({ title: `A${i}`, files: { [`a${i}`]: "" } }).number,
    );
    const group = sandbox.queue(api, numbers, "olga");
    const subject = { kind: "merge_group" as const, ...stage.in, headSha: group.headSha, baseRef: "main" };
    const read = await github.listPullRequestsOfMergeGroup(subject);
    expect(read.kind === "read" && read.value.map(({ number }) => number).sort()).toEqual(numbers);
    expect(await github.listPullRequestsOfMergeGroup({ ...subject, headSha: "0".repeat(40) })).toMatchObject({
      kind: "unreadable",
    });
  });
});

describe("a merge group that the queue does not show", () => {
  it.each([
    { name: "is told by its commits", group: (stage: Stage) => stage.group, as: [1, 2] },
    {
      name: "is not told where a commit is in no open pull request",
      group: (stage: Stage) => stage.stray,
      as: "unreadable",
    },
    {
      name: "is not told where it holds nothing",
      group: (stage: Stage) => stage.api.refs.get("refs/heads/main") ?? "",
      as: "unreadable",
    },
  ])("$name", async ({ group, as }) => {
    await using stage = await aStageWithGroup();
    const body = { data: { repository: { databaseId: stage.api.id, mergeQueue: null } } };
    stage.sandbox.faults.failNext({ graphql: "MergeQueue" }, { kind: "answer", status: 200, body });
    const subject = { kind: "merge_group" as const, ...stage.in, headSha: group(stage), baseRef: "main" };
    const read = await stage.github.listPullRequestsOfMergeGroup(subject);
    expect(read.kind === "read" ? read.value.map(({ number }) => number).sort() : read.kind).toEqual(as);
  });
});

type Stage = Awaited<ReturnType<typeof aStageWithGroup>>;

async function aStageWithGroup() {
  const stage = await aStage();
  const { sandbox, api } = stage;
  const numbers = [1, 2].map(
    (i) => sandbox.as("maria").openPullRequest({ title: `A${i}`, files: { [`a${i}`]: "" } }).number,
  );
  const group = sandbox.queue(api, numbers, "olga").headSha;
  const stray = sandbox.as("olga").push("stray", { stray: "" }, "Stray");
  return Object.assign(stage, { group, stray });
}

describe("repositories", () => {
  it("are read with their custom properties, and listed for an installation", async () => {
    await using stage = await aStage();
    expect(await stage.github.readRepository(stage.in)).toMatchObject({
      id: stage.api.id,
      owner: "acme",
      name: "api",
      defaultBranch: "main",
    });
    expect(await stage.github.readRepository({ ...stage.in, name: "nothing" })).toBe("gone");
    for (let i = 0; i < 105; i += 1) stage.sandbox.createRepository(stage.acme, `more-${i}`);
    const listed = await stage.github.listRepositories(stage.installation.id);
    expect(listed).toHaveLength(106);
    expect(listed).toContainEqual({ repositoryId: stage.api.id, owner: "acme", name: "api" });
  });
});

describe("deliveries", () => {
  it("that nobody took are listed once and can be sent again", async () => {
    await using stage = await aStage();
    stage.sandbox.as("maria").openPullRequest({ title: "A", files: { a: "" } });
    await stage.sandbox.webhooks.flush(); // nobody listens at the hook's address
    const failed = await stage.github.listFailedDeliveries(new Date(0));
    expect(failed.length).toBeGreaterThan(0);
    expect(new Set(failed.map(({ guid }) => guid)).size).toBe(failed.length);
    await stage.github.redeliver(failed[0]!.id);
    await stage.sandbox.webhooks.flush();
    const again = await stage.github.listFailedDeliveries(new Date(0));
    expect(again.map(({ guid }) => guid).sort()).toEqual(failed.map(({ guid }) => guid).sort());
    expect(again.find(({ guid }) => guid === failed[0]!.guid)?.id).not.toBe(failed[0]!.id);
    expect(await stage.github.listFailedDeliveries(new Date(Date.now() + 1000))).toEqual([]);
  });
});

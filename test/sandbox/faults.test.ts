import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aStage } from "./stage.ts";

type Stage = Awaited<ReturnType<typeof aStage>>;
let stage: Stage;

beforeAll(async () => {
  stage = await aStage({ hasControl: true });
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
});

function ask(path: string, signal?: AbortSignal): Promise<Response> {
  const headers = { authorization: `token ${stage.token}` };
  return fetch(`${stage.github.url}${path}`, { headers, ...(signal === undefined ? {} : { signal }) });
}

describe("a fault", () => {
  it("meets as many matching requests as asked, then no more", async () => {
    stage.github.faults.failNext({ path: /\/labels$/ }, { kind: "answer", status: 502 }, 2);
    const statuses = [];
    for (const path of ["/repos/acme/api", ...Array(3).fill("/repos/acme/api/labels")])
      statuses.push((await ask(path)).status);
    expect(statuses).toEqual([200, 502, 502, 200]);
  });

  it("may be the primary or the secondary limit, with GitHub's headers", async () => {
    stage.github.faults.limitNext({}, 60);
    const primary = await ask("/repos/acme/api");
    expect([primary.status, primary.headers.get("x-ratelimit-remaining")]).toEqual([403, "0"]);
    stage.github.faults.slowDownNext({}, 7);
    const secondary = await ask("/repos/acme/api");
    expect([secondary.status, secondary.headers.get("retry-after")]).toEqual([429, "7"]);
  });

  it("may cut the body short", async () => {
    stage.github.faults.failNext({}, { kind: "truncate" });
    await expect(ask("/repos/acme/api").then((answer) => answer.json())).rejects.toThrow();
  });

  it("may break the line", async () => {
    stage.github.faults.failNext({}, { kind: "reset" });
    await expect(ask("/repos/acme/api")).rejects.toThrow("fetch failed");
  });

  it("may say nothing at all", async () => {
    stage.github.requests.clear();
    stage.github.faults.failNext({}, { kind: "hang" });
    const controller = new AbortController();
    const asked = ask("/repos/acme/api", controller.signal);
    await stage.github.waitFor(() => (stage.github.requests.entries.at(-1)?.status === 0 ? true : undefined));
    controller.abort();
    await expect(asked).rejects.toThrow("abort");
  });

  it("may lose the answer of work that was done", async () => {
    const { number } = stage.github.as("maria").openPullRequest({ title: "Lost", files: { "lost.txt": "l\n" } });
    stage.github.faults.failNext({ method: "POST" }, { kind: "lose_answer" });
    const body = JSON.stringify({ body: "Hello" });
    const headers = { authorization: `token ${stage.token}`, "content-type": "application/json" };
    const url = `${stage.github.url}/repos/acme/api/issues/${number}/comments`;
    await expect(fetch(url, { method: "POST", headers, body })).rejects.toThrow("fetch failed");
    expect(stage.github.as("maria").issue(number).comments.length).toBe(1);
  });

  it("may be chosen by the name of a GraphQL operation", async () => {
    stage.github.faults.failNext(
      { graphql: "Second" },
      { kind: "answer", status: 200, body: { errors: [{ message: "no" }] } },
    );
    expect((await stage.graphql("query First { viewer { login } }")).errors).toBeUndefined();
    expect((await stage.graphql("query Second { viewer { login } }")).errors).toEqual([{ message: "no" }]);
  });
});

describe("stale reads", () => {
  it("show the head from before the push for a while, in REST and GraphQL", async () => {
    const { github, octokit, at } = stage;
    const pull = github.as("maria").openPullRequest({ title: "Stale", files: { "stale.txt": "1\n" } });
    const before = pull.head.sha;
    const after = github.as("maria").pushTo(pull.number, { "stale.txt": "2\n" }, "More");
    github.faults.staleHead(pull, 2);
    const read = async () => (await octokit.rest.pulls.get({ ...at, pull_number: pull.number })).data.head.sha;
    const query = `{ repository(owner: "acme", name: "api") { pullRequest(number: ${pull.number}) { headRefOid } } }`;
    expect((await stage.graphql(query)).data.repository.pullRequest.headRefOid).toBe(before);
    expect([await read(), await read()]).toEqual([before, after]);
  });
});

describe("the allowance", () => {
  it("ends in GitHub's 403", async () => {
    await using own = await aStage({ rateLimit: 3 });
    const answers = [];
    for (let index = 0; index < 4; index += 1) {
      answers.push(
        await fetch(`${own.github.url}/repos/acme/api`, { headers: { authorization: `token ${own.token}` } }),
      );
    }
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 403]);
    expect(answers.map(({ headers }) => headers.get("x-ratelimit-remaining"))).toEqual(["2", "1", "0", "0"]);
  });
});

describe("the record", () => {
  it("counts requests by route and by GraphQL operation", async () => {
    stage.github.requests.clear();
    await ask("/repos/acme/api");
    await ask("/repos/acme/api");
    await ask("/nowhere");
    await stage.graphql("query Who { viewer { login } }");
    expect(stage.github.requests.counts()).toEqual({
      "GET /repos/{owner}/{repo}": 2,
      "GET /nowhere": 1,
      "graphql Who": 1,
    });
  });
});

describe("control over HTTP", () => {
  const post = (path: string, body: unknown) =>
    fetch(`${stage.github.url}/__sandbox${path}`, { method: "POST", body: JSON.stringify(body) });

  it("acts as a person", async () => {
    const opened = await post("/act", {
      as: "maria",
      do: "openPullRequest",
      with: [{ title: "Far", files: { "far.txt": "f\n" } }],
    });
    const { result } = (await opened.json()) as { result: { number: number } };
    expect((await post("/act", { as: "bob", do: "approve", with: [result.number] })).status).toBe(200);
    expect((await post("/act", { as: "maria", do: "approve", with: [result.number] })).status).toBe(422);
    expect(stage.github.as("bob").pull(result.number).reviews.length).toBe(1);
  });

  it("is not served unless asked for", async () => {
    await using own = await aStage();
    expect((await fetch(`${own.github.url}/__sandbox/violations`)).status).toBe(404);
  });
});

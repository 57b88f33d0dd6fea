import { describe, expect, it } from "vitest";
import { aDraft, annotationsNumbered, aStage } from "../stage.ts";

const create = "POST /repos/{owner}/{repo}/check-runs";
const update = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
const listAnnotations = "GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations";

async function aStageWithPullRequest() {
  const stage = await aStage();
  const pull = stage.sandbox.as("maria").openPullRequest({ title: "A", files: { "a.txt": "a\n" } });
  const runs = () => stage.sandbox.checksOf(stage.api, pull.number);
  return Object.assign(stage, { runs, draft: (of = {}) => aDraft({ headSha: pull.head.sha, ...of }) });
}

describe("writeCheck", () => {
  it("creates a run with all that its author is to see, in one request", async () => {
    await using stage = await aStageWithPullRequest();
    const actions = [{ label: "Recheck", description: "Look again", identifier: "recheck" }];
    const draft = stage.draft({
      text: "More.",
      actions,
      annotations: annotationsNumbered(2),
      detailsUrl: "https://holdpoint.test/r",
    });
    const id = await stage.github.writeCheck(stage.in, null, draft);
    expect(stage.runs()).toMatchObject([
      {
        id,
        name: "holdpoint: main",
        externalId: "1/1/main",
        status: "completed",
        conclusion: "failure",
        detailsUrl: "https://holdpoint.test/r",
        output: { title: "Held", summary: "It waits for a peer.", text: "More." },
        actions,
      },
    ]);
    expect(stage.runs()[0]?.annotations).toHaveLength(2);
    expect(stage.asked()).toEqual([create]);
    expect(stage.sandbox.violations).toEqual([]);
  });

  it("updates the run it is given, also back to what is under way", async () => {
    await using stage = await aStageWithPullRequest();
    const id = await stage.github.writeCheck(stage.in, null, stage.draft({ text: "More." }));
    expect(await stage.github.writeCheck(stage.in, id, stage.draft({ conclusion: "success", title: "Open" }))).toBe(id);
    expect(stage.runs()).toMatchObject([{ id, conclusion: "success", output: { title: "Open", text: "" } }]);
    await stage.github.writeCheck(stage.in, id, stage.draft({ status: "in_progress", conclusion: null }));
    expect(stage.runs()).toMatchObject([{ id, status: "in_progress", conclusion: null }]);
    expect(stage.asked()).toEqual([create, update, update]);
  });

  it.each([
    { count: 50, requests: [create] },
    { count: 51, requests: [create, update] },
    { count: 130, requests: [create, update, update] },
  ])("writes $count annotations in batches of fifty", async ({ count, requests }) => {
    await using stage = await aStageWithPullRequest();
    await stage.github.writeCheck(stage.in, null, stage.draft({ annotations: annotationsNumbered(count) }));
    expect(stage.runs()[0]?.annotations).toHaveLength(count);
    expect(stage.asked()).toEqual(requests);
  });

  it("does not write an annotation twice, since GitHub only adds them", async () => {
    await using stage = await aStageWithPullRequest();
    const id = await stage.github.writeCheck(stage.in, null, stage.draft({ annotations: annotationsNumbered(3) }));
    await stage.github.writeCheck(
      stage.in,
      id,
      stage.draft({ title: "Still held", annotations: annotationsNumbered(4) }),
    );
    expect(stage.runs()[0]?.annotations.map(({ title }) => title)).toEqual([
      "Finding 1",
      "Finding 2",
      "Finding 3",
      "Finding 4",
    ]);
    expect(stage.asked()).toEqual([create, update]);
  });

  it("looks up the annotations of a run that another process wrote", async () => {
    await using stage = await aStageWithPullRequest();
    const id = await stage.github.writeCheck(stage.in, null, stage.draft({ annotations: annotationsNumbered(3) }));
    const other = stage.anotherProcess();
    await other.writeCheck(stage.in, id, stage.draft({ annotations: annotationsNumbered(4) }));
    await other.writeCheck(stage.in, id, stage.draft({ annotations: annotationsNumbered(4) }));
    expect(stage.runs()[0]?.annotations).toHaveLength(4);
    expect(stage.asked()).toEqual([create, listAnnotations, update, update]);
  });

  it("creates anew a run that is gone", async () => {
    await using stage = await aStageWithPullRequest();
    const id = await stage.github.writeCheck(stage.in, 999_999, stage.draft());
    expect(stage.runs()).toMatchObject([{ id }]);
    expect(stage.asked()).toEqual([update, create]);
  });

  it.each([{ kind: "lose_answer" as const }, { kind: "reset" as const }, { kind: "truncate" as const }])(
    "makes no twin when the answer to the first is lost: $kind",
    async (fault) => {
      await using stage = await aStageWithPullRequest();
      stage.sandbox.faults.failNext({ method: "POST", path: /check-runs$/ }, fault);
      const id = await stage.github.writeCheck(stage.in, null, stage.draft({ annotations: annotationsNumbered(2) }));
      expect(stage.api.checkRuns.filter(({ name }) => name === "holdpoint: main")).toMatchObject([{ id }]);
      expect(stage.runs()[0]?.annotations).toHaveLength(2);
    },
  );

  it("writes no annotation twice when the answer to an update is lost", async () => {
    await using stage = await aStageWithPullRequest();
    const id = await stage.github.writeCheck(stage.in, null, stage.draft());
    stage.sandbox.faults.failNext({ method: "PATCH" }, { kind: "lose_answer" });
    await stage.github.writeCheck(stage.in, id, stage.draft({ annotations: annotationsNumbered(2) }));
    expect(stage.runs()[0]?.annotations).toHaveLength(2);
  });

  it("keeps the conclusion when GitHub refuses what stands around it", async () => {
    await using stage = await aStageWithPullRequest();
    const draft = stage.draft({ text: "x".repeat(70_000), annotations: annotationsNumbered(60) });
    const id = await stage.github.writeCheck(stage.in, null, draft);
    expect(stage.runs()).toMatchObject([{ id, conclusion: "failure", output: { title: "Held", text: "" } }]);
  });

  it("fails for a commit that GitHub does not have", async () => {
    await using stage = await aStageWithPullRequest();
    const writing = stage.github.writeCheck(stage.in, null, stage.draft({ headSha: "0".repeat(40) }));
    await expect(writing).rejects.toMatchObject({ status: 422 });
    expect(stage.asked()).toEqual([create]);
  });

  it.each([
    { conclusion: "failure" as const, sent: true },
    { conclusion: "success" as const, sent: false },
    { conclusion: "neutral" as const, sent: false },
  ])("with the last of the budget, a $conclusion is sent: $sent", async ({ conclusion, sent }) => {
    await using stage = await aStageWithPullRequest();
    const reset = String(Math.floor(Date.now() / 1000) + 600);
    const headers = {
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": "900",
      "x-ratelimit-reset": reset,
      "x-ratelimit-resource": "core",
    };
    stage.sandbox.faults.failNext(
      { path: "/repos/acme/api" },
      { kind: "answer", status: 404, body: { message: "Not Found" }, headers },
    );
    await stage.github.readRepository(stage.in);
    stage.asked();
    const writing = stage.github
      .writeCheck(stage.in, null, stage.draft({ conclusion }))
      .catch((error: unknown) => error);
    expect(await writing).toEqual(sent ? expect.any(Number) : expect.objectContaining({ kind: "rate_limited" }));
    expect(stage.asked()).toEqual(sent ? [create] : []);
  });
});

/** GitHub failing, lagging or listing less than there is: nothing of it opens the gate. */

import { describe, expect, it } from "vitest";
import { setStage, simplePolicy } from "../support/holdpoint.ts";

const files = { "src/list.ts": "export const list = [1];\n" };

it("a few bad answers are only a delay", async () => {
  const { github, checkOf, settle } = await setStage();
  github.faults.failNext({ graphql: "PullRequest" }, { kind: "answer", status: 502 }, 2);
  const { number } = github.as("maria").openPullRequest({ title: "Sort", files });
  await settle();
  expect(checkOf(number)).toMatchObject({ status: "in_progress" });
});

it("an answer cut in the middle is not the end of a list", async () => {
  const { github, checkOf, settle } = await setStage();
  github.faults.failNext({ path: /\/pulls\/\d+\/files$/ }, { kind: "truncate" });
  const { number } = github.as("maria").openPullRequest({ title: "Docs", files: { "README.md": "# New\n" } });
  await settle();
  expect(checkOf(number)).toMatchObject({ status: "completed", conclusion: "success" });
});

it("a write whose answer was lost leaves one check", async () => {
  const { github, api, checkOf, settle } = await setStage();
  github.faults.failNext({ method: "POST", path: /\/check-runs$/ }, { kind: "lose_answer" });
  const { number } = github.as("maria").openPullRequest({ title: "Sort", files });
  await github.waitFor(() => api.checkRuns.find(({ name }) => name.startsWith("holdpoint")));
  await settle();
  expect(checkOf(number)).toMatchObject({ status: "in_progress" });
});

it("a green check goes red when what happened since cannot be read", async () => {
  const { github, checkOf, settle, database } = await setStage();
  const { number } = github.as("maria").openPullRequest({ title: "Sort", files });
  github.as("bob").approve(number);
  await settle();
  expect(checkOf(number)).toMatchObject({ conclusion: "success" });

  github.faults.failNext({ graphql: "PullRequest" }, { kind: "answer", status: 422, body: { message: "no" } }, 1_000);
  github.as("sam").requestChanges(number, "No");
  // The retries' waits are over at once: only how often it failed is of interest here.
  const hurry = setInterval(() => void database.query("update jobs set due_at = now() where due_at > now()"), 20);
  await github.waitFor(() => (checkOf(number).conclusion === "failure" ? true : undefined));
  clearInterval(hurry);
  github.faults.clear();
  github.as("maria").comment(number, "And now?");
  await settle();
  expect(checkOf(number).output.summary).toContain("@sam");
});

it("a push that GitHub does not show yet is waited for", async () => {
  const { github, checkOf, settle } = await setStage();
  const { number } = github.as("maria").openPullRequest({ title: "Sort", files });
  github.as("bob").approve(number);
  await settle();
  github.webhooks.hold();
  github.as("maria").pushTo(number, { "src/list.ts": "export const list = [2];\n" }, "More");
  github.faults.staleHead(github.as("maria").pull(number), 2);
  github.webhooks.release();
  await github.waitFor(() =>
    github.checksOf(github.repository("acme/api"), number).find(({ name }) => name === "holdpoint: main"),
  );
  await settle();
  expect(checkOf(number)).toMatchObject({ status: "in_progress", conclusion: null });
});

it("a policy that is replaced between the reading and the write discards the success", async () => {
  const lax = simplePolicy.replace("approvals: 1", "approvals: 0");
  const { github, api, app, checkOf, settle } = await setStage({ policy: lax });
  github.webhooks.mishapNext({ event: "push" }, { kind: "drop" }, 10);
  const { number } = github.as("maria").openPullRequest({ title: "Sort", files });
  await github.waitFor(() => github.requests.entries.find(({ graphql }) => graphql === "Contents"));
  github.as("olga").push("main", { ".github/checkpoints.yml": simplePolicy }, "Stricter");
  await settle();

  expect(checkOf(number)).toMatchObject({ status: "in_progress", conclusion: null });
  // One write in all: no green stood there for even a moment.
  const writes = github.requests.entries.filter(({ method, path }) => method !== "GET" && path.includes("/check-runs"));
  expect(writes).toHaveLength(1);
  expect(api.checkRuns.filter(({ name }) => name.startsWith("holdpoint"))).toHaveLength(1);
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  expect(metrics).toMatch(/^holdpoint_publish_discarded_total\{why="(base|policy)_moved"\} 1$/m);
});

describe("beyond what GitHub lists", () => {
  it("more than 3,000 files hold the gate, however many approve", async () => {
    const { github, checkOf, settle } = await setStage();
    const many = Object.fromEntries(Array.from({ length: 3_050 }, (_, i) => [`docs/page-${i}.md`, `page ${i}\n`]));
    const { number } = github.as("maria").openPullRequest({ title: "Docs", files: many });
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject({ status: "completed", conclusion: "failure" });
    expect(checkOf(number).output.summary).toContain("3000");
  });

  it("more than 250 commits hold the gate, however many approve", async () => {
    const { github, checkOf, settle } = await setStage();
    const commits = Array.from({ length: 260 }, (_, i) => ({ message: `Step ${i}`, files: { "docs/a.md": `${i}\n` } }));
    const { number } = github.as("maria").openPullRequest({ title: "Docs", commits });
    github.as("bob").approve(number);
    await settle();
    expect(checkOf(number)).toMatchObject({ status: "completed", conclusion: "failure" });
    expect(checkOf(number).output.summary).toContain("250");
  });
});

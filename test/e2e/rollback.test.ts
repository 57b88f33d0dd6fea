/** Taking an environment back: who is asked when, and what becomes of each answer. */

import { expect, it } from "vitest";
import { type Deploying, deploying } from "../support/deploying.ts";

const approve = "/holdpoint deploy approve production";
const why = "orders are being lost since the deployment";

/** Two releases to production, of which the second failed. */
async function afterFailure(): Promise<Deploying & { good: string; bad: string }> {
  const stage = await deploying();
  const { github, merge, request, say, settle } = stage;
  const { sha: good } = await merge("Good");
  const first = await request();
  await say("lena", approve);
  github.finishDeployment(first, "success");
  await settle();
  const { sha: bad } = await merge("Bad");
  const second = await request();
  await say("lena", approve);
  github.finishDeployment(second, "failure");
  await settle();
  return Object.assign(stage, { good, bad });
}

it("a failed deployment opens the question, which names what ran well", async () => {
  const { issue, good, bad, ledger } = await afterFailure();
  expect(issue()).toMatchObject({ state: "open", title: "Take production back?" });
  expect(issue().body).toContain(good.slice(0, 7));
  expect(issue().body).toContain(bad.slice(0, 7));
  expect((await ledger()).at(-1)).toBe("rollback_asked");
});

it("until it is answered, nothing goes forward; decided to proceed, going back needs no further approval", async () => {
  const { github, merge, request, issues, answerTo, settle, good, say, answers, ledger } = await afterFailure();
  await merge("Third");
  const [question] = issues().filter(({ title }) => title.startsWith("Take"));
  const forward = await request();
  expect(issues().at(-1)?.body).toContain("It is being decided whether");
  await say("otto", approve);
  expect(answerTo(forward)).toBe("pending");

  const at = question?.number ?? 0;
  github.as("sam").comment(at, `/holdpoint decide proceed ${why}`);
  await settle();
  expect(question?.state).toBe("open");
  github.as("otto").comment(at, "/holdpoint decide proceed no");
  await settle();
  expect(question?.state).toBe("open");
  github.as("otto").comment(at, `/holdpoint decide proceed ${why}`);
  await settle();
  expect(question?.state).toBe("closed");
  expect(question?.body).toContain(why);
  const said =
    question?.comments.filter(({ author }) => author.login === "holdpoint[bot]").map(({ body }) => body) ?? [];
  expect(said.at(-1)).toContain(good.slice(0, 7));
  expect(answers()).toBeDefined();
  expect(answerTo(forward)).toBe("approved");

  const back = await request({ sha: good });
  expect(answerTo(back)).toBe("approved");
  expect(await ledger()).toContain("rollback_decided");
});

it("decided in part, going back is released as well", async () => {
  const { github, issue, request, answerTo, settle, good } = await afterFailure();
  github.as("lena").comment(issue().number, `/holdpoint decide partial only the queue: ${why}`);
  await settle();
  expect(answerTo(await request({ sha: good }))).toBe("approved");
});

it("decided to keep what runs, going back is stopped", async () => {
  const { github, issue, issues, request, answerTo, settle, good, reportsTo } = await afterFailure();
  const question = issue().number;
  const back = await request({ sha: good });
  expect(answerTo(back)).toBe("pending");
  github.as("lena").comment(question, `/holdpoint decide abort ${why}`);
  await settle();
  expect(answerTo(back)).toBe("rejected");
  expect(reportsTo(back).at(-1)).toContain("keep what runs");
  expect(issues().every(({ state }) => state === "closed")).toBe(true);
});

it("going back while it is undecided takes an ordinary approval", async () => {
  const { request, say, answerTo, good } = await afterFailure();
  const back = await request({ sha: good });
  expect(answerTo(back)).toBe("pending");
  await say("lena", approve);
  expect(answerTo(back)).toBe("approved");
});

it("one that succeeds when it is run again settles the question by itself", async () => {
  const { github, issue, issues, request, answerTo, settle, bad, ledger } = await afterFailure();
  const question = issue();
  const again = await request({ sha: bad });
  github.as("lena").comment(issues().at(-1)?.number ?? 0, approve);
  await settle();
  expect(answerTo(again)).toBe("pending");
  github.as("otto").comment(question.number, `/holdpoint decide abort ${why}`);
  await settle();
  expect(answerTo(again)).toBe("approved");
  github.finishDeployment(again, "success");
  await settle();
  expect(question.state).toBe("closed");
  expect(await ledger()).toContain("rollback_decided");
});

it("somebody may ask by repository_dispatch, for an environment that the policy names", async () => {
  const { github, merge, request, say, settle, issue, issues } = await deploying();
  await merge("Good");
  const run = await request();
  await say("lena", approve);
  github.finishDeployment(run, "success");
  await settle();
  github.as("sam").dispatch("rollback", { environment: "elsewhere" });
  github.as("sam").dispatch("rollback", { environment: 7 });
  github.as("sam").dispatch("release", { environment: "production" });
  await settle();
  expect(issues().some(({ title }) => title.startsWith("Take"))).toBe(false);
  github.as("sam").dispatch("rollback", { environment: "production" });
  github.as("sam").dispatch("rollback", { environment: "production" });
  await settle();
  expect(issues().filter(({ title }) => title.startsWith("Take"))).toHaveLength(1);
  expect(issue().body).toContain("`sam` asked");
});

it("a deployment that was rejected, or called off, asks nothing", async () => {
  const { github, merge, request, say, settle, issues, answerTo } = await deploying();
  await merge("Good");
  await request();
  await say("lena", "/holdpoint deploy reject production not on a friday afternoon please");
  const second = await request();
  github.cancelWorkflow(second);
  await settle();
  expect(answerTo(second)).toBe("pending");
  expect(issues().some(({ title }) => title.startsWith("Take"))).toBe(false);
});

it("whoever closes or deletes the question has not answered it", async () => {
  const { github, issue, issues, settle } = await afterFailure();
  github.as("maria").closeIssue(issue().number);
  await settle();
  expect(issue().state).toBe("open");
  github.as("olga").deleteIssue(issue().number);
  await settle();
  expect(issues().filter(({ title, state }) => title.startsWith("Take") && state === "open")).toHaveLength(1);
});

it("a question that is deleted is asked anew, and escalated and answered there", async () => {
  const { github, issues, pass, settle, database, ledger } = await afterFailure();
  const question = () => issues().filter(({ title }) => title.startsWith("Take"));
  const [first] = question();
  github.as("olga").deleteIssue(first?.number ?? 0);
  await settle();
  const [second] = question();
  expect(second).toMatchObject({ state: "open" });
  pass(25);
  await settle();
  const rows = await database.query<{ number: number }>("select number from escalations where closed_at is null");
  expect(rows).toEqual([{ number: second?.number }]);
  github.as("otto").comment(second?.number ?? 0, `/holdpoint decide abort ${why}`);
  await settle();
  expect(second?.state).toBe("closed");
  expect((await ledger()).at(-1)).toBe("rollback_decided");
});

/** The review loop, from webhook to comment, over real HTTP: rounds and ways out, reminders, abandonment, restarts. */

import { describe, expect, it } from "vitest";
import type { Session } from "../../src/core/rounds/session.ts";
import { serveProcess } from "../support/app-process.ts";
import { aFreePort } from "../support/free-port.ts";
import { type Stage, type StageOptions, setStage, simplePolicy, webhookUrlOf } from "../support/holdpoint.ts";
import { until } from "../support/until.ts";

const loopPolicy = `${simplePolicy}approval_loop:
  max_edit_attempts_warning: 5
  session_timeout: 24h
  version_retention: 30d
  state_timeouts: { waiting_approval: 12h }
`;

const code = (text: string) => ({ "src/list.ts": `export const list = [${text}];\n` });

async function setLoop(options: StageOptions = {}) {
  const stage = await setStage({ policy: loopPolicy, ...options });
  const { github, api, database } = stage;
  return Object.assign(stage, {
    /** What Holdpoint said in the conversation. */
    said: (number: number) =>
      (api.issues.get(number)?.comments ?? [])
        .filter(({ body }) => body.includes("<!-- holdpoint"))
        .map(({ body }) => body),
    async session(number: number): Promise<Session> {
      const [row] = await database.query<{ data: string }>("select data from review_sessions where number = $1", [
        number,
      ]);
      return JSON.parse(row?.data ?? "null") as Session;
    },
    open: (title = "Sort the list") => github.as("maria").openPullRequest({ title, files: code("0") }),
  });
}

async function playRounds({ github, settle, passOnGithub }: Stage, number: number, from: number, to: number) {
  for (let round = from; round <= to; round += 1) {
    passOnGithub(60);
    github.as("bob").requestChanges(number, `Round ${round}: not yet, see <b>#1</b> @acme/security`);
    await settle();
    passOnGithub(60);
    github.as("maria").pushTo(number, code(`0, ${round}`), `Change ${round}`);
    await settle();
  }
}

describe("six rounds", () => {
  it("ways out are offered once, and restore v3 prepares a branch and moves nothing", async () => {
    const stage = await setLoop({ mayWriteContents: true });
    const { github, api, settle, said, session } = stage;
    const { number } = stage.open();
    await settle();
    await playRounds(stage, number, 1, 4);
    expect(said(number)).toEqual([]);
    await playRounds(stage, number, 5, 6);
    expect(said(number)).toHaveLength(1);
    expect(said(number)[0]).toContain("went through 5 rounds of review");
    expect(said(number)[0]).toContain("`/holdpoint restore v");

    const before = await session(number);
    expect(before.versions.map((version) => version.number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(before.state).toBe("awaiting_review");
    const head = api.pulls.get(number)?.head.sha;
    github.as("maria").comment(number, "/holdpoint restore v3");
    await settle();
    expect(api.refs.get(`refs/heads/holdpoint/restore-${number}-v3`)).toBe(before.versions[2]?.headSha);
    expect(api.pulls.get(number)?.head.sha).toBe(head);
    expect(said(number).at(-1)).toContain(`git fetch ${github.url}/acme/api.git holdpoint/restore-${number}-v3`);

    github.as("bob").comment(number, "/holdpoint rounds");
    await settle();
    const table = said(number).at(-1) ?? "";
    expect(table).toContain("6 rounds so far, 7 versions kept");
    expect(table).toContain("| v7 |");
    // What reviewers wrote is shown as text: it neither mentions nor refers to anything.
    expect(table).toContain("Round 6");
    expect(table).not.toMatch(/@acme\/security|<b>|[^&]#1/);
  });

  it("without the right to write, restore says how to take the commit itself", async () => {
    const stage = await setLoop();
    const { number } = stage.open();
    await stage.settle();
    stage.github.as("maria").comment(number, "/holdpoint restore v1");
    await stage.settle();
    const { sha } = stage.github.as("maria").pull(number).head;
    expect(stage.said(number).at(-1)).toContain(`git fetch ${stage.github.url}/acme/api.git ${sha}`);
  });

  it("nothing is offered where comments are off, and commands are answered all the same", async () => {
    const stage = await setLoop({ policy: `${loopPolicy}comments: "off"\n` });
    const { number } = stage.open();
    await stage.settle();
    await playRounds(stage, number, 1, 5);
    expect(stage.said(number)).toEqual([]);
    stage.github.as("maria").comment(number, "/holdpoint rounds");
    await stage.settle();
    expect(stage.said(number).at(-1)).toContain("5 rounds so far");
  });
});

describe("the other ways", () => {
  it("split, pair and escalate answer, and ask whom they say", async () => {
    const policy = `${loopPolicy}roles:\n  technical_lead: { users: [olga] }\n`;
    const stage = await setLoop({ policy });
    const { github, api, settle, said } = stage;
    const { number } = github.as("maria").openPullRequest({
      title: "Two things",
      files: { "billing/a.ts": "export const a = 1;\n", "auth/b.ts": "export const b = 1;\n" },
    });
    await settle();
    const ask = async (line: string) => {
      github.as("maria").comment(number, `/holdpoint ${line}`);
      await settle();
      return said(number).at(-1);
    };
    expect(await ask("split")).toContain("- [ ] `auth`: 1 file, 1 line");
    expect(await ask("pair @sam")).toContain("@sam was asked");
    expect(await ask("pair @nobody-here")).toContain("could not be asked");
    expect(await ask("pair")).toContain("`/holdpoint pair @login`");
    expect(await ask("escalate")).toContain("@olga was asked");
    const asked = [...(api.pulls.get(number)?.requestedReviewers ?? [])].map(({ login }) => login);
    expect(asked).toEqual(expect.arrayContaining(["sam", "olga"]));
    expect(await ask("restore v9")).toContain("There is no version");
    expect(await ask("schedule whenever")).toContain("That is no moment");
  });

  it("a stranger is refused", async () => {
    const stage = await setLoop();
    const { github, api, settle } = stage;
    const { number } = stage.open();
    await settle();
    const { id } = github.as("eve").comment(number, "/holdpoint schedule 3d");
    await settle();
    expect((await stage.session(number)).putAside).toBeNull();
    const comment = api.issues.get(number)?.comments.find((one) => one.id === id);
    expect(JSON.stringify(comment?.reactions)).toContain("-1");
  });

  it("what is put aside is quiet until then, and then the author is told once", async () => {
    const stage = await setLoop();
    const { github, settle, said, pass, session } = stage;
    const { number } = stage.open();
    await settle();
    github.as("maria").comment(number, "/holdpoint schedule 3d");
    await settle();
    expect((await session(number)).putAside).not.toBeNull();
    pass(48);
    await settle();
    expect(said(number)).toHaveLength(1);
    pass(24.1);
    await until(() => said(number).length === 2);
    await settle();
    expect(said(number)[1]).toContain("maria, it is yours again");
    expect((await session(number)).putAside).toBeNull();
  });
});

describe("time", () => {
  it("one reminder after twelve hours, and abandoned after a day, until somebody does anything", async () => {
    const stage = await setLoop();
    const { github, settle, said, pass, session, checkOf } = stage;
    const { number } = stage.open();
    await settle();
    pass(11.9);
    await settle();
    expect(said(number)).toEqual([]);
    pass(0.2);
    await until(() => said(number).length > 0);
    await settle();
    expect(said(number)).toHaveLength(1);
    expect(said(number)[0]).toContain("waiting for a review for 12 hours");

    pass(12);
    await until(async () => (await session(number)).state === "abandoned");
    await settle();
    expect(said(number)).toHaveLength(1);
    expect(stage.api.pulls.get(number)?.state).toBe("open");
    expect(checkOf(number)).toMatchObject({ status: "in_progress" });

    github.as("maria").comment(number, "Still on it");
    await settle();
    expect((await session(number)).state).toBe("awaiting_review");
    github.as("bob").approve(number);
    await settle();
    expect((await session(number)).state).toBe("approved");
  });

  it("after an outage of three days there is one reminder", async () => {
    const stage = await setLoop({ isWithoutApp: true });
    const first = await stage.startAgain();
    stage.install(webhookUrlOf(first));
    await stage.settle();
    const { number } = stage.open();
    await stage.settle();
    await first.stop();
    stage.pass(72);
    await stage.startAgain();
    await until(() => stage.said(number).length > 0);
    await stage.settle();
    expect(stage.said(number)).toHaveLength(1);
    expect(stage.said(number)[0]).toContain("waiting for a review for 72 hours");
    expect((await stage.session(number)).state).toBe("abandoned");
  });

  it("a review that is given again and again leaves the ordinary path at two requests, and a plain comment at one", async () => {
    const stage = await setLoop();
    const { github, settle } = stage;
    const { number } = stage.open();
    await settle();
    github.requests.clear();
    github.as("bob").approve(number);
    await settle();
    expect(github.requests.entries).toHaveLength(2);
    github.requests.clear();
    github.as("maria").comment(number, "Thank you");
    await settle();
    expect(github.requests.entries).toHaveLength(1);
  });
});

describe("what is remembered", () => {
  it.each([
    { name: "half a row", data: `'{"schema":1,"state":"revising"'` },
    { name: "a row of a version to come", data: `'{"schema":99}'` },
    { name: "another thing", data: `'[1,2,3]'` },
  ])("$name is recovered from GitHub, and says so", async ({ data }) => {
    const stage = await setLoop();
    const { github, database, settle, session, said } = stage;
    const { number } = stage.open();
    await settle();
    await playRounds(stage, number, 1, 2);
    await database.query(`update review_sessions set state = 'revising', data = ${data} where number = ${number}`);
    github.as("maria").comment(number, "And now?");
    await settle();
    const recovered = await session(number);
    expect(recovered).toMatchObject({ state: "awaiting_review", recoveredAt: expect.any(String) });
    expect(recovered.rounds).toHaveLength(3);
    github.as("maria").comment(number, "/holdpoint rounds");
    await settle();
    expect(said(number).at(-1)).toContain("recovered from GitHub");
  });

  it("a process that is killed in any state finds every session as it was", async () => {
    const conditions = "checkpoints:\n  ci: { conditions: { statuses: { build: [success] } }, approvals: 0 }\n";
    const machines = `version: 1\napproval_workflows:\n  automatic: { process: automated_approval }\n${conditions}`;
    const stage = await setLoop({ isWithoutApp: true });
    const { github, database, settle, session, checkOf } = stage;
    const port = await aFreePort();
    const first = await serveProcess(stage, port);
    stage.install(webhookUrlOf(first));
    github.as("olga").push("machines", { ".github/checkpoints.yml": machines }, "Only machines");
    const hasty = loopPolicy.replace("session_timeout: 24h", "session_timeout: 1s");
    github.as("olga").push("hasty", { ".github/checkpoints.yml": hasty }, "A second is long");
    github.as("olga").push("broken", { ".github/checkpoints.yml": "version: 1\nroles: 7\n" }, "A mistake");
    await settle();
    const open = (title: string, base = "main", isDraft = false) =>
      github
        .as("maria")
        .openPullRequest({ title, base, isDraft, files: { [`${title}.ts`]: "export const one = 1;\n" } }).number;
    const numbers = {
      drafting: open("drafting", "main", true),
      evaluating: open("evaluating", "machines"),
      awaiting_review: open("awaiting"),
      revising: open("revising"),
      approved: open("approved"),
      abandoned: open("abandoned", "hasty"),
      closed: open("closed"),
      error: open("error", "broken"),
    };
    await settle();
    github.as("bob").requestChanges(numbers.revising, "Not like this");
    github.as("bob").approve(numbers.approved);
    github.as("maria").close(numbers.closed);
    await until(async () => (await session(numbers.abandoned))?.state === "abandoned");
    await settle();
    const states = async () =>
      Object.fromEntries(
        await Promise.all(Object.entries(numbers).map(async ([name, number]) => [name, (await session(number)).state])),
      );
    const asNamed = Object.fromEntries(Object.keys(numbers).map((name) => [name, name]));
    expect(await states()).toEqual(asNamed);
    const rows = () => database.query("select number, data from review_sessions order by number");
    const before = await rows();

    await first.kill("SIGKILL");
    await database.query("update jobs set lease_until = clock_timestamp() where lease_until is not null");
    const second = await serveProcess(stage, port);
    const { closed: _, ...alive } = numbers;
    // Looked at again, nothing is news.
    await database.query("update jobs set due_at = now() where kind = 'pull_request'");
    await settle();
    expect(await rows()).toEqual(before);
    expect(await states()).toEqual(asNamed);
    for (const number of Object.values(alive)) {
      const [run] = github.checksOf(stage.api, number).filter(({ name }) => name.startsWith("holdpoint: "));
      expect(run).toBeDefined();
    }
    expect(checkOf(numbers.approved)).toMatchObject({ conclusion: "success" });
    expect(await second.kill("SIGTERM")).toBe(0);
  }, 120_000);
});

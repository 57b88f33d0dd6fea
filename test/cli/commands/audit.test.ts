import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/core/report/ledger-hash.ts";
import { createTestDatabase, openStoreOn, type TestDatabase } from "../../support/database.ts";
import { fillLedger, tamper } from "../../support/ledger.ts";
import { runCli } from "../../support/run-cli.ts";

const from = new Date("2026-10-01T00:00:00Z");

async function aLedger(entries = 12): Promise<TestDatabase> {
  const database = await createTestDatabase();
  await fillLedger(database.query, { repositoryId: 42, entries, from });
  const store = await openStoreOn(database);
  await store.memory.savePullRequest({
    installationId: 7,
    repositoryId: 42,
    owner: "acme",
    name: "api",
    number: 1,
    state: "open",
    baseRef: "main",
    headSha: "a".repeat(40),
  });
  return database;
}

function audit(database: TestDatabase, ...args: string[]) {
  return runCli(["audit", ...args], { env: { DATABASE_URL: database.url } });
}

const anchorIn = (text: string) => /anchor (\S+)/.exec(text)?.[1] ?? "";

describe("audit verify", () => {
  it("says of an untouched ledger that it is intact, with the anchor to keep", async () => {
    const database = await aLedger();
    const ran = await audit(database, "verify");
    expect(ran.stdout).toMatch(/^acme\/api: 12 entries, intact\n {2}anchor acme\/api@12:[0-9a-f]{64}\n$/);
    expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it.each([
    [
      "one byte of an entry",
      "update ledger set data = replace(data::text, 'peer 5', 'peer 6')::json where seq = 5",
      /entry 5 \(verdict, .*\): altered/,
    ],
    ["an entry that is gone", "delete from ledger where seq = 5", /entry 5: missing/],
    ["an entry's time", "update ledger set at = at + interval '1 second' where seq = 5", /entry 5 .*: altered/],
    [
      "the link to the one before",
      "update ledger set previous_hash = repeat('0', 64) where seq = 5",
      /entry 5 .*: does not continue/,
    ],
  ])("finds %s and names the place", async (_, statement, said) => {
    const database = await aLedger();
    await tamper(database.query, statement);
    const ran = await audit(database, "verify");
    expect(ran.stdout).toMatch(/acme\/api: 1[12] entries, NOT INTACT/);
    expect(ran.stdout).toMatch(said);
    expect(ran.exitCode).toBe(1);
  });

  it("notices by an anchor that the end was cut off, that an entry was made anew, and that a ledger is gone", async () => {
    const database = await aLedger();
    const anchor = anchorIn((await audit(database, "verify")).stdout);
    expect(await audit(database, "verify", "--anchor", anchor)).toMatchObject({ exitCode: 0 });
    await tamper(database.query, "delete from ledger where seq > 9");
    expect(await audit(database, "verify")).toMatchObject({ exitCode: 0 });
    const cut = await audit(database, "verify", "--anchor", anchor);
    expect(cut.stdout).toMatch(/anchor acme\/api@12:.*: no such entry any more/);
    expect(cut.exitCode).toBe(1);
    await tamper(database.query, "delete from ledger");
    const gone = await audit(database, "verify", "--anchor", anchor);
    expect(gone.stdout).toMatch(/acme\/api: 0 entries, NOT INTACT/);
    expect(gone.exitCode).toBe(1);
  });

  it("writes the outcome as JSON", async () => {
    const database = await aLedger();
    await tamper(database.query, "update ledger set kind = 'merged' where seq = 3");
    const ran = await audit(database, "verify", "--json");
    expect(ran.json()).toMatchObject({
      isIntact: false,
      repositories: [
        {
          repository: "acme/api",
          repositoryId: 42,
          entries: 12,
          isIntact: false,
          breaks: [{ seq: 3, why: "altered", kind: "merged" }],
        },
      ],
    });
  });

  it("says what is wrong with what it was given", async () => {
    const database = await aLedger();
    for (const [args, said] of [
      [["--repository", "acme/web"], "The ledger has no entries of acme/web. It has some of acme/api."],
      [["--anchor", "12"], '"12" is no anchor'],
      [["--file", "/nowhere.jsonl"], "There is no file /nowhere.jsonl."],
    ] as const) {
      const ran = await audit(database, "verify", ...args);
      expect(ran.stderr).toContain(said);
      expect(ran.exitCode).toBe(2);
    }
    const unreachable = await runCli(["audit", "verify"], { env: { DATABASE_URL: "postgres://x@127.0.0.1:9/x" } });
    expect(unreachable.stderr).toMatch(/^The ledger cannot be read: .*ECONNREFUSED/);
    expect(unreachable.exitCode).toBe(3);
    const nothing = await runCli(["audit", "verify"], { env: { DATA_DIR: join(tmpdir(), "no-such-holdpoint") } });
    expect(nothing.stderr).toMatch(/There is no database in .*no-such-holdpoint/);
    expect(nothing.exitCode).toBe(3);
  });
});

describe("audit export", () => {
  it("writes lines that verify by themselves, whole and for a period, and not once they were changed", async () => {
    const database = await aLedger();
    const dir = mkdtempSync(join(tmpdir(), "holdpoint-audit-"));
    const whole = join(dir, "whole.jsonl");
    const part = join(dir, "part.jsonl");
    expect((await audit(database, "export", "--out", whole)).stdout).toBe(`${whole}: 12 entries\n`);
    await audit(database, "export", "--out", part, "--from", "2026-10-01T00:00:05Z", "--to", "2026-10-01T00:00:09Z");
    expect((await runCli(["audit", "verify", "--file", whole])).stdout).toMatch(/^acme\/api: 12 entries, intact/);
    expect((await runCli(["audit", "verify", "--file", part])).stdout).toMatch(
      /^acme\/api: 4 entries, an excerpt, intact/,
    );
    const changed = readFileSync(whole, "utf8").replace("peer 7", "peer 8");
    const input = await runCli(["audit", "verify", "--file", "-"], { input: changed });
    expect(input.stdout).toMatch(/entry 7 .*: altered/);
    expect(input.exitCode).toBe(1);
    writeFileSync(whole, "{}\n");
    expect((await runCli(["audit", "verify", "--file", whole])).stderr).toContain("line 1 is no entry of a ledger");
  });

  it("writes a table in which no text becomes a formula", async () => {
    const database = await aLedger(0);
    const store = await openStoreOn(database);
    const data: Json = { number: 7, requester: { login: "otto" }, reason: '=HYPERLINK("http://x")' };
    await store.ledger.append({ repositoryId: 42, at: from, kind: "bypass_granted", data });
    const { stdout } = await audit(database, "export", "--format", "csv");
    const [head, row] = stdout.split("\n");
    expect(head).toBe("repository,repository_id,seq,at,kind,pull_request,person,reason,data,previous_hash,hash");
    expect(row).toContain(`acme/api,42,1,2026-10-01T00:00:00.000Z,bypass_granted,7,otto,"'=HYPERLINK(""http://x"")"`);
  });

  it("writes a pack that tells each exception with what became of it", async () => {
    const database = await aLedger(0);
    const store = await openStoreOn(database);
    const grant = {
      number: 7,
      id: "command:1",
      headSha: "b".repeat(40),
      scope: "all",
      cause: "production_issue",
      bucket: "emergency",
      reason: "orders are lost <b>now</b> @acme",
      requester: { id: 5, login: "otto" },
      secondPerson: null,
      issue: { number: 412, url: "https://github.com/acme/api/issues/412" },
    };
    const append = (kind: string, data: Json) => store.ledger.append({ repositoryId: 42, at: from, kind, data });
    await append("bypass_granted", grant);
    await append("bypass_ended", { number: 7, id: "command:1", why: "merged" });
    await append("merged", { number: 7, mergedBy: "otto" });
    await append("post_review_done", {
      number: 7,
      issue: 412,
      person: { id: 6, login: "lena" },
      verdict: "sound",
      lessons: "alert earlier",
    });
    await append("merged_while_red", { number: 8, headSha: "c".repeat(40), mergedBy: "adam", codes: ["HP-W01"] });
    await append("bypass_refused", { number: 9, id: "label:x", why: "not_authorised" });
    const { stdout } = await audit(
      database,
      "export",
      "--format",
      "markdown",
      "--from",
      "2026-10-01",
      "--to",
      "2026-10-31",
    );
    expect(stdout).toMatchSnapshot();
    expect(stdout).not.toContain("<b>");
    expect(stdout).not.toMatch(/(^|[^`\\\w])@acme/m);
  });

  it.each([
    [["--from", "soon"], '--from "soon" is neither a day such as 2026-10-01'],
    [
      ["--from", "2026-10-02", "--to", "2026-10-01"],
      "The period ends (--to 2026-10-01) before it begins (--from 2026-10-02).",
    ],
    [["--to", "2026-02-30"], '--to "2026-02-30" is neither a day'],
    [["--out", "/nowhere/x"], "/nowhere/x cannot be written: ENOENT."],
    [["--json"], "--json says what was written to a file: give --out as well."],
  ])("refuses %s", async (args, said) => {
    const database = await aLedger(1);
    const ran = await audit(database, "export", ...args);
    expect(ran.stderr).toContain(said);
    expect(ran.exitCode).toBe(2);
  });
});

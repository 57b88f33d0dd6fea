/** `holdpoint doctor` against the simulated GitHub over HTTP and a real PostgreSQL. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { wantedEvents, wantedPermissions } from "../../../src/cli/doctor/wanted-access.ts";
import { appId, environmentFor, type Stage, type StageOptions, setStage } from "../../support/holdpoint.ts";
import { runCliHere } from "../../support/run-cli.ts";

const gate = { requiredChecks: [{ context: "holdpoint: main", appId }] };

/** An App that has all it asks for, and a repository that requires its check. */
async function aHealthyStage(options: StageOptions = {}): Promise<Stage> {
  const stage = await setStage(options);
  const { github, api } = stage;
  const [app] = [...github.world.apps.values()].filter(({ id }) => id === appId);
  const granted = Object.fromEntries(Object.entries(wantedPermissions).map(([name, { level }]) => [name, level]));
  const installations = [...github.world.installations.values()].filter((one) => one.app.id === appId);
  for (const holder of [app, ...installations]) {
    if (holder === undefined) continue;
    holder.permissions = { ...granted };
    holder.events = Object.keys(wantedEvents);
  }
  github.protect(api, "main", gate);
  return stage;
}

async function doctor({ settings }: Stage, args: string[] = [], env: Record<string, string> = {}) {
  return runCliHere(["doctor", ...args], { env: { ...environmentFor(settings), ...env } });
}

interface Looked {
  looked: { area: string; name: string; health: string; found: string; mend: string }[];
}

async function found(stage: Stage, args: string[] = [], env: Record<string, string> = {}) {
  const ran = await doctor(stage, ["--json", ...args], env);
  const { looked } = ran.json() as unknown as Looked;
  return { exitCode: ran.exitCode, bad: looked.filter(({ health }) => health !== "well"), looked };
}

describe("holdpoint doctor", () => {
  it("asks for what app.yml asks for", () => {
    const manifest = parse(readFileSync(new URL("../../../app.yml", import.meta.url), "utf8"));
    const levels = Object.fromEntries(Object.entries(wantedPermissions).map(([name, { level }]) => [name, level]));
    expect(levels).toEqual(manifest.default_permissions);
    expect(Object.keys(wantedEvents).sort()).toEqual([...manifest.default_events].sort());
  });

  it("finds nothing where all is well, and says what it looked at", async () => {
    const ran = await doctor(await aHealthyStage());
    expect(ran.stdout).toContain("Nothing to mend.");
    expect(ran.exitCode).toBe(0);
    for (const line of [
      "✓ permissions: as app.yml asks",
      "✓ clock: agrees",
      "✓ tables: up to date",
      "✓ policy: .github",
    ])
      expect(ran.stdout).toContain(line);
  });

  it("names a permission and an event that were not granted, and what stops working", async () => {
    const stage = await aHealthyStage();
    for (const one of stage.github.world.installations.values()) {
      delete one.permissions.members;
      one.events = one.events.filter((name) => name !== "merge_group");
    }
    const { bad, exitCode } = await found(stage);
    expect(bad).toMatchObject([
      {
        area: "installation acme",
        name: "permissions",
        found: expect.stringContaining("rules that name teams stay shut"),
      },
      { area: "installation acme", name: "events", found: expect.stringContaining("merge queues") },
    ]);
    expect(exitCode).toBe(1);
  });

  it.each([
    { name: "nothing", rule: { requiredChecks: [] }, says: "can be merged past the gate" },
    {
      name: "the check from anybody",
      rule: { requiredChecks: [{ context: "holdpoint: main", appId: null }] },
      says: "from any source",
    },
    {
      name: "the check of another App",
      rule: { requiredChecks: [{ context: "holdpoint: main", appId: 15368 }] },
      says: "from another App",
    },
  ])("a branch that requires $name is told: $says", async ({ rule, says }) => {
    const stage = await aHealthyStage();
    stage.github.protect(stage.api, "main", rule);
    const { bad } = await found(stage, ["--repo", "acme/api"]);
    expect(bad).toMatchObject([{ area: "acme/api", name: "branch rules", found: expect.stringContaining(says) }]);
  });

  it("a policy that is broken, and a team that nobody finds", async () => {
    const broken = await aHealthyStage({ policy: "version: 1\ncheckpoint: {}\n" });
    expect((await found(broken)).bad).toMatchObject([{ name: "policy", found: expect.stringContaining("broken") }]);
    const policy = "version: 1\nroles: { leads: { teams: [acme/gone] } }\ncheckpoints: { all: { approver: leads } }\n";
    const teamless = await aHealthyStage({ policy });
    expect((await found(teamless)).bad).toMatchObject([{ name: "roles", found: expect.stringContaining("acme/gone") }]);
  });

  it("what was given up in the database, and tables of an older version", async () => {
    const stage = await aHealthyStage();
    await stage.database.query(
      `insert into jobs (subject_key, kind, subject, due_at, dead_at, failing_since, attempts, last_error, generation)
        values ('pr:1#2', 'pull_request', '{"kind":"pull_request"}', null, now(), now(), 9, 'it broke', 1)`,
    );
    await stage.database.query("delete from kysely_migration where name = '0012-policy-replays'");
    const { bad } = await found(stage);
    expect(bad).toMatchObject([
      { area: "database", name: "tables", found: expect.stringContaining("0012-policy-replays") },
      { area: "database", name: "given up", found: expect.stringContaining("pr:1#2: it broke") },
    ]);
  });

  it("a database that cannot be reached could not be looked at", async () => {
    const stage = await aHealthyStage();
    const { bad, exitCode } = await found(stage, [], { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });
    expect(bad).toMatchObject([{ area: "database", name: "server", health: "unread" }]);
    expect(exitCode).toBe(3);
  });

  it("deliveries that failed, with the last status", async () => {
    const stage = await aHealthyStage();
    const app = stage.github.world.apps.get(appId);
    if (app) app.hookUrl = "http://127.0.0.1:1/api/github/webhooks";
    stage.github.as("olga").push("main", { "a.txt": "a" }, "A");
    await stage.settle();
    const { bad } = await found(stage);
    expect(bad).toMatchObject([
      { area: "webhook", name: "deliveries", found: expect.stringContaining("failed to connect to host") },
    ]);
  });

  it("settings that are wrong, each by its name", async () => {
    const { bad, exitCode } = await found(await aHealthyStage(), [], { WEBHOOK_SECRET: "short" });
    expect(bad).toMatchObject([{ area: "settings", found: expect.stringContaining("WEBHOOK_SECRET") }]);
    expect(exitCode).toBe(1);
  });

  it("with only a token, what it can see of one repository", async () => {
    const { github } = await aHealthyStage();
    const env = { GITHUB_TOKEN: github.tokenFor("olga"), GITHUB_API_URL: github.url };
    const ran = await runCliHere(["doctor", "--repo", "acme/api"], { env });
    expect(ran.stdout).toContain("✓ branch rules");
    expect(ran.exitCode).toBe(0);
    expect((await runCliHere(["doctor"], { env: {} })).exitCode).toBe(2);
  });
});

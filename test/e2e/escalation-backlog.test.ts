/** Many timers due at once, after an outage: each fires once, in order of need, within what GitHub allows. */

import { expect, it } from "vitest";
import { mostDelayed, readReached, seedDueEscalations } from "../../bench/support/due-escalations.ts";
import { GITHUB_CONTENT_LIMIT } from "../../src/sandbox/http/content-limit.ts";
import { openStoreOn } from "../support/database.ts";
import { setStage, startTestApp, webhookUrlOf } from "../support/holdpoint.ts";

const policy = `version: 1
roles: { technical_lead: { users: [bob] }, management: { users: [olga] } }
escalation_levels: {}
notifications:
  routes: [{ severity: high, to: digest }, { severity: critical, to: digest }]
`;
const count = 300;

it("300 timers after an hour's outage", async () => {
  const stage = await setStage({ policy, isWithoutApp: true, sandbox: { contentLimit: GITHUB_CONTENT_LIMIT } });
  const { github, api, database, settings, settle } = stage;
  stage.install("http://127.0.0.1:9/none");
  const { number } = github.as("bob").openIssue("Validation");
  const [installation] = github.world.installations.values();
  const repository = { installationId: installation?.id ?? 0, repositoryId: api.id, owner: "acme", name: "api" };
  const store = await openStoreOn(database);
  const due = await seedDueEscalations(store, { repository, number, count, now: new Date() });

  const app = await startTestApp(settings);
  expect(webhookUrlOf(app)).toContain("/api/github/webhooks");
  await settle();
  const reached = await readReached(store, api.id);
  expect(new Set(reached.map(({ key }) => key)).size).toBe(count);
  expect(reached).toHaveLength(count);
  const nextOf = new Map(due.map(({ key, next }) => [key, next]));
  expect(reached.every(({ key, level }) => nextOf.get(key) === level)).toBe(true);
  // As many as are at work at once may overtake each other.
  expect(mostDelayed(due, reached)).toBeLessThanOrEqual(2 * settings.concurrency);
  // Messages wait for nobody; what is written on GitHub takes turns.
  const [told] = await database.query<{ messages: number }>(
    "select count(distinct message_key)::int as messages from messages",
  );
  // One at level_3, at level_4 one for management and one for those outside.
  expect(told?.messages).toBe((count / 2) * (1 + 2));
  const comments = api.issues.get(number)?.comments.length ?? 0;
  expect(comments).toBeGreaterThan(0);
  expect(comments).toBeLessThanOrEqual(15);
  expect(github.requests.entries.filter(({ status }) => status === 403 || status === 429)).toEqual([]);
  const [waiting] = await database.query<{ jobs: number }>(
    "select count(*)::int as jobs from jobs where kind = 'escalation' and due_at > now() and attempts = 0",
  );
  expect(waiting?.jobs).toBe(count);
}, 120_000);

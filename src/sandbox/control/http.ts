/** `/__sandbox/`: lets another process act as a person, cause faults and read the record. Never served unless asked for. */
import { Hono } from "hono";
import { z } from "zod";
import { Refusal } from "../actions/refusal.ts";
import type { Sandbox } from "../sandbox.ts";

const act = z.object({
  as: z.string(),
  repository: z.string().optional(),
  do: z.string(),
  with: z.array(z.unknown()).default([]),
});
const fail = z.object({
  method: z.string().optional(),
  path: z.string().optional(),
  graphql: z.string().optional(),
  status: z.number().int(),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  times: z.number().int().positive().default(1),
});

/** What may be done by name: each takes plain JSON arguments. */
const ACTS: ReadonlySet<string> = new Set([
  "openPullRequest",
  "push",
  "pushTo",
  "forcePush",
  "rebase",
  "approve",
  "requestChanges",
  "review",
  "requestReview",
  "comment",
  "label",
  "unlabel",
  "renameLabel",
  "deleteLabel",
  "edit",
  "convertToDraft",
  "markReady",
  "close",
  "reopen",
  "closeIssue",
  "reopenIssue",
  "deleteIssue",
  "switchIssuesOff",
  "switchIssuesOn",
  "assign",
  "unassign",
  "commentOnIssue",
  "commentOnCommit",
  "merge",
  "openIssue",
  "setStatus",
  "dispatch",
]);

export function controlRoutes(current: () => Sandbox | null): Hono {
  const app = new Hono();
  const sandbox = () => {
    const found = current();
    if (found === null) throw new Error("the sandbox is still starting");
    return found;
  };
  app.post("/act", async (context) => {
    const wanted = act.parse(await context.req.json());
    if (!ACTS.has(wanted.do)) return context.json({ message: `nobody can ${wanted.do}` }, 404);
    const person = sandbox().as(wanted.as, wanted.repository);
    const method = Reflect.get(person, wanted.do) as (...given: unknown[]) => unknown;
    try {
      return context.json({ result: summary(method.apply(person, wanted.with)) });
    } catch (error) {
      if (error instanceof Refusal) return context.json({ message: error.message, errors: error.errors }, 422);
      return context.json({ message: error instanceof Error ? error.message : String(error) }, 422);
    }
  });
  app.post("/faults", async (context) => {
    const { status, body, headers, times, path, method, graphql } = fail.parse(await context.req.json());
    const match = {
      ...(path === undefined ? {} : { path: new RegExp(path) }),
      ...(method === undefined ? {} : { method }),
      ...(graphql === undefined ? {} : { graphql }),
    };
    sandbox().faults.failNext(
      match,
      { kind: "answer", status, body, ...(headers === undefined ? {} : { headers }) },
      times,
    );
    return context.body(null, 204);
  });
  app.put("/latency/:ms", (context) => {
    sandbox().faults.latencyMs = Number(context.req.param("ms"));
    return context.body(null, 204);
  });
  app.post("/flush", async (context) => {
    await sandbox().webhooks.flush();
    return context.body(null, 204);
  });
  app.get("/requests", (context) =>
    context.json({ counts: sandbox().requests.counts(), entries: sandbox().requests.entries }),
  );
  app.delete("/requests", (context) => {
    sandbox().requests.clear();
    return context.body(null, 204);
  });
  app.get("/violations", (context) => context.json(sandbox().violations));
  return app;
}

/** Enough of what an act made to go on with: its number, id or sha. */
function summary(made: unknown): unknown {
  if (typeof made !== "object" || made === null) return made ?? null;
  const { number, id } = made as { number?: number; id?: number };
  return { ...(number === undefined ? {} : { number }), ...(id === undefined ? {} : { id }) };
}

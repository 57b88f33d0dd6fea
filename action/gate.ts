/** The mode `gate`: a step that passes only when Holdpoint released what is about to be deployed. */

import { setOutput } from "@actions/core";
import { parseDuration } from "../src/core/duration.ts";
import { GithubError } from "../src/github/errors.ts";
import { ActionError } from "./action-error.ts";
import { connect, openClient } from "./connect.ts";
import { awaitRelease, type Ending } from "./gate/await-release.ts";
import { createReader } from "./gate/read-answers.ts";
import { refusedSentence, releasedSentence, summaryOf, waitingLine } from "./gate/say.ts";
import { actionsApp } from "./gate/standing.ts";
import { subjectOf } from "./gate/subject.ts";
import { refusalSentence } from "./github-refusal.ts";
import { readFlag } from "./inputs.ts";
import type { ActionRun, Outcome } from "./mode.ts";
import { writeSummary } from "./summary.ts";

/** All that the mode asks of the workflow's token. */
export const gatePermissions = { checks: "read", contents: "read", "pull-requests": "read" } as const;

export async function gate({ env, inputs, readEvent }: ActionRun): Promise<Outcome> {
  const connection = connect(env);
  const wish = {
    app: readApp(inputs.app ?? ""),
    timeoutMs: readTimeout(inputs.timeout ?? ""),
    allowsBypassed: readFlag(inputs, "allow-bypassed"),
    subject: subjectOf(inputs, env, await readEvent()),
  };
  const { subject, app, timeoutMs, allowsBypassed } = wish;
  const read = createReader(openClient(connection), connection.repository, subject, app);
  const { clock, sleep } = connection.surroundings;
  let said = "";
  const onWait: Parameters<typeof awaitRelease>[1]["onWait"] = (answers, delayMs) => {
    const line = waitingLine(answers, wish);
    if (line !== said) process.stdout.write(`${line} Asking again in ${Math.ceil(delayMs / 1000)} s.\n`);
    said = line;
  };
  const waiting = { timeoutMs, allowsBypassed, now: () => clock.now(), sleep, random: Math.random, onWait };
  const ending = await awaitRelease(read, waiting).catch((error: unknown): Ending => {
    if (error instanceof GithubError) return { kind: "unread", error };
    throw error;
  });

  if (ending.kind === "unread") {
    setOutput("verdict", "unknown");
    const wanted = `the verdict \`holdpoint: ${subject.base}\` of ${subject.sha.slice(0, 12)}`;
    return { kind: "failed", said: refusalSentence(ending.error, wanted, gatePermissions) };
  }
  const worst = ending.answers.map(({ standing }) => standing.kind);
  const verdict = (["missing", "held", "pending", "bypassed", "released"] as const).find((kind) =>
    worst.includes(kind),
  );
  setOutput("verdict", verdict ?? "missing");
  await writeSummary(summaryOf(ending, wish, connection));
  return ending.kind === "released"
    ? { kind: "passed", said: releasedSentence(ending.answers, wish) }
    : { kind: "failed", said: refusedSentence(ending, wish) };
}

const timeoutMaxMs = 6 * 60 * 60_000;

function readTimeout(text: string): number {
  if (text === "0") return 0;
  const ms = parseDuration(text);
  if (ms !== null && ms <= timeoutMaxMs) return ms;
  throw new ActionError(
    `The input \`timeout\` is no duration of at most 6 hours: write e.g. \`10 minutes\`, or \`0\` to ask once.`,
  );
}

function readApp(text: string): string {
  const app = text.toLowerCase();
  if (app === actionsApp.slug || app === String(actionsApp.id)) {
    throw new ActionError(
      "Checks by `github-actions` never count: any workflow can publish them. Write the slug or the id of your Holdpoint App as `app`.",
    );
  }
  if (/^[a-z0-9-]{1,100}$/.test(app)) return app;
  throw new ActionError("The input `app` is neither the slug nor the id of an App. Both stand on its settings page.");
}

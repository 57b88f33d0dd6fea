/** The mode `check`: the whole judgement of a pull request with the workflow's token, and without the App. */

import { setOutput } from "@actions/core";
import { findingClasses } from "../src/core/findings/finding.ts";
import { verdictJson } from "../src/core/report/verdict-json.ts";
import { oneLine } from "../src/core/report/words.ts";
import { GithubError } from "../src/github/errors.ts";
import { type Judgement, judgePullRequest } from "../src/handlers/judge-pull-request.ts";
import { NotYet } from "../src/handlers/not-yet.ts";
import { ActionError } from "./action-error.ts";
import { annotate } from "./annotations.ts";
import { annotationsOf, pageOf } from "./check/page.ts";
import { judgingPorts, noDossier } from "./check/ports.ts";
import { pullRequestOf } from "./check/subject.ts";
import { type Connection, connect } from "./connect.ts";
import { refusalSentence } from "./github-refusal.ts";
import { readChoice } from "./inputs.ts";
import type { ActionRun, Outcome } from "./mode.ts";
import { writeSummary } from "./summary.ts";

/** All that the mode asks of the workflow's token. */
export const checkPermissions = {
  actions: "read",
  checks: "read",
  contents: "read",
  "pull-requests": "read",
  "security-events": "read",
  statuses: "read",
} as const;

export async function check({ env, inputs, readEvent }: ActionRun): Promise<Outcome> {
  const connection = connect(env);
  const failOn = readChoice(inputs, "fail-on", ["held", "never"]);
  const number = pullRequestOf(inputs["pull-request"] ?? "", await readEvent());
  const judgement = await judge(connection, number).catch((error: unknown) => {
    if (!(error instanceof GithubError)) throw error;
    throw new ActionError(refusalSentence(error, `pull request #${number}`, checkPermissions));
  });
  switch (judgement.kind) {
    case "gone":
      throw new ActionError(
        `There is no pull request #${number} in ${env.GITHUB_REPOSITORY}, or this token may not see it.`,
      );
    case "closed":
      setOutput("verdict", "closed");
      return { kind: "passed", said: `Pull request #${number} is closed: there is nothing to judge.` };
    case "ungated": {
      const { base } = judgement.reading.snapshot;
      throw new ActionError(
        `There is no policy to judge by: put a \`.github/checkpoints.yml\` on the branch ${oneLine(base.ref)}. A pull request is judged by the policy of its base branch, never by its own.`,
      );
    }
    case "judged":
      return tell(judgement, number, failOn);
  }
}

/** GitHub may take some seconds to tell of a push what its event has told already. */
const attemptsMax = 6;

async function judge(connection: Connection, number: number): ReturnType<typeof judgePullRequest> {
  const ports = judgingPorts(connection);
  const subject = { kind: "pull_request" as const, ...connection.repository, number };
  const { clock, sleep } = connection.surroundings;
  for (let attempt = 1; ; attempt++) {
    try {
      return await judgePullRequest(subject, noDossier, ports, { attempt });
    } catch (error) {
      if (!(error instanceof NotYet)) throw error;
      if (attempt === attemptsMax) throw new ActionError(`Pull request #${number} cannot be judged: ${error.message}.`);
      await sleep(Math.max(0, error.retryAt.getTime() - clock.now().getTime()));
    }
  }
}

async function tell(judgement: Judgement, number: number, failOn: "held" | "never"): Promise<Outcome> {
  const { draft, verdict, telling } = judgement;
  const json = verdict === null || telling === null ? null : verdictJson(verdict, telling);
  const isOpen = verdict?.isOpen ?? false;
  setOutput("verdict", json?.verdict ?? "error");
  setOutput("workflow", json?.workflow ?? "");
  setOutput("risk", json?.risk ?? "");
  const classes = verdict?.classification.classes;
  setOutput("classes", findingClasses.filter((name) => classes?.[name].present).join(","));
  setOutput("json", JSON.stringify(json ?? { verdict: "error", title: draft.title }));
  annotate(annotationsOf(draft));
  await writeSummary(pageOf(judgement));
  const said = `Pull request #${number}: ${oneLine(draft.title)}.`;
  return { kind: isOpen || failOn === "never" ? "passed" : "failed", said };
}

/** The issue on which people release or stop what waits for an environment: one at a time, edited in place. */

import type { DeployingRun } from "../deployment/deployment.ts";
import type { DeployedPull } from "../deployment/judge-commits.ts";
import type { DeploymentVerdict } from "../deployment/judge-deployment.ts";
import {
  holdWords,
  issueRef,
  permissionWords,
  rangeWords,
  shortSha,
  type UnjudgedDeployment,
  unjudgedWords,
} from "./deployment-words.ts";
import { fitBytes } from "./fit-bytes.ts";
import { toMarkdown } from "./markdown.ts";
import { quietWords } from "./quiet-words.ts";
import { count, peopleWords, spoken } from "./telling.ts";
import { longAgo, when } from "./times.ts";
import { code, cut, joinList, link, oneLine, say, type Words } from "./words.ts";

/** GitHub's limit is 65,536 characters. */
const bodyBytesMax = 60_000;
/** Pull requests that are listed one by one. */
const pullsShown = 100;

export function deploymentIssueTitle(environment: string): string {
  return cut(`Deployment to ${oneLine(environment)} is waiting`, 200);
}

/** One request as it waits; put together into the issue by {@link deploymentIssueBody}. */
export function requestSection(
  request: { sha: string; environment: string; requestedAt: Date; dueAt: Date },
  run: DeployingRun,
  verdict: DeploymentVerdict | UnjudgedDeployment,
): string {
  const { sha, environment, requestedAt, dueAt } = request;
  const by = [run.actor, run.triggeringActor].filter((person) => person !== null);
  const starters = [...new Map(by.map((person) => [person.id, person])).values()];
  const head = say`## ${shortSha(sha)} in ${link(say`run ${run.id}, attempt ${run.attempt}`, run.url)}`;
  const facts = [
    say`Started by ${peopleWords(starters)}, waiting since ${when(requestedAt, longAgo)}, due ${when(dueAt, longAgo)}`,
    ...("kind" in verdict ? [] : [rangeWords(verdict)]),
  ];
  const holds =
    "kind" in verdict ? [unjudgedWords(verdict)] : verdict.holds.map((hold) => holdWords(hold, environment));
  return [
    line(head),
    list(facts),
    "**Waits for**",
    list(holds),
    ...("kind" in verdict ? [] : [whoCan(verdict), pullLines(verdict.judged.pulls)]),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Follows the part of a request that cannot be read any more. */
export function missingPermission(needs: string): string {
  return line(permissionWords(needs));
}

/** @param sections of the requests that wait, oldest first */
export function deploymentIssueBody(environment: string, sections: readonly string[]): string {
  const name = code(environment);
  const intro = [
    say`${{ kind: "ours", text: count(sections.length, "deployment") }} to ${name} ${sections.length === 1 ? "waits" : "wait"} for what is named below. In a comment, on a line of its own:`,
  ];
  const commands = [
    say`${code(`/holdpoint deploy approve ${environment} [note]`)} releases it, together with the others who are asked`,
    say`${code(`/holdpoint deploy reject ${environment} <reason>`)} stops it`,
    say`${code(`/holdpoint deploy override ${environment} <reason>`)} lets pass what nobody has judged; for a technical lead, and a review is owed then`,
  ];
  const rules = say`An approval is for the commit that waits now. Where several wait, write the commit after the environment. Whoever started a deployment does not release it, and edited comments do not count.`;
  const blocks = [line(intro.flat()), list(commands), line(rules), ...sections];
  return fitBytes(
    blocks.map((text, index) => ({ text: `${text}\n\n`, expendable: index < 3 ? 0 : index, name: "deployments" })),
    bodyBytesMax,
  ).trim();
}

/** What stands there when nothing waits any more. */
export function settledIssueBody(environment: string, now: Date): string {
  return line(
    say`Nothing waits for ${code(environment)} any more (${when(now, longAgo)}). What became of each deployment stands on its run and in the ledger.`,
  );
}

function whoCan({ seats, starters }: DeploymentVerdict): string {
  if (seats.length === 0) return "";
  const lines = seats.map(({ roles, needed, given, checkpoint }) => {
    const of = joinList(
      roles.map((role) => say`${spoken(role)}`),
      "or",
    );
    const what = checkpoint === null ? say`the environment` : say`the checkpoint ${code(checkpoint)}`;
    const who = given.length === 0 ? [] : say`: ${peopleWords(given)}`;
    return say`${what}: ${given.length} of ${needed} by ${of}${who}`;
  });
  const out = starters.length === 0 ? [] : [say`not by ${peopleWords(starters)}, who started it`];
  return `**Approvals**\n\n${list([...lines, ...out])}`;
}

const stateWords: Readonly<Record<DeployedPull["state"], string>> = {
  passed: "✓",
  review_owed: "✗ review owed",
  aside: "✗ merged where the gate stands aside",
  other_branch: "✗ merged elsewhere",
  inside: "✗ not its merge",
  not_seen: "✗ not seen merged",
};

function pullLines(pulls: readonly DeployedPull[]): string {
  if (pulls.length === 0) return "";
  const shown = pulls.slice(0, pullsShown).map(({ number, state, commits }) => {
    const mark = { kind: "ours", text: stateWords[state] } as const;
    return say`${mark} ${issueRef(number)} (${{ kind: "ours", text: count(commits.length, "commit") }})`;
  });
  const rest = pulls.length - shown.length;
  const more = rest > 0 ? [say`and ${rest} more`] : [];
  return `**Brings along**\n\n${list([...shown, ...more])}`;
}

function list(lines: readonly Words[]): string {
  return lines.map((words) => `- ${line(words)}`).join("\n");
}

function line(words: Words): string {
  return toMarkdown(quietWords(words));
}

/** A night at acme: a change of maria's that nobody reviewed, otto on call, lena the technical lead. */

import { expect } from "vitest";
import type { Organisation } from "../../src/sandbox/state/accounts.ts";
import type { Issue, IssueComment, PullRequest } from "../../src/sandbox/state/issues.ts";
import { type Stage, type StageOptions, setStage } from "./holdpoint.ts";

/** One peer, and one checkpoint for everything. @param emergency the block, in YAML's flow style */
export const emergencyPolicy = (emergency = "{}", rest = ""): string => `version: 1
bypass:
  emergency: ${emergency}
checkpoints:
  data_review:
    when: { changed_files: ["src/**"] }
    approver: data_team
approval_workflows:
  peer_review: { approver: peer, approvals: 1 }
${rest}`;

export const list = (text: string) => ({ "src/list.ts": `export const list = [${text}];\n` });
export const reason = "Checkout fails for every customer since 02:10";
export const label = "emergency-bypass";

export const red = { status: "in_progress", conclusion: null };
export const open = { status: "completed", conclusion: "neutral" };

export interface Night extends Stage {
  number: number;
  pull: PullRequest;
  /** Writes a comment a second after whatever was before, and waits for what follows. */
  say(login: string, body: string): Promise<IssueComment>;
  /** Puts the label on in the same way. */
  ask(login?: string, name?: string): Promise<void>;
  /** What Holdpoint said on the pull request. */
  answers(): string[];
  /** Issues that a bypass owes, oldest first. */
  owed(): Issue[];
  /** The ledger's entries about bypasses, as `granted`, `refused no_event`, `ended push`. */
  told(): Promise<string[]>;
  labels(): string[];
}

export async function emergencyStage(options: StageOptions = {}): Promise<Stage> {
  const stage = await setStage({ policy: emergencyPolicy(), ...options });
  const { github, api } = stage;
  for (const login of ["otto", "lena", "dana", "mona"]) github.addCollaborator(api, login, "write");
  github.addCollaborator(api, "tria", "triage");
  const repositories: [[typeof api, "write"]] = [[api, "write"]];
  const acme = api.owner as Organisation;
  github.createTeam(acme, "on-call", ["otto", "olga"], { repositories });
  github.createTeam(acme, "technical-lead", ["lena", "mona"], { repositories });
  github.createTeam(acme, "data-team", ["dana"], { repositories });
  github.createLabel(api, label);
  if (!options.isWithoutApp) await stage.settle();
  return stage;
}

/** @param body of the pull request */
export async function atNight(options: StageOptions & { body?: string } = {}): Promise<Night> {
  const stage = await emergencyStage(options);
  const { github, api, settle, passOnGithub } = stage;
  const pull = github
    .as("maria")
    .openPullRequest({ title: "Fix checkout", body: options.body ?? "", files: list("1") });
  await settle();
  expect(stage.checkOf(pull.number)).toMatchObject(red);
  return Object.assign(Object.create(stage) as Stage, nightOf(stage, pull), { api, settle, passOnGithub });
}

export function nightOf(stage: Stage, pull: PullRequest) {
  const { github, api, settle, passOnGithub, database } = stage;
  const { number } = pull;
  const isOurs = ({ author }: { author: { login: string } }) => author.login === "holdpoint[bot]";
  return {
    number,
    pull,
    async say(login: string, body: string) {
      passOnGithub(2);
      const comment = github.as(login).comment(number, body);
      await settle();
      return comment;
    },
    async ask(login = "otto", name = label) {
      passOnGithub(2);
      github.as(login).label(number, name);
      await settle();
    },
    answers: () => pull.comments.filter(isOurs).map(({ body }) => body),
    owed: () =>
      [...api.issues.values()].filter((issue) =>
        [...issue.labels].some(({ name }) => name === "holdpoint:post-review"),
      ),
    async told() {
      const rows = await database.query<{ kind: string; why: string | null }>(
        "select kind, data->>'why' as why from ledger where kind like 'bypass%' order by seq",
      );
      return rows.map(({ kind, why }) => [kind.replace("bypass_", ""), why].filter(Boolean).join(" "));
    },
    labels: () => [...pull.labels].map(({ name }) => name),
  };
}

/** A branch with a maintenance window: maria's change waits for a review, lena and mona lead, and clocks can be moved. */

import { expect } from "vitest";
import type { Issue } from "../../src/sandbox/state/issues.ts";
import { emergencyStage, list, red } from "./emergency.ts";
import type { Stage, StageOptions } from "./holdpoint.ts";

/** To the minute, in UTC, so many hours from now. */
export function inHours(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}

/** @param windows in YAML's flow style */
export const windowPolicy = (...windows: string[]): string => `version: 1
bypass:
  maintenance_windows:
${windows.map((window) => `    - { ${window} }`).join("\n")}
approval_workflows:
  peer_review: { approver: peer, approvals: 1 }
`;

/** From three hours on, for two. */
export const upgrade = (more = "announce: 4h") =>
  `name: db-upgrade, start: "${inHours(3)}", end: "${inHours(5)}"${more && `, ${more}`}`;

export interface Maintenance extends Stage {
  /** The pull request that waits. */
  number: number;
  /** Issues of windows, oldest first. */
  issues(): Issue[];
  /** What Holdpoint wrote under an issue. */
  answers(issue: Issue): string[];
  say(login: string, number: number, body: string): Promise<void>;
  /** Kinds of entries about windows, oldest first. */
  told(): Promise<string[]>;
}

export async function atMaintenance(policy: string, options: StageOptions = {}): Promise<Maintenance> {
  const stage = await emergencyStage({ ...options, policy });
  const { github, api, settle, passOnGithub, database } = stage;
  await settle();
  const { number } = github.as("maria").openPullRequest({ title: "Move the index", files: list("1") });
  await settle();
  expect(stage.checkOf(number)).toMatchObject(red);
  const isOurs = ({ author }: { author: { login: string } }) => author.login === "holdpoint[bot]";
  return Object.assign(Object.create(stage) as Stage, {
    api,
    settle,
    number,
    issues: () =>
      [...api.issues.values()].filter((issue) => [...issue.labels].some(({ name }) => name === "holdpoint:window")),
    answers: (issue: Issue) => issue.comments.filter(isOurs).map(({ body }) => body),
    async say(login: string, on: number, body: string) {
      passOnGithub(2);
      github.as(login).comment(on, body);
      await settle();
    },
    async told() {
      const rows = await database.query<{ kind: string }>(
        "select kind from ledger where kind like 'window%' order by seq",
      );
      return rows.map(({ kind }) => kind.replace("window_", ""));
    },
  });
}

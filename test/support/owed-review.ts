/** The morning after: a bypass was granted to otto, lena and mona may review it. */

import { expect } from "vitest";
import type { Issue, IssueComment } from "../../src/sandbox/state/issues.ts";
import type { Repository } from "../../src/sandbox/state/repository.ts";
import { atNight, type Night, reason } from "./emergency.ts";
import type { Stage, StageOptions } from "./holdpoint.ts";

export const lessons = "the alert came ten minutes late, it now watches the queue";

export interface Morning extends Night {
  issueNumber: number;
  /** As it stands now; fails the test where there is none. */
  issue(): Issue;
  /** What Holdpoint said on it. */
  said(): string[];
  /** Writes a comment on it a second after whatever was before, and waits for what follows. */
  sayThere(login: string, body: string): Promise<IssueComment>;
  ledger(kind: string): Promise<Record<string, unknown>[]>;
}

/** @param isMerged by olga, an hour after it was granted */
export async function afterBypass(options: StageOptions & { isMerged?: boolean } = {}): Promise<Morning> {
  const { isMerged = true, ...stage } = options;
  const night = await atNight(stage);
  await night.say("otto", `/holdpoint bypass all --reason "${reason}" --cause production_issue`);
  const [filed] = night.owed();
  if (filed === undefined) throw new Error("nothing is owed");
  if (isMerged) {
    night.passOnGithub(2);
    night.github.as("olga").merge(night.number);
    await night.settle();
  }
  return Object.assign(Object.create(night) as Night, morningOf(night, filed.number), {
    number: night.number,
    pull: night.pull,
  });
}

export function morningOf({ github, api, settle, passOnGithub, database }: Stage, issueNumber: number) {
  const issue = () => issueOf(api, issueNumber);
  return {
    issueNumber,
    issue,
    said: () => ownComments(issue()),
    async sayThere(login: string, body: string) {
      passOnGithub(2);
      const comment = github.as(login).comment(issueNumber, body);
      await settle();
      return comment;
    },
    async ledger(kind: string) {
      const rows = await database.query<{ data: Record<string, unknown> }>(
        "select data from ledger where kind = $1 order by seq",
        [kind],
      );
      return rows.map(({ data }) => data);
    },
  };
}

export function ownComments({ comments }: Issue): string[] {
  return comments.filter(({ author }) => author.login === "holdpoint[bot]").map(({ body }) => body);
}

export const signs = (comment: IssueComment) => comment.reactions.map(({ content }) => content);

function issueOf(api: Repository, number: number): Issue {
  const issue = api.issues.get(number);
  expect(issue).toBeDefined();
  return issue as Issue;
}

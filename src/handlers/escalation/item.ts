/** What an escalation is about, as it stands now: a pull request with its judgement, or an issue. */

import type { Escalation } from "../../core/escalation/escalation-state.ts";
import { lookedKinds, stuckIn } from "../../core/escalation/overdue.ts";
import { candidatesOf, type KnownPeople } from "../../core/gate/candidates.ts";
import { prepareFacts } from "../../core/gate/facts.ts";
import type { Policy } from "../../core/policy/schema.ts";
import { groupsOfRoles } from "../../core/rounds/choose-expert.ts";
import type { Directory, Person, Repository } from "../../core/snapshot.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { Judged } from "../commands/command.ts";
import { judgedOf } from "../commands/judged-of.ts";
import type { PullRequestReading } from "../github-port.ts";
import type { IssueReading } from "../issues-port.ts";
import { judgePullRequest } from "../judge-pull-request.ts";
import type { Ports, Run } from "../ports.ts";
import type { Dossier } from "../store-port.ts";
import { readDefaultPolicy } from "./read-default-policy.ts";

export interface ItemBase {
  /** Of the number, whatever it is; also where GitHub is asked about an issue. */
  subject: PullRequestSubject;
  policy: Policy;
  /** Who is known. */
  known: KnownPeople;
  /** All comments of whomever, for markers. */
  comments: readonly { id: number; body: string }[];
  /** Who wrote the change; `null` for an issue. */
  author: Person | null;
}

export interface PullRequestItem extends ItemBase {
  kind: "pull_request";
  reading: PullRequestReading;
  dossier: Dossier;
  judged: Judged;
}

export interface IssueItem extends ItemBase {
  kind: "issue";
  /** `gone`: deleted, transferred, or issues are off; it is stuck all the same, and channels are told. */
  reading: IssueReading | "gone";
}

export type Item = PullRequestItem | IssueItem;

/**
 * @returns `over`: it is not stuck any more, or it is not there; `unreadable`: the policy is broken at the moment
 * @throws {GithubError | NotYet} when facts cannot be had at the moment
 */
export async function readItem(
  { stuck }: Pick<Escalation, "stuck">,
  ports: Ports,
  run: Pick<Run, "attempt">,
): Promise<Item | "over" | "unreadable"> {
  const subject: PullRequestSubject = { ...stuck.repository, kind: "pull_request", number: stuck.number };
  const isLooked = lookedKinds.some((kind) => kind === stuck.kind);
  return isLooked ? readPullRequestItem(subject, stuck.key, ports, run) : readIssueItem(subject, ports);
}

async function readPullRequestItem(
  subject: PullRequestSubject,
  key: string,
  ports: Ports,
  run: Pick<Run, "attempt">,
): Promise<PullRequestItem | "over" | "unreadable"> {
  const dossier = await ports.store.loadDossier(subject);
  const judgement = await judgePullRequest(subject, dossier, ports, run);
  if (judgement.kind !== "judged") return "over";
  const judged = judgedOf(judgement);
  if (judged === null) return "unreadable";
  const { snapshot } = judgement.reading;
  const { policy } = judged.input.document;
  const { verdict } = judged;
  const now = ports.clock.now();
  const stuck = stuckIn({ repository: subject, number: subject.number, snapshot, verdict, policy, now });
  if (!stuck.some((one) => one.key === key)) return "over";
  return {
    kind: "pull_request",
    subject,
    policy,
    known: snapshot,
    comments: [...judgement.reading.ownComments, ...snapshot.comments],
    author: snapshot.author,
    reading: judgement.reading,
    dossier,
    judged,
  };
}

/** GitHub never gave a number below 1: there is no issue, where they are switched off. */
async function readIssueItem(subject: PullRequestSubject, ports: Ports): Promise<IssueItem | "over"> {
  const reading = subject.number < 1 ? "gone" : await ports.github.readIssue(subject);
  return issueItemOf(subject, reading, ports);
}

/** @returns `over` where the repository is gone */
export async function issueItemOf(
  subject: PullRequestSubject,
  reading: IssueReading | "gone",
  ports: Ports,
): Promise<IssueItem | "over"> {
  const read = await readDefaultPolicy(subject, ports);
  if (read === "gone") return "over";
  const { policy, repository } = read;
  return {
    kind: "issue",
    subject,
    policy,
    known: peopleAround(repository, reading),
    comments: reading === "gone" ? [] : reading.comments,
    author: null,
    reading,
  };
}

function peopleAround(repository: Repository, reading: IssueReading | "gone"): KnownPeople {
  return {
    repository,
    directory: { teams: {}, organizations: {}, permissions: {}, codeowners: { kind: "missing" }, busy: [] },
    files: [],
    incomplete: [],
    requestedReviewers: reading === "gone" ? [] : reading.assignees,
    reviews: [],
    comments: reading === "gone" ? [] : reading.comments,
  };
}

/** Looks up who holds these roles, beside whoever is known already. */
export async function withRoles<Known extends ItemBase>(
  item: Known,
  roles: readonly string[],
  { github }: Ports,
): Promise<Known> {
  if (roles.length === 0) return item;
  const groups = groupsOfRoles(roles, item.policy, item.known.repository.owner);
  const more = await github.readDirectory(item.subject, { ...groups, permissionsOf: [], codeownersOf: null });
  const { directory } = item.known;
  const merged: Directory = {
    ...directory,
    teams: { ...directory.teams, ...more.teams },
    organizations: { ...directory.organizations, ...more.organizations },
    busy: [...new Set([...directory.busy, ...more.busy])],
  };
  return { ...item, known: { ...item.known, directory: merged } };
}

/** People known to hold one of the roles, earlier roles first; never the author of the change, who cannot help it on. */
export function holdersIn({ known, policy, author }: ItemBase, roles: readonly string[]): Person[] {
  const people = roles.flatMap((role) => candidatesOf(role, policy, known));
  return people.filter(
    ({ login, kind }, index) =>
      kind === "user" &&
      login.toLowerCase() !== author?.login.toLowerCase() &&
      people.findIndex((other) => other.login.toLowerCase() === login.toLowerCase()) === index,
  );
}

/** The gate's facts of a pull request that was judged. */
export function factsOf({ judged }: PullRequestItem) {
  return prepareFacts(judged.input);
}

/** Check runs for what was never judged rule by rule: a lost policy, facts that cannot be read, nothing to hold, a merge group. */

import type { Repository, Snapshot } from "../snapshot.ts";
import { recheck } from "./check-actions.ts";
import { type CheckUrls, checkIdentity } from "./check-identity.ts";
import type { CheckRunDraft } from "./check-run.ts";
import { type Block, fitBytes } from "./fit-bytes.ts";
import { escapeMarkdown, toMarkdown } from "./markdown.ts";
import { marks } from "./rows.ts";
import { count } from "./telling.ts";
import { judgedWords, when } from "./times.ts";
import { code, cut, joinList, oneLine, phrase, say, strong, toPlain, type Words } from "./words.ts";

export interface SpecialInput {
  subject: Pick<Snapshot, "repository" | "number" | "base" | "head">;
  now: Date;
  urls: Pick<CheckUrls, "details">;
}

/** A repository that had a policy and lost it stays shut until it is taken off on purpose. */
export function renderPolicyLost(input: SpecialInput & { path: string }): CheckRunDraft {
  const { base } = input.subject;
  return special(input, {
    title: `Policy gone: ${oneLine(input.path)} is no longer on ${oneLine(base.ref)}`,
    conclusion: "failure",
    words: say`${strong(say`${code(base.ref)} was guarded by a policy, and ${code(input.path)} is no longer there.`)} A policy that disappears does not open the gate. Put the file back, or have an administrator uninstall Holdpoint from this repository if it is meant to go unguarded.`,
  });
}

/** A fact that the judgement needs could not be read: nothing was judged, nothing opens. */
export function renderUnreadable(input: SpecialInput & { reason: string; retryAt: Date | null }): CheckRunDraft {
  const again = input.retryAt
    ? say`It is tried again by itself, next at ${when(input.retryAt, input.now)}.`
    : say`Re-check once it can be read again.`;
  return special(input, {
    title: cut(`Cannot be judged: ${toPlain(phrase(input.reason))}`, 100),
    conclusion: "failure",
    words: say`${strong(say`The gate stays shut, because something it must know could not be read:`)} ${phrase(input.reason)}. ${again}`,
  });
}

/** A failure of our own: said plainly, without a stack. */
export function renderFailed(input: SpecialInput): CheckRunDraft {
  return special(input, {
    title: "Holdpoint failed; the gate stays shut",
    conclusion: "failure",
    words: say`${strong(say`Holdpoint failed while it judged this change, so the gate stays shut.`)} This is a fault of Holdpoint and not of the change. Re-check with the button; if it fails again, the operator finds the cause in the log.`,
  });
}

/** No rule applies here, said so that a required check never stays away. */
export function renderNothingToHold(input: SpecialInput & { reason: string }): CheckRunDraft {
  return special(input, {
    title: cut(`Nothing to hold: ${toPlain(phrase(input.reason))}`, 100),
    conclusion: "success",
    words: say`${strong(say`Nothing holds this change:`)} ${phrase(input.reason)}.`,
  });
}

/** One pull request of a merge group as it was judged. */
export interface GroupMember {
  number: number;
  status: CheckRunDraft["status"];
  conclusion: CheckRunDraft["conclusion"];
  title: string;
}

/**
 * A merge group is as good as its worst member; one that could not be resolved to pull requests stays shut.
 *
 * @param members `null` where it could not be read which pull requests the group holds
 */
export function renderMergeGroup(input: {
  repository: Repository;
  baseRef: string;
  headSha: string;
  members: readonly GroupMember[] | null;
  /** Name of the check, where it is that of one checkpoint and not the whole; its members are those that the checkpoint applies to. */
  checkpointCheck?: string;
  now: Date;
  urls: Pick<CheckUrls, "details">;
}): CheckRunDraft {
  const subject = {
    repository: input.repository,
    number: null,
    base: { ref: input.baseRef, sha: "" },
    head: { ref: "", sha: input.headSha },
  };
  const { members } = input;
  if (members === null || members.length === 0) {
    const reason = "it is not known which pull requests this merge group holds";
    return { ...renderUnreadable({ ...input, subject, reason, retryAt: null }), externalId: groupId(input) };
  }
  const open = members.filter((member) => rankOf(member) > 1);
  const worst = [...members].sort((a, b) => rankOf(b) - rankOf(a))[0];
  const isWhole = input.checkpointCheck === undefined;
  const all = count(members.length, "pull request");
  const may = isWhole
    ? say`All ${all} of this merge group may go in.`
    : say`${all} of this merge group that it applies to ${members.length === 1 ? say`meets` : say`meet`} it.`;
  const first = open.length === 0 ? may : say`${open.length} of ${all} may not go in yet.`;
  const lines = members.map((member) => ({
    text: `- ${groupMark(member)} #${member.number}: ${escapeMarkdown(member.title)}\n`,
    expendable: rankOf(member) > 1 ? 1 : 2,
    name: "pull requests",
  }));
  const title =
    open.length === 0
      ? `${isWhole ? "Approved" : "Met"}: ${count(members.length, "pull request")}`
      : `Held by ${toPlain(
          joinList(
            open.map((member) => say`#${member.number}`),
            "and",
            8,
          ),
        )}`;
  const draft = special({ ...input, subject }, { title, conclusion: "failure", words: [strong(first)], blocks: lines });
  // In the queue nothing waits for people: whoever holds it now takes it out of the queue.
  return {
    ...draft,
    name: input.checkpointCheck ?? draft.name,
    conclusion: worst && rankOf(worst) <= 1 ? (worst.conclusion ?? "failure") : "failure",
    externalId: groupId(input),
  };
}

function groupId({
  repository,
  baseRef,
  headSha,
}: {
  repository: Repository;
  baseRef: string;
  headSha: string;
}): string {
  return `${repository.id}/merge-group/${headSha}/${baseRef}`;
}

/** Only a finished success (0) or neutral (1) lets a member in. */
function rankOf({ status, conclusion }: GroupMember): number {
  if (status !== "completed") return 2;
  return conclusion === "success" ? 0 : conclusion === "neutral" ? 1 : 3;
}

function groupMark(member: GroupMember): string {
  const rank = rankOf(member);
  return rank <= 1 ? marks.satisfied : rank === 2 ? marks.waiting : marks.must_change;
}

interface Special {
  title: string;
  conclusion: "success" | "failure";
  words: Words;
  blocks?: Block[];
}

function special(
  { subject, now, urls }: SpecialInput,
  { title, conclusion, words, blocks = [] }: Special,
): CheckRunDraft {
  const footer = say`head ${code(subject.head.sha.slice(0, 7))} · ${judgedWords(subject.base, now)} · re-check with the button or ${code("/holdpoint recheck")}`;
  const keep = (text: string): Block => ({ text, expendable: 0, name: "" });
  return {
    ...checkIdentity(subject),
    status: "completed",
    conclusion,
    title: cut(oneLine(title), 100),
    summary: fitBytes([keep(`${toMarkdown(words)}\n\n`), ...blocks, keep(`\n${toMarkdown(footer)}\n`)]),
    text: "",
    annotations: [],
    actions: [recheck],
    detailsUrl: urls.details,
  };
}

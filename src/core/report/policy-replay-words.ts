/** What a change of the policy would have meant for the last merged pull requests. */

import type { Difference } from "../backtest/compare.ts";
import type { PolicyReplay, ReplayCut } from "../backtest/policy-replay.ts";
import { toMarkdown } from "./markdown.ts";
import { count } from "./telling.ts";
import { cut, joinList, oneLine, phrase, say, type Words } from "./words.ts";

const listedMax = 10;
const titleMax = 80;

/** In the order they are told. */
const groups: readonly { of: readonly Difference[]; says: string }[] = [
  { of: ["opens_now"], says: "would open by themselves" },
  { of: ["fewer_people"], says: "would need fewer people" },
  { of: ["less_asked"], says: "would be asked for less evidence" },
  { of: ["other_people", "asked_otherwise"], says: "would be asked otherwise" },
  { of: ["more_asked"], says: "would be asked for more evidence" },
  { of: ["more_people"], says: "would need more people" },
  { of: ["held_now"], says: "would be held that opened by themselves" },
  { of: ["same"], says: "stay the same" },
];

const cutWords: Record<ReplayCut, string> = {
  requests: "no more requests may be spent on it",
  time: "it took too long",
  rate_limit: "the rest of GitHub's limit is kept for judging",
  failed: "GitHub could not be read",
};

/** Markdown below the differences; `pending`: it is at work. */
export function policyReplaySection(replay: PolicyReplay | "pending" | null): string {
  if (replay === null) return "";
  if (replay === "pending")
    return `\n${toMarkdown(say`The last merged pull requests are being replayed under both policies.`)}\n`;
  if (replay.replayed === 0 && replay.cutBy === null)
    return `\n${toMarkdown(say`No pull request was merged yet that could be replayed.`)}\n`;
  const shown = replay.changes.slice(0, listedMax).map((one) => `- ${toMarkdown(changeWords(one))}`);
  const list = shown.length === 0 ? [] : ["", ...shown];
  return `\n${[toMarkdown(headWords(replay)), ...list].join("\n")}\n`;
}

function headWords({ replayed, wanted, cutBy, counts }: PolicyReplay): Words {
  const parts = groups.flatMap(({ of, says }): Words[] => {
    const amount = of.reduce((sum, name) => sum + counts[name], 0);
    return amount === 0 ? [] : [say`${amount} ${ours(amount === 1 ? ofOne(says) : says)}`];
  });
  const told = parts.length === 0 ? [] : say`: ${joinList(parts, "and", parts.length)}`;
  const how = say` Reviews of then are left out: it compares what each policy asks for.`;
  if (cutBy === null) return say`Of the last ${count(replayed, "merged pull request")}${told}.${how}`;
  return say`Of the last ${wanted} merged pull requests, ${replayed} could be replayed, since ${ours(cutWords[cutBy])}${told}.${how}`;
}

function ofOne(says: string): string {
  return says.replace("themselves", "itself").replace(/^stay /, "stays ");
}

function ours(text: string): Words {
  return [{ kind: "ours", text }];
}

function changeWords({ id, title, difference, before, after }: PolicyReplay["changes"][number]): Words {
  const group = groups.find(({ of }) => of.includes(difference));
  const people = before === after ? [] : say`, ${count(after, "approval")} instead of ${before}`;
  return say`${id} ${phrase(cut(oneLine(title), titleMax))}: ${ours(ofOne(group?.says ?? ""))}${people}`;
}

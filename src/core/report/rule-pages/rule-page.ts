/** What is told of a rule of findings, from its own declaration: its page in the documentation and in the App, and what `explain` answers. */

import type { Rule } from "../../findings/detector.ts";
import { type FindingClass, findingClasses, type strengths } from "../../findings/finding.ts";
import { detectors, rules } from "../../findings/index.ts";
import { rulesNamed } from "../../findings/rule-ids.ts";
import { builtInCheckpoints } from "../../policy/built-in-checkpoints.ts";
import { classEffects } from "./class-effects.ts";

/** Names in back-ticks. */
export type PageBlock =
  | { kind: "text"; text: string }
  | { kind: "list"; items: string[] }
  | { kind: "code"; language: string; text: string };

export interface RulePage {
  id: string;
  /** As the rule says it, starting lower case. */
  title: string;
  class: FindingClass;
  sections: { heading: string; blocks: PageBlock[] }[];
}

/** @returns `null` where there is no such rule */
export function rulePage(id: string): RulePage | null {
  const rule = Object.hasOwn(rules, id) ? rules[id] : undefined;
  if (rule === undefined) return null;
  const sections = [
    { heading: "What it looks at", blocks: [text(rule.looksAt ?? lookedAt(rule)), ...exampleOf(rule)] },
    { heading: "Why it matters", blocks: [text(rule.why)] },
    { heading: "What helps", blocks: [text(rule.fix ?? classEffects[rule.class].helps)] },
    { heading: "What it brings about", blocks: effects(rule.class) },
    { heading: "Setting it", blocks: settings(id, rule.class) },
    { heading: "Leaving it out", blocks: suppressing(id) },
    { heading: "Where it is wrong", blocks: [text(disagreeing)] },
  ];
  return { id, title: rule.title, class: rule.class, sections };
}

/** Ids of all rules by their classes, and those of one detector together. */
export function rulesByClass(): { class: FindingClass; title: string; ids: string[] }[] {
  return findingClasses.map((name) => ({
    class: name,
    title: classEffects[name].title,
    ids: detectors.filter((detector) => detector.class === name).flatMap((detector) => Object.keys(detector.rules)),
  }));
}

/** What each strength of evidence means, for people who meet the words. */
export const strengthWords = {
  proven: "a reader of the change would agree nearly always",
  likely: "right more often than not; a person should look",
  hint: "a weak sign that counts beside others",
} as const satisfies Record<(typeof strengths)[number], string>;

const disagreeing =
  "Write `/holdpoint disagree <finding> <reason>` on the pull request, with the finding's id (`F-1a2b3c`). It is counted for this rule, so that rules that are often wrong get better or go. The finding still counts: who can release it, the check says.";

function text(words: string): PageBlock {
  return { kind: "text", text: words };
}

function lookedAt({ title }: Pick<Rule, "title">): string {
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}.`;
}

function exampleOf({ example }: Pick<Rule, "example">): PageBlock[] {
  return example === undefined ? [] : [{ kind: "code", language: "diff", text: example.diff }];
}

function effects(name: FindingClass): PageBlock[] {
  const { trigger, guards, risks } = classEffects[name];
  if (trigger === null) {
    return [
      text(
        "No checkpoint goes by it. It is shown, adds to the risk, and `finding` in a policy may ask for it; workflows count lines and files themselves, as in `code_changes_under_200_lines`.",
      ),
    ];
  }
  const builtIn = Object.keys(builtInCheckpoints).filter((checkpoint) => builtInCheckpoints[checkpoint] === trigger);
  return [
    text("Every finding bears the strength of its evidence:"),
    {
      kind: "list",
      items: [
        `\`proven\` (${strengthWords.proven}): checkpoints with the trigger \`${trigger}\`, such as ${names(builtIn)}, hold the change until they are met.`,
        `\`likely\` (${strengthWords.likely}): they ask for their review and hold nothing.`,
        `\`hint\` (${strengthWords.hint}): it is shown, and asks for nothing.`,
      ],
    },
    text(
      `Workflows count it from \`likely\` on: ${names(guards)} no longer ${guards.length === 1 ? "holds" : "hold"}, and ${names(risks)} is present.`,
    ),
  ];
}

function names(list: readonly string[]): string {
  const quoted = list.map((name) => `\`${name}\``);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
}

function settings(id: string, name: FindingClass): PageBlock[] {
  const ownCheckpoint = `checkpoints:
  looked_at_by_a_lead:
    when: [{ finding: [${id}] }]
    approver: technical_lead
`;
  const asking: PageBlock[] = [
    text("A checkpoint of your own may ask for this very rule, of whatever strength:"),
    { kind: "code", language: "yaml", text: ownCheckpoint },
  ];
  if (name === "size") return asking;
  const thresholds = `classification:
  ${name}:
    hold_at: proven # from which strength on a checkpoint holds
    ask_at: likely # from which strength on it asks, and workflows count it
    ignore: ["examples/**"] # files in which nothing of this class is looked for
`;
  return [
    text("The strengths from which the whole class holds and asks, with their defaults, and files to leave alone:"),
    { kind: "code", language: "yaml", text: thresholds },
    ...asking,
  ];
}

function suppressing(id: string): PageBlock[] {
  const entry = `classification:
  suppress:
    - rule: ${id}
      paths: ["packages/legacy/**"]
      reason: agreed with everybody who uses it
      until: "2027-01-31"
`;
  const byPolicy: PageBlock[] = [
    text("In the policy, with a reason, for some files or all, until a day or for good:"),
    { kind: "code", language: "yaml", text: entry },
  ];
  const shown = "What is left out is shown in a section of its own, and counts for nothing.";
  if (rulesNamed("secret_detected").includes(id)) {
    return [...byPolicy, text(`${shown} Comments in the code cannot leave out secrets.`)];
  }
  return [
    ...byPolicy,
    text(
      "Where it stands on a line, also by a comment there or on the line above, in whatever way the file writes comments:",
    ),
    {
      kind: "code",
      language: "text",
      text: `// holdpoint-ignore ${id} until 2027-01-31: agreed with everybody who uses it`,
    },
    text(`A comment counts once it stands on the base branch: one that comes with the change only asks. ${shown}`),
  ];
}

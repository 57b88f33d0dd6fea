/** A pull request template that fits a policy: a section or a box for each criterion that the description can satisfy. */

import type { Evidence, EvidenceTree } from "../policy/blocks/checkpoints.ts";
import { evidenceIn } from "../policy/criteria.ts";
import type { Policy } from "../policy/schema.ts";
import { sectionPrompt } from "../policy/section-prompts.ts";

/** What the description itself can hold. */
type Written = Extract<Evidence, { section: string } | { checkbox: string } | { linked_issue: true }>;

const opening = `<!-- Leave out what does not apply to this change: the check says what it waits for. -->

## What changes, and why

<!-- From the point of view of whoever uses it. -->
`;

/**
 * The text of `.github/pull_request_template.md`. Left as it is, it satisfies nothing; with every section written and every box ticked,
 * it satisfies every criterion that a description can.
 */
export function pullRequestTemplate(policy: Pick<Policy, "checkpoints">): string {
  const written = evidenceIn(policy).flatMap(({ evidence }) => inDescription(evidence)?.written ?? []);
  const each = [...new Map(written.map((one) => [JSON.stringify(one).toLowerCase(), one])).values()];
  const sections = each.flatMap((one) => sectionText(one) ?? []);
  const boxes = each.flatMap((one) => ("checkbox" in one ? [`- [ ] ${onOneLine(one.checkbox)}`] : []));
  const list = boxes.length > 0 ? [`## Done\n\n${boxes.join("\n")}\n`] : [];
  return [opening, ...sections, ...list].join("\n");
}

/**
 * What has to stand in the description so that the evidence holds: of alternatives the first that the description alone can satisfy, of
 * what must all hold whatever stands there.
 *
 * @returns `null` where nothing that is written there helps; `isWhole: false` where something else is needed besides
 */
export function inDescription(tree: EvidenceTree): { written: Written[]; isWhole: boolean } | null {
  if ("any" in tree) {
    const alternatives = tree.any.map(inDescription).filter((one) => one !== null);
    return alternatives.find(({ isWhole }) => isWhole) ?? alternatives[0] ?? null;
  }
  if ("all" in tree) {
    const parts = tree.all.map(inDescription);
    const written = parts.flatMap((part) => part?.written ?? []);
    return written.length > 0 ? { written, isWhole: parts.every((part) => part?.isWhole === true) } : null;
  }
  const isWritten = "section" in tree || "checkbox" in tree || "linked_issue" in tree;
  return isWritten ? { written: [tree], isWhole: true } : null;
}

function sectionText(written: Written): string | null {
  if ("section" in written) return `## ${onOneLine(written.section)}\n\n<!-- ${sectionPrompt(written.section)} -->\n`;
  if ("linked_issue" in written)
    return "## Issue\n\n<!-- The number or the address of the issue that this is about. -->\n";
  return null;
}

/** Nothing in it may hide what follows. */
function onOneLine(text: string): string {
  return text.replaceAll("<!--", "").replace(/\s+/g, " ").trim();
}

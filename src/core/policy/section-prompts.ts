/** What a template asks for under a heading. Where it stands in a description as it is, nothing has been answered. */

import { builtInCriteria } from "./criteria.ts";

const prompts = new Map(
  Object.values(builtInCriteria).flatMap(({ prompt, evidence }) =>
    prompt === null
      ? []
      : evidence.flatMap((leaf) => ("section" in leaf ? [[leaf.section.toLowerCase(), prompt] as const] : [])),
  ),
);

export function sectionPrompt(heading: string): string {
  return prompts.get(heading.trim().toLowerCase()) ?? "Write here what whoever reviews this has to know.";
}

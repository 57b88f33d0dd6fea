/** `docs/rules.md` and a page for each rule of findings, from the rules' own declarations. */

import { classEffects } from "../src/core/report/rule-pages/class-effects.ts";
import { blockMarkdown } from "../src/core/report/rule-pages/page-text.ts";
import { type RulePage, rulePage, rulesByClass, strengthWords } from "../src/core/report/rule-pages/rule-page.ts";

/** Generated files by their path in the project. */
export function ruleDocs(): Record<string, string> {
  const pages = rulesByClass().flatMap(({ ids }) => pagesOf(ids));
  return {
    "docs/rules.md": renderList(),
    ...Object.fromEntries(pages.map((page) => [`docs/rules/${page.id}.md`, renderPage(page)])),
  };
}

function pagesOf(ids: readonly string[]): RulePage[] {
  return ids.flatMap((id) => rulePage(id) ?? []);
}

function renderList(): string {
  const groups = rulesByClass().map(({ title, ids }) => `## ${title}\n\n${table(pagesOf(ids))}`);
  return `# Rules of findings

What kind of change a pull request is, Holdpoint finds out by rules. Each finding names its rule, and the strength of its evidence: \`proven\` (${strengthWords.proven}),
\`likely\` (${strengthWords.likely}) or \`hint\` (${strengthWords.hint}). Unless the policy says otherwise, proven findings hold a change, likely ones ask for a review, and hints are shown.
[policy.md](policy.md#evidence-and-thresholds) says how to set that. Where \`PUBLIC_URL\` is set, checks link each rule to its page in the App, at \`/docs/rules/<rule>\`;
\`holdpoint explain <rule>\` prints it.

${groups.join("\n\n")}
`;
}

function table(pages: readonly RulePage[]): string {
  const rows = pages.map(({ id, title }) => `| [\`${id}\`](rules/${id}.md) | ${cell(title)} |`);
  return `| Rule | What it finds |\n|---|---|\n${rows.join("\n")}`;
}

function renderPage({ id, title, class: name, sections }: RulePage): string {
  const parts = [
    `# \`${id}\`: ${title}`,
    `${classEffects[name].title} · [all rules](../rules.md)`,
    ...sections.map(({ heading, blocks }) => [`## ${heading}`, ...blocks.map(blockMarkdown)].join("\n\n")),
  ];
  return `${parts.join("\n\n")}\n`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

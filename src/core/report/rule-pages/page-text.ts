/** A rule's page as Markdown for a comment or a document, and as plain lines for a terminal. */

import type { PageBlock, RulePage } from "./rule-page.ts";

export function pageMarkdown({ id, title, sections }: RulePage, depth = 2): string {
  const hashes = "#".repeat(depth);
  const parts = sections.map(({ heading, blocks }) =>
    [`${hashes} ${heading}`, ...blocks.map(blockMarkdown)].join("\n\n"),
  );
  return [`${hashes.slice(1)} \`${id}\`: ${title}`, ...parts].join("\n\n");
}

export function blockMarkdown(block: PageBlock): string {
  if (block.kind === "text") return block.text;
  if (block.kind === "list") return block.items.map((item) => `- ${item}`).join("\n");
  return `\`\`\`${block.language}\n${block.text.trimEnd()}\n\`\`\``;
}

/** @param wrap breaks a text into lines that fit */
export function pageText({ id, title, sections }: RulePage, wrap: (text: string) => string[]): string {
  const lines = [...wrap(`${id}: ${plain(title)}`)];
  for (const { heading, blocks } of sections) {
    lines.push("", `  ${heading}`);
    for (const block of blocks) lines.push(...blockText(block, wrap).map((line) => `    ${line}`.trimEnd()));
  }
  return `${lines.join("\n")}\n`;
}

function blockText(block: PageBlock, wrap: (text: string) => string[]): string[] {
  if (block.kind === "text") return wrap(plain(block.text));
  if (block.kind === "code")
    return [
      "",
      ...block.text
        .trimEnd()
        .split("\n")
        .map((line) => `  ${line}`),
      "",
    ];
  return block.items.flatMap((item) => wrap(plain(item)).map((line, index) => `${index === 0 ? "- " : "  "}${line}`));
}

function plain(text: string): string {
  return text.replaceAll("`", "");
}

/** `docs/codes.md` and a page for each reason code, from the table that the web's pages are made from. */

import { codeGroups, groupedCodes, type ToldCode, toldCodes } from "../src/core/report/code-pages/index.ts";

/** Generated files by their path in the project. */
export function codeDocs(): Record<string, string> {
  return {
    "docs/codes.md": renderList(),
    ...Object.fromEntries(toldCodes.map((told) => [`docs/codes/${told.code}.md`, renderPage(told)])),
  };
}

function renderList(): string {
  const groups = groupedCodes().map(({ title, codes }) => `## ${title}\n\n${table(codes)}`);
  return `# Reason codes

Every verdict and every problem bears codes that stay the same from version to version. \`HP-P…\` are about the policy file itself. Where \`PUBLIC_URL\` is
set, checks link each code to its page in the App, at \`/docs/codes/<code>\`.

${groups.join("\n\n")}
`;
}

function table(codes: readonly ToldCode[]): string {
  const rows = codes.map(
    ({ code, title, fix }) =>
      `| <a id="${code.toLowerCase()}"></a>[\`${code}\`](codes/${code}.md) | ${cell(title)} | ${cell(fix)} |`,
  );
  return `| Code | What it means | What to do |\n|---|---|---|\n${rows.join("\n")}`;
}

function renderPage({ code, title, means, fix, who, example }: ToldCode): string {
  const group = codeGroups.find(({ letter }) => letter === code.charAt(3))?.title ?? "Others";
  const sections = [
    `# ${code}: ${title}`,
    `${group} · [all reason codes](../codes.md)`,
    `## What it means\n\n${means}`,
    `## What to do\n\n${fix === "" ? "Nothing: this needs no one to act." : fix}`,
    ...(who === "" ? [] : [`## Who can\n\n${who}`]),
    ...(example === undefined
      ? []
      : [`## For example\n\n\`\`\`${example.language}\n${example.text.trimEnd()}\n\`\`\``]),
  ];
  return `${sections.join("\n\n")}\n`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

/** A reason code's page as plain lines for a terminal. */

import { codeGroups, type ToldCode } from "./index.ts";

/** @param wrap breaks a text into lines that fit */
export function codePageText(told: ToldCode, wrap: (text: string) => string[]): string {
  const { code, title, means, fix, who, example } = told;
  const group = codeGroups.find(({ letter }) => letter === code.charAt(3))?.title ?? "Others";
  const sections: [string, string][] = [
    ["What it means", means],
    ["What to do", fix === "" ? "Nothing: this needs no one to act." : fix],
    ["Who can", who],
  ];
  const lines = [`${code}: ${title}`, `  ${group}`];
  for (const [heading, text] of sections) {
    if (text === "") continue;
    lines.push("", `  ${heading}`);
    for (const paragraph of text.split(/\n+/))
      lines.push(...wrap(paragraph.replaceAll("`", "")).map((line) => `    ${line}`));
  }
  if (example !== undefined) {
    lines.push("", "  For example");
    lines.push(
      ...example.text
        .trimEnd()
        .split("\n")
        .map((line) => `    ${line}`.trimEnd()),
    );
  }
  return `${lines.join("\n")}\n`;
}

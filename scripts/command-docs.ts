/** The page about commands and buttons, from the same table that the parser reads. */

import { type CommandSpec, commandTable } from "../src/core/gate/commands/command-table.ts";

export function commandDocs(): Record<string, string> {
  const specs: readonly CommandSpec[] = commandTable;
  return { "docs/commands.md": renderCommands(specs) };
}

function renderCommands(specs: readonly CommandSpec[]): string {
  return `# Commands

A command is a line of its own in a comment on a pull request or on an issue that Holdpoint keeps, or in the text of a review: \`/holdpoint <command>\`, in upper or lower case. In quotes and
in code it is text. A comment may give several; the first five are answered.

${specs.map(renderCommand).join("\n")}
## What happens

- The comment gets a sign at once: eyes when it was seen; then a thumb up for what was done, a thumb down for what was refused, a confused face for what was
  not understood. A refusal says who may, and names people where they are known, without calling them. There is at most one answer to a comment; on a public
  repository, people without triage permission get the sign alone.
- Who may is looked up when the pull request is judged, by account and by the permission and the roles of that moment.
- An edited comment gives no command: whoever edited it may not be who wrote it. What was said before the edit stands.
- A hold, conditions and a decision are remembered when they are met. Deleting or editing the comment takes nothing back; the command that lifts them does.
- Bots give no commands and are not answered.

## Buttons

The check has three: **Re-evaluate** reads everything again; **Explain** writes one comment with the reasons, rule by rule, and rewrites it when it is pressed
again; **Hold** holds the change in the name of whoever pressed it, and becomes **Lift the hold** while one stands. They ask for the same permission as the
commands.
`;
}

const placeWords: Record<string, string> = {
  issue: " On the issues that Holdpoint keeps.",
  "pull_request+issue": " On pull requests, and on the issues that Holdpoint keeps.",
};

function renderCommand({ verb, aliases = [], usage, example, does, who, on = ["pull_request"] }: CommandSpec): string {
  const written = `/holdpoint ${verb}${usage === "" ? "" : ` ${usage}`}`;
  const others = aliases.length === 0 ? "" : ` Also written ${aliases.map((alias) => `\`${alias}\``).join(", ")}.`;
  const shown = example === written ? "" : `\n\`\`\`\n${example}\n\`\`\`\n`;
  return `## \`${written}\`

${does.charAt(0).toUpperCase()}${does.slice(1)}. For ${who}.${others}${placeWords[on.join("+")] ?? ""}
${shown}`;
}

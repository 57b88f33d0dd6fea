/** Writes what the documentation says of the policy language from the same source that the parser reads: `node scripts/generate-docs.ts`. */

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { criterionSchema, type EvidenceTree } from "../src/core/policy/blocks/checkpoints.ts";
import { builtInCheckpoints } from "../src/core/policy/built-in-checkpoints.ts";
import { builtInCriteria } from "../src/core/policy/criteria.ts";
import { defaultCheckpointApprover } from "../src/core/policy/default-approvers.ts";
import { planned } from "../src/core/policy/planned.ts";
import { predicates } from "../src/core/policy/predicates/index.ts";
import { presets } from "../src/core/policy/presets/index.ts";
import { processSteps } from "../src/core/policy/process-steps.ts";
import { policySchema } from "../src/core/policy/schema.ts";
import { schemasAt } from "../src/core/policy/schema-walk.ts";
import { workflowCriteria } from "../src/core/policy/workflow-criteria.ts";
import { cliDocs } from "./cli-docs.ts";
import { codeDocs } from "./code-docs.ts";
import { commandDocs } from "./command-docs.ts";
import { conditionKeys, evidenceKeys, type PolicyKey, policyKeys } from "./policy-keys.ts";
import { ruleDocs } from "./rule-docs.ts";

const root = new URL("../", import.meta.url);

/** Generated files by their path in the project. */
export function generatedDocs(): Record<string, string> {
  const example = readFileSync(new URL("checkpoints.example.yml", root), "utf8");
  return {
    "docs/checkpoints.schema.json": renderSchema(),
    "docs/policy-reference.md": renderReference(example).replaceAll(/\n{3,}/g, "\n\n"),
    ...cliDocs(),
    ...codeDocs(),
    ...commandDocs(),
    ...ruleDocs(),
  };
}

function renderSchema(): string {
  const schema = z.toJSONSchema(policySchema, { io: "input", target: "draft-7" });
  return `${JSON.stringify({ ...schema, title: "Holdpoint policy" }, null, 2)}\n`;
}

function renderReference(example: string): string {
  const keys = policyKeys();
  const blocks = keys.filter((key) => !key.path.includes("."));
  return `# Policy reference

A policy is the file \`.github/checkpoints.yml\`, read from the branch that a pull request is for; an organisation's default is \`checkpoints.yml\` in
its \`.github\` repository. Everything may be left out; unknown keys are refused. \`checkpoints.example.yml\` shows every key in one file, and editors that
know \`# yaml-language-server: $schema=\` complete them from \`checkpoints.schema.json\`. In the tables, \`*\` is a name you choose and \`[]\` an entry of a list.

${blocks.map((block) => renderBlock(block, keys, example)).join("\n")}
${renderConditions()}
${renderEvidence()}
${renderTables()}`;
}

function renderBlock(block: PolicyKey, keys: readonly PolicyKey[], example: string): string {
  const inner = keys.filter((key) => key.path.startsWith(`${block.path}.`) || key.path.startsWith(`${block.path}[]`));
  const options =
    block.path === "checkpoints" || block.path === "approval_workflows"
      ? "\nEvery option of [`approvals`](#approvals), `veto` aside, may also stand in one of these and then counts for it alone.\n"
      : "";
  const standard = block.standard === null || block.standard === "{}" ? "" : ` Default \`${block.standard}\`.`;
  const kind = inner.length > 0 ? "" : ` Value: ${block.kind}.`;
  return `## \`${block.path}\`

${block.description}${kind}${standard}
${options}
${inner.length > 0 ? `${keyTable(inner.map((key) => ({ ...key, path: key.path.slice(block.path.length).replace(/^\./, "") })))}\n` : ""}
\`\`\`yaml
${exampleOf(block.path, example)}
\`\`\`
`;
}

function keyTable(keys: readonly PolicyKey[]): string {
  const rows = keys.map(
    ({ path, kind, standard, description }) =>
      `| \`${path}\` | ${cell(kind)} | ${standard === null ? "" : `\`${cell(standard)}\``} | ${cell(description)} |`,
  );
  return `| Key | Value | Default | Meaning |\n|---|---|---|---|\n${rows.join("\n")}`;
}

/** The lines of one root key, without comments. */
function exampleOf(key: string, example: string): string {
  const lines = example.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`${key}:`));
  const rest = lines.slice(start + 1);
  const length = rest.findIndex((line) => /^\S/.test(line));
  return [lines[start], ...rest.slice(0, length < 0 ? undefined : length)]
    .filter((line) => line !== undefined && !/^\s*(#|$)/.test(line))
    .join("\n");
}

function renderConditions(): string {
  const examples = predicates.map((predicate) => `    - ${predicate.key}: ${JSON.stringify(predicate.example)}`);
  return `## Conditions

A condition stands in \`when\` (does the checkpoint apply?) and in \`conditions\` (may it be released?). Several keys in one block, and a bare list of
blocks, must all hold. Where a fact cannot be read, the answer is unknown unless the others settle it; unknown never opens anything.

${keyTable(conditionKeys())}

\`\`\`yaml
when:
  any:
${examples.join("\n")}
\`\`\`

**Globs** match whole paths and branch names: \`*\` stops at \`/\`, \`**\` does not, \`?\` is one character, \`[a-z]\` one of several, \`{a,b}\` one or the other,
\`\\\` takes the next character as it stands. Case counts. A folder with \`/\` at its end means everything in it. In a list, \`!\` in front excludes, wherever it stands.
**Patterns** of text are globs of the whole text (there \`*\` matches everything), or \`/regular expressions/\` (RE2; flags \`i\`, \`s\`, \`m\`), which match anywhere unless anchored.
`;
}

function renderEvidence(): string {
  const [evidence] = schemasAt(criterionSchema, []).flatMap((schema) =>
    schema instanceof z.ZodObject ? [schema.shape.evidence as z.core.$ZodType] : [],
  );
  return `## Evidence

What satisfies a criterion: one of these, or several joined by \`any\` and \`all\`.

${keyTable(evidence ? evidenceKeys(evidence) : [])}

Built-in criteria know what satisfies them; an attestation by one of the checkpoint's approvers always does.

| Criterion | What it says | Satisfied by |
|---|---|---|
${Object.entries(builtInCriteria)
  .map(
    ([id, { description, evidence: leaves }]) =>
      `| \`${id}\` | ${description} | ${cell(leaves.map(leafText).join("; "))} |`,
  )
  .join("\n")}
`;
}

function leafText(leaf: EvidenceTree): string {
  if ("check" in leaf) {
    const names = leaf.check.map(({ name, app }) =>
      app === null ? name : name === "*" ? `any of ${app}` : `${name} of ${app}`,
    );
    return `\`check\`: ${names.join(", ")}`;
  }
  return Object.entries(leaf)
    .map(([kind, value]) => (value === true ? `\`${kind}\`` : `\`${kind}\`: ${[value].flat().join(", ")}`))
    .join("");
}

function renderTables(): string {
  return `## Built-in names

| Checkpoint | Its trigger when it names none | Its approver when it names none |
|---|---|---|
${Object.entries(builtInCheckpoints)
  .map(([name, trigger]) => `| \`${name}\` | \`${trigger}\` | \`${defaultCheckpointApprover(name)}\` |`)
  .join("\n")}

| Workflow criterion | Kind | Meaning |
|---|---|---|
${workflowCriteria.map(({ id, kind, description }) => `| \`${id}\` | ${kind} | ${cell(description)} |`).join("\n")}

| Step of a process | Meaning |
|---|---|
${processSteps.map(({ id, description }) => `| \`${id}\` | ${cell(description)} |`).join("\n")}

Presets: ${Object.keys(presets)
    .map((name) => `\`preset:${name}\``)
    .join(", ")}.

**Roles** that are not mapped fall back to the organisation's team of that slug (\`security_team\`: \`security-team\`, then \`security\`), then to a
permission: \`technical_lead\` to admin, \`senior_developer\` to maintain, any other to write. \`peer\` means everybody with write permission and \`code_owner\`
the owners that CODEOWNERS names, unless they are mapped. The policy says how each was understood.

**Durations** are one amount with a unit, \`24_hours\`, \`48h\`, \`2 days\`, \`30s\`, or ISO 8601 such as \`PT48H\`.
${
  planned.length === 0
    ? ""
    : `
## Not yet in effect

These keys are accepted and checked; their behaviour arrives with a later version.

| Key | What arrives |
|---|---|
${planned.map(({ key, arrives }) => `| \`${key}\` | ${cell(arrives)} |`).join("\n")}
`
}`;
}

/** Text for one cell of a Markdown table. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

/** Pages that the generator wrote once and no longer does, by their path in the project. */
export function staleDocs(generated: Record<string, string>): string[] {
  return ["docs/codes", "docs/rules"].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root))
      .map((name) => `${folder}/${name}`)
      .filter((path) => !(path in generated)),
  );
}

if (import.meta.main) {
  const generated = generatedDocs();
  for (const [path, text] of Object.entries(generated)) {
    const file = new URL(path, root);
    mkdirSync(new URL(".", file), { recursive: true });
    writeFileSync(file, text);
  }
  for (const path of staleDocs(generated)) rmSync(new URL(path, root));
}

/** The workflows of the documentation can be copied as they stand: they parse, and ask for inputs that there are. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkPermissions } from "../../action/check.ts";
import { gatePermissions } from "../../action/gate.ts";
import { modes, sharedInputs } from "../../action/modes.ts";

const root = join(import.meta.dirname, "../..");
const text = (path: string) => readFileSync(join(root, path), "utf8");

interface Step {
  uses?: string;
  with?: Record<string, string>;
}

interface Workflow {
  permissions?: Record<string, string>;
  jobs?: Record<string, { steps: Step[] }>;
}

const workflows = ["docs/action.md", "docs/reports.md", "README.md"].flatMap((path) =>
  [...text(path).matchAll(/^```ya?ml\n(.*?)^```/gms)]
    .map(([, block = ""], at) => ({ name: `${path} ${at + 1}`, block }))
    .filter(({ block }) => block.includes("holdpoint/action@")),
);

function stepsOf(parsed: Workflow | Step[]): Step[] {
  return Array.isArray(parsed) ? parsed : Object.values(parsed.jobs ?? {}).flatMap(({ steps }) => steps);
}

describe.each(workflows)("$name", ({ block }) => {
  const parsed = parse(block) as Workflow | Step[];
  const [step] = stepsOf(parsed).filter(({ uses }) => uses?.includes("holdpoint/action@"));

  it("asks for a mode and for inputs that it takes", () => {
    const mode = modes[step?.with?.mode ?? ""];
    const taken = [...sharedInputs, ...Object.keys(mode?.inputs ?? {})];
    for (const [name, value] of Object.entries(step?.with ?? {})) {
      expect(taken).toContain(name);
      expect(typeof value).toBe("string");
    }
  });

  it("gives the permissions that the mode needs, and no more", () => {
    if (Array.isArray(parsed) || parsed.permissions === undefined) return;
    const needed: Record<string, object> = {
      gate: gatePermissions,
      check: checkPermissions,
      validate: { contents: "read" },
    };
    expect(parsed.permissions).toEqual(needed[step?.with?.mode ?? ""]);
  });
});

it("has a workflow for each of the modes", () => {
  const shown = workflows.map(({ block }) => /mode: (\w+)/.exec(block)?.[1]);
  expect([...new Set(shown)].sort()).toEqual(Object.keys(modes).sort());
});

it("tells of every input and output", () => {
  const all = text("docs/action.md") + text("docs/reports.md");
  const action = parse(text("action/action.yml"));
  for (const mode of Object.values(modes)) {
    for (const name of Object.keys(mode.inputs)) expect(all).toContain(`\`${name}\``);
  }
  for (const name of Object.keys(action.outputs)) expect(all).toContain(`\`${name}\``);
});

it("pins the Action by commit", () => {
  for (const [, ref] of text("docs/action.md").matchAll(/holdpoint\/action@(\S+)/g))
    expect(ref).toMatch(/^[0-9a-f]{40}$/);
});

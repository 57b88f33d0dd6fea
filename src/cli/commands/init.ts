/** `holdpoint init`: a first policy and a pull request template that fits it. */

import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parsePolicy } from "../../core/policy/parse-policy.ts";
import { presets } from "../../core/policy/presets/index.ts";
import type { Policy } from "../../core/policy/schema.ts";
import { pullRequestTemplate } from "../../core/report/pull-request-template.ts";
import { exitCodes } from "../exit-codes.ts";
import { starterPolicy } from "../init/starter-policy.ts";
import { type Survey, surveyRepository } from "../init/survey-repository.ts";
import { policyPath } from "../policy-path.ts";
import { UsageError } from "../usage-error.ts";
import type { Configure } from "./command.ts";

const templatePath = ".github/pull_request_template.md";

const examples = `
Examples:
  holdpoint init
  holdpoint init --preset regulated --dir ../api
  holdpoint init --force

Writes ${policyPath} and ${templatePath}. What stands there already is kept: a policy
gets the template that fits it. --force replaces both. Exit code 2 where there was nothing left to write.`;

interface Options {
  dir: string;
  preset?: string;
  force?: boolean;
  json?: boolean;
}

export const configure: Configure = (command, io, finish) => {
  command
    .option("--dir <dir>", "the repository", ".")
    .option("--preset <preset>", `a policy to build on: ${Object.keys(presets).join(", ")}`)
    .option("--force", "replace what stands there")
    .option("--json", "write what was done as JSON")
    .addHelpText("after", examples)
    .action(async (options: Options) => {
      const done = await init(options);
      if (options.json) io.write(`${JSON.stringify(done, null, 2)}\n`);
      else io.write(toldText(done));
      finish(exitCodes.open);
    });
};

interface Done {
  written: string[];
  kept: string[];
  preset: string | null;
  found: Survey;
  next: string[];
}

async function init({ dir, preset, force = false }: Options): Promise<Done> {
  if (preset !== undefined && !Object.hasOwn(presets, preset))
    throw new UsageError(`There is no preset "${preset}". There are: ${Object.keys(presets).join(", ")}.`);
  const place = await stat(dir).catch(() => null);
  if (!place?.isDirectory()) throw new UsageError(`${dir} is not a directory.`);
  const found = await surveyRepository(dir).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${error.path ?? dir} cannot be read: ${error.code ?? error.message}.`);
  });

  const before = force ? null : await readIfThere(join(dir, policyPath));
  if (before !== null && preset !== undefined)
    throw new UsageError(`${policyPath} is there already. --force replaces it.`);
  const keepsTemplate = !force && found.template !== null;
  if (before !== null && keepsTemplate)
    throw new UsageError(`${policyPath} and ${found.template} are there already. --force replaces them.`);

  const text = before ?? starterPolicy(found, preset ?? null);
  const template = pullRequestTemplate(policyOf(text, before !== null));
  const files = [
    ...(before === null ? [{ path: policyPath, text }] : []),
    ...(keepsTemplate ? [] : [{ path: placeOf(found.template), text: template }]),
  ];
  for (const file of files) await write(dir, file, force);
  const kept = [...(before === null ? [] : [policyPath]), ...(keepsTemplate && found.template ? [found.template] : [])];
  const lacking = keepsTemplate && found.template ? await headingsLacking(join(dir, found.template), template) : [];
  const written = files.map(({ path }) => path);
  return { written, kept, preset: preset ?? null, found, next: nextSteps(before === null, found, lacking) };
}

/** @throws {UsageError} when the policy that was there has mistakes */
function policyOf(text: string, isTheirs: boolean): Policy {
  const load = parsePolicy(text, { repository: "", path: policyPath, commit: null, blobSha: null });
  if (load.kind === "loaded") return load.document.policy;
  if (isTheirs) throw new UsageError(`${policyPath} is there already and has mistakes: holdpoint validate names them.`);
  throw new Error(`The policy that init wrote does not load: ${load.problems[0]?.found}`);
}

/** A template of several files, or one that is no Markdown, is not written into. */
function placeOf(template: string | null): string {
  return template !== null && /^[^/]*\/?pull_request_template\.md$/i.test(template) ? template : templatePath;
}

async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new UsageError(`${path} cannot be read: ${error.code}.`);
  });
}

async function write(dir: string, { path, text }: { path: string; text: string }, force: boolean): Promise<void> {
  const file = join(dir, path);
  try {
    await mkdir(dirname(file), { recursive: true });
    // `x`: what appeared in the meantime is not overwritten either.
    await writeFile(file, text, { flag: force ? "w" : "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file} cannot be written: ${code ?? String(error)}.`);
  }
}

async function headingsLacking(path: string, template: string): Promise<string[]> {
  const kept = ((await readIfThere(path)) ?? "").toLowerCase();
  const headings = [...template.matchAll(/^## (.+)$/gm)].slice(1).flatMap(([, heading]) => heading ?? []);
  return headings.filter((heading) => !kept.includes(heading.toLowerCase()));
}

function nextSteps(isNew: boolean, { template, owner }: Survey, lacking: readonly string[]): string[] {
  const sections = lacking.map((heading) => `"${heading}"`).join(", ");
  return [
    ...(lacking.length > 0 ? [`Add to ${template}, which was kept, the sections ${sections}.`] : []),
    ...(isNew
      ? [
          `Read ${policyPath}; map its roles to teams or people${owner === null ? "" : ` of ${owner}`}.`,
          "Check it: holdpoint validate",
          "See what it says of a change: holdpoint check --base main --policy .github/checkpoints.yml",
          "For completion in an editor, put docs/checkpoints.schema.json of Holdpoint beside it.",
        ]
      : []),
    "Commit, and merge it into the branch that pull requests go into: it is in force from there.",
  ];
}

function toldText({ written, kept, next }: Done): string {
  return [
    ...written.map((path) => `Wrote ${path}.`),
    ...kept.map((path) => `Kept ${path}.`),
    "",
    "Next:",
    ...next.map((step, index) => `${index + 1}. ${step}`),
    "",
  ].join("\n");
}

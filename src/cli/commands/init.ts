/** `holdpoint init`: a first policy and a pull request template that fits it. */

import { mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Option } from "commander";
import { presets } from "../../core/policy/presets/index.ts";
import { exitCodes } from "../exit-codes.ts";
import { type Plan, type PlannedFile, planFiles, readIfThere, templatePath } from "../init/plan-files.ts";
import { shownFile } from "../init/show-files.ts";
import { presetFor } from "../init/suggested-preset.ts";
import { type Survey, surveyRepository } from "../init/survey-repository.ts";
import type { Io } from "../io.ts";
import { policyPath } from "../policy-path.ts";
import { UsageError } from "../usage-error.ts";
import type { Configure } from "./command.ts";

const examples = `
Examples:
  holdpoint init
  holdpoint init --dry-run
  holdpoint init --preset regulated --repo ../api --yes
  holdpoint init --force

Writes ${policyPath} and ${templatePath}. What stands there already is kept: a policy
gets the template that fits it. --force replaces both. Exit code 2 where there was nothing left to write.
It asks where somebody sits at a terminal; --yes takes what fits the repository.`;

interface Options {
  repo: string;
  dir?: string;
  preset?: string;
  teams?: boolean;
  yes?: boolean;
  dryRun?: boolean;
  force?: boolean;
  json?: boolean;
}

export const configure: Configure = (command, io, finish) => {
  command
    .option("--repo <dir>", "the repository", ".")
    .addOption(new Option("--dir <dir>", "as --repo").hideHelp())
    .option("--preset <preset>", `a policy to build on: ${Object.keys(presets).join(", ")}`)
    .option("--teams", "map roles to the organisation's teams as well, which GitHub is asked for (GITHUB_TOKEN)")
    .option("--yes", "ask nothing")
    .option("--dry-run", "show what would be written")
    .option("--force", "replace what stands there")
    .option("--json", "write what was done as JSON")
    .addHelpText("after", examples)
    .action(async (options: Options) => {
      const done = await init(options, io);
      if (options.json) io.write(`${JSON.stringify(done, null, 2)}\n`);
      else io.write(toldText(done));
      finish(exitCodes.open);
    });
};

interface Done {
  written: string[];
  /** What a dry run would have written. */
  planned?: { path: string; text: string }[];
  kept: string[];
  preset: string | null;
  found: Survey;
  next: string[];
}

async function init(options: Options, io: Io): Promise<Done> {
  const { preset = null, force = false, dryRun = false } = options;
  const dir = options.dir ?? options.repo;
  if (preset !== null && !Object.hasOwn(presets, preset))
    throw new UsageError(`There is no preset "${preset}". There are: ${Object.keys(presets).join(", ")}.`);
  const place = await stat(dir).catch(() => null);
  if (!place?.isDirectory()) throw new UsageError(`${dir} is not a directory.`);
  const surveyed = await surveyRepository(dir).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${error.path ?? dir} cannot be read: ${error.code ?? error.message}.`);
  });
  const found = options.teams ? await withTeams(surveyed, dir, io) : surveyed;
  const isAsked = io.canAsk && options.yes !== true && options.json !== true;
  const wishes = isAsked ? await askedWishes(dir, found, preset) : { preset, mode: "enforce" as const };
  const may = { policy: force, template: force };
  const plan = isAsked && !force ? await askedPlan(dir, found, wishes, io) : await planFiles(dir, found, wishes, may);
  if (dryRun) for (const file of plan.files) if (options.json !== true) io.write(`${shownFile(file, io.hasColour)}\n`);
  if (!dryRun) for (const file of plan.files) await write(dir, file);
  const paths = plan.files.map(({ path }) => path);
  return {
    written: dryRun ? [] : paths,
    ...(dryRun ? { planned: plan.files.map(({ path, text }) => ({ path, text })) } : {}),
    kept: plan.kept,
    preset: wishes.preset,
    found,
    next: nextSteps(plan, found, wishes.preset),
  };
}

/** Those that CODEOWNERS names come first: they look after this repository. */
async function withTeams(survey: Survey, dir: string, io: Io): Promise<Survey> {
  const [{ openGithub, repositoryOf }, { readTeams }] = await Promise.all([
    import("../people/github-access.ts"),
    import("../../github/read/collaborators.ts"),
  ]);
  const { owner } = await repositoryOf(undefined, dir);
  return { ...survey, teams: [...new Set([...survey.teams, ...(await readTeams(openGithub(io.env), owner))])] };
}

type Asked = Awaited<ReturnType<typeof import("../init/ask.ts").askWishes>>;

/** A policy that is there and stays needs no wishes; whether it stays is asked next. */
async function askedWishes(dir: string, found: Survey, preset: string | null): Promise<Asked> {
  const { askWishes, askYes } = await import("../init/ask.ts");
  const isThere = (await readIfThere(join(dir, policyPath))) !== null;
  const isNew =
    !isThere || (await askYes(`There is ${policyPath} already. Write a new one? You see the difference first.`));
  if (!isNew) return { preset: null, mode: "enforce" };
  return askWishes(found, preset);
}

/** Shows what would be lost, and asks about each file. */
async function askedPlan(dir: string, found: Survey, wishes: Asked, io: Io): Promise<Plan> {
  const { askYes } = await import("../init/ask.ts");
  const whole = await planFiles(dir, found, wishes, { policy: true, template: true });
  const may = { policy: true, template: true };
  for (const file of whole.files) {
    if (file.before === null || file.before === file.text) continue;
    io.write(`${shownFile(file, io.hasColour)}\n`);
    const isReplaced = await askYes(`Replace ${file.path}?`);
    if (file.path === policyPath) may.policy = isReplaced;
    else may.template = isReplaced;
  }
  return planFiles(dir, found, may.policy ? wishes : { ...wishes, preset: null }, may);
}

async function write(dir: string, { path, text, before }: PlannedFile): Promise<void> {
  const file = join(dir, path);
  try {
    await mkdir(dirname(file), { recursive: true });
    // `x`: what appeared in the meantime is not overwritten either.
    await writeFile(file, text, { flag: before === null ? "wx" : "w" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file} cannot be written: ${code ?? String(error)}.`);
  }
}

function nextSteps({ files, lacking }: Plan, found: Survey, preset: string | null): string[] {
  const { template, owner, defaultBranch } = found;
  const sections = lacking.map((heading) => `"${heading}"`).join(", ");
  const branch = defaultBranch ?? "main";
  const suggested = preset === null ? presetFor(found) : null;
  const isNew = files.some(({ path }) => path === policyPath);
  return [
    ...(lacking.length > 0 ? [`Add to ${template}, which was kept, the sections ${sections}.`] : []),
    ...(isNew
      ? [
          `Read ${policyPath}; map its roles to teams or people${owner === null ? "" : ` of ${owner}`}.`,
          "Check it: holdpoint validate",
          `See what it says of a change: holdpoint check --base ${branch} --policy .github/checkpoints.yml`,
          ...(suggested === null
            ? []
            : [`Shorter, for such a repository: holdpoint init --preset ${suggested} --force`]),
          "For completion in an editor, put docs/checkpoints.schema.json of Holdpoint beside it.",
        ]
      : []),
    `Commit, and merge it into the branch that pull requests go into: it is in force from there. Require the check "holdpoint: ${branch}".`,
  ];
}

function toldText({ written, planned, kept, next }: Done): string {
  return [
    ...written.map((path) => `Wrote ${path}.`),
    ...(planned ?? []).map(({ path }) => `Would write ${path}.`),
    ...kept.map((path) => `Kept ${path}.`),
    "",
    "Next:",
    ...next.map((step, index) => `${index + 1}. ${step}`),
    "",
  ].join("\n");
}

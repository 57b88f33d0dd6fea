/** Check runs are created, updated and asked for again. */
import { checkRunBody, runsOf, shortSuiteBody } from "../bodies/check.ts";
import type { Account } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { Annotation, CheckRun, CheckSuite, Conclusion, RunStatus } from "../state/checks.ts";
import { suiteState } from "../state/checks.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { register } from "../state/world.ts";
import { announce } from "./announce.ts";
import { tryAutoMerge } from "./merge.ts";
import { invalid, Refusal } from "./refusal.ts";
import { announceSuite, branchAt, findSuite, openSuite } from "./suites.ts";

/** @see https://docs.github.com/rest/checks/runs#create-a-check-run */
const ANNOTATIONS_PER_REQUEST_MAX = 50;
const OUTPUT_CHARACTERS_MAX = 65_535;
const ACTIONS_MAX = 3;
const ACTION_LENGTHS = { label: 20, description: 40, identifier: 20 } as const;

export interface CheckFields {
  name?: string;
  externalId?: string;
  detailsUrl?: string;
  status?: RunStatus;
  conclusion?: Conclusion;
  startedAt?: Date;
  completedAt?: Date;
  output?: { title?: string; summary?: string; text?: string; annotations?: Annotation[] };
  actions?: CheckRun["actions"];
}

/** @param suite where the run goes; the App's own suite for the commit when left out */
export function createCheckRun(
  world: World,
  repository: Repository,
  app: App,
  headSha: string,
  fields: CheckFields & { name: string },
  suite?: CheckSuite,
): CheckRun {
  if (world.objects.findCommit(headSha) === undefined) throw new Refusal(422, `No commit found for SHA: ${headSha}`);
  checkFields(fields);
  const run: CheckRun = register(world, "CheckRun", {
    id: 0,
    nodeId: "",
    suite:
      suite ??
      findSuite(repository, app, headSha) ??
      openSuite(world, repository, app, headSha, branchAt(repository, headSha), null),
    name: fields.name,
    externalId: "",
    detailsUrl: null,
    status: "queued",
    conclusion: null,
    startedAt: world.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
    actions: [],
  });
  write(world, run, fields);
  repository.checkRuns.push(run);
  announceRun(world, "created", run, app.bot);
  if (run.status === "completed") announceDone(world, run);
  return run;
}

export function updateCheckRun(world: World, run: CheckRun, fields: CheckFields): void {
  checkFields(fields);
  const wasCompleted = run.status === "completed";
  write(world, run, fields);
  if (run.status === "completed" && (!wasCompleted || fields.conclusion !== undefined)) announceDone(world, run);
}

/** Someone presses "Re-run": GitHub resets the run and tells the App that made it. */
export function rerequestCheckRun(world: World, run: CheckRun, by: Account): void {
  run.status = "queued";
  run.conclusion = null;
  run.completedAt = null;
  announceRun(world, "rerequested", run, by, run.suite.app);
}

export function rerequestSuite(world: World, suite: CheckSuite, by: Account): void {
  announceSuite(world, "rerequested", suite, by, suite.app);
}

/** Someone presses one of the buttons that the run offers. */
export function requestAction(world: World, run: CheckRun, identifier: string, by: Account): void {
  if (!run.actions.some((action) => action.identifier === identifier)) throw invalid(`no action ${identifier}`);
  announceRun(world, "requested_action", run, by, run.suite.app, { requested_action: { identifier } });
}

function write(world: World, run: CheckRun, fields: CheckFields): void {
  run.name = fields.name ?? run.name;
  run.externalId = fields.externalId ?? run.externalId;
  run.detailsUrl = fields.detailsUrl ?? run.detailsUrl;
  run.startedAt = fields.startedAt ?? run.startedAt;
  run.actions = fields.actions ?? run.actions;
  if (fields.output !== undefined) {
    const { title, summary, text, annotations } = fields.output;
    run.output = {
      title: title ?? run.output.title,
      summary: summary ?? run.output.summary,
      text: text ?? run.output.text,
    };
    run.annotations.push(...(annotations ?? []));
  }
  // A conclusion completes the run, whatever status came with it.
  const status = fields.conclusion === undefined ? fields.status : "completed";
  if (status !== undefined) run.status = status;
  if (status === "completed") {
    run.conclusion = fields.conclusion ?? run.conclusion;
    run.completedAt = fields.completedAt ?? world.now();
  } else if (status !== undefined) {
    run.conclusion = null;
    run.completedAt = null;
  }
  run.suite.updatedAt = world.now();
}

function checkFields(fields: CheckFields): void {
  if (fields.status === "completed" && fields.conclusion === undefined) {
    throw new Refusal(422, 'Invalid request.\n\nNo subschema in "anyOf" matched.\n"conclusion" wasn\'t supplied.');
  }
  const output = fields.output ?? {};
  for (const field of ["title", "summary", "text"] as const) {
    if ((output[field]?.length ?? 0) > OUTPUT_CHARACTERS_MAX) {
      throw new Refusal(
        422,
        `Invalid request.\n\nOnly ${OUTPUT_CHARACTERS_MAX} characters are allowed; ${output[field]?.length} were supplied.`,
      );
    }
  }
  const count = output.annotations?.length ?? 0;
  if (count > ANNOTATIONS_PER_REQUEST_MAX) {
    throw new Refusal(
      422,
      `Invalid request.\n\nNo more than ${ANNOTATIONS_PER_REQUEST_MAX} items are allowed; ${count} were supplied.`,
    );
  }
  if ((fields.actions?.length ?? 0) > ACTIONS_MAX) {
    throw new Refusal(
      422,
      `Invalid request.\n\nNo more than ${ACTIONS_MAX} items are allowed; ${fields.actions?.length} were supplied.`,
    );
  }
  for (const action of fields.actions ?? []) {
    for (const [field, max] of Object.entries(ACTION_LENGTHS)) {
      const length = action[field as keyof typeof ACTION_LENGTHS].length;
      if (length > max) {
        throw new Refusal(422, `Invalid request.\n\nOnly ${max} characters are allowed; ${length} were supplied.`);
      }
    }
  }
}

function announceDone(world: World, run: CheckRun): void {
  const bot = run.suite.app.bot;
  announceRun(world, "completed", run, bot);
  if (suiteState(runsOf(run.suite)).status === "completed") announceSuite(world, "completed", run.suite, bot);
  tryAutoMerge(world, run.suite.repository, run.suite.headSha);
}

function announceRun(
  world: World,
  action: "created" | "completed" | "rerequested" | "requested_action",
  run: CheckRun,
  by: Account,
  onlyFor?: App,
  details: Record<string, unknown> = {},
): void {
  const scene = { repository: run.suite.repository, sender: by, ...(onlyFor === undefined ? {} : { onlyFor }) };
  announce(world, `check_run.${action}`, scene, {
    check_run: { ...checkRunBody(world, run), check_suite: shortSuiteBody(world, run.suite) },
    ...details,
  });
}

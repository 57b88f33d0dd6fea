/** The verdict for programs: what `--json` writes. Names are stable; new ones may be added. */

import { type Finding, findingClasses } from "../findings/finding.ts";
import {
  type CheckpointRequirement,
  engineVersion,
  type Requirement,
  type Verdict,
  type WorkflowRequirement,
} from "../gate/verdict.ts";
import { whyApproval } from "./approval-words.ts";
import { bypassesJson, openingsJson } from "./bypass-json.ts";
import { firstLine, remarks } from "./check-summary.ts";
import { checkTitle } from "./check-title.ts";
import { toldCodes } from "./code-pages/index.ts";
import { fastestWayWords, releasableBy } from "./fastest-way-words.ts";
import { problemJson } from "./problem-json.ts";
import { requirementJson } from "./requirement-json.ts";
import { rowsOf } from "./rows.ts";
import type { Telling } from "./telling.ts";
import { whyApplies, whyNotApplies } from "./trigger-words.ts";
import { toPlain } from "./words.ts";

export function verdictJson(verdict: Verdict, linked: Telling) {
  const { classification } = verdict;
  // Programs get addresses apart from the words.
  const telling: Telling = { ...linked, policyUrl: () => null };
  const { snapshot, document } = telling;
  const rows = rowsOf(verdict, telling);
  return {
    title: checkTitle(verdict, rows),
    says: toPlain(firstLine(verdict, rows)),
    verdict: verdict.isOpen ? "open" : "held",
    state: verdict.state,
    observed: verdict.isObserved,
    workflow: isWhollyBypassed(verdict) ? "emergency_bypass" : verdict.workflow,
    risk: classification.risk.level,
    risk_reasons: classification.risk.reasons,
    kinds: classification.kinds,
    classes: Object.fromEntries(findingClasses.map((name) => [name, classJson(verdict, name)])),
    size: {
      added: classification.size.added,
      removed: classification.size.removed,
      changed: classification.size.changed,
      files: classification.size.files,
      by_language: classification.size.byLanguage,
      left_out: classification.size.leftOut,
    },
    tests: classification.tests,
    not_analysed: classification.notAnalysed,
    checkpoints: verdict.requirements.filter((one) => one.kind === "checkpoint").map((one) => checkpointJson(one)),
    requirements: requirementsJson(verdict, telling),
    considered: consideredJson(verdict.requirements.find((one) => one.kind === "workflow")),
    approvals: verdict.approvals.map((approval) => ({
      user: approval.person.login,
      at: approval.at.toISOString(),
      method: approval.method,
      head: approval.headSha,
      counts: approval.outcome.kind === "counts",
      outcome: approval.outcome.kind,
      freshness: approval.outcome.kind === "counts" ? approval.outcome.freshness : null,
      why: toPlain(whyApproval(approval)),
    })),
    bypasses: bypassesJson(verdict, telling),
    openings: openingsJson(verdict),
    bypass_budget: verdict.bypassBudget && {
      bypassed: verdict.bypassBudget.bypassed,
      all: verdict.bypassBudget.all,
      allowed: verdict.bypassBudget.allowed,
      over: verdict.bypassBudget.isOver,
      near: verdict.bypassBudget.isNear,
    },
    codes: verdict.codes,
    reasons: reasonsJson(verdict, telling),
    fastest_way: verdict.fastestWay.map((person) => person.login),
    unblock: unblockJson(verdict, telling),
    notes: remarks(verdict, telling)
      .map(toPlain)
      .filter((note) => note !== ""),
    asked: verdict.asked,
    wake_at: verdict.wakeAt?.toISOString() ?? null,
    policy: {
      repository: document.source.repository,
      path: document.source.path,
      commit: document.source.commit,
      blob: document.source.blobSha,
      mode: document.policy.mode,
      problems: document.problems.map(problemJson),
      codeowners_problems: snapshot.directory.codeownersProblems ?? [],
    },
    head: snapshot.head,
    base: snapshot.base,
    incomplete: snapshot.incomplete,
    engine: engineVersion,
  };
}

/** A bypass of everything takes the place of the workflow that was chosen; which that was, `considered` says. */
function isWhollyBypassed({ openings }: Verdict): boolean {
  return openings.some(({ opening, scope }) => opening.kind === "bypass" && scope === "all");
}

/** What is left out stands last among its class's findings, and counts for nothing in what is said of the class. */
function classJson({ classification }: Verdict, name: (typeof findingClasses)[number]) {
  const { present, strength, confidence, score, findings } = classification.classes[name];
  const leftOut = classification.suppressed.filter((finding) => finding.class === name);
  return { present, strength, confidence, score, findings: [...findings, ...leftOut].map(findingJson) };
}

/** A finding for programs. */
export function findingJson({ isDeclared, mark: _, suppression, ...finding }: Finding) {
  const { refused = null, ...asked } = suppression ?? {};
  return {
    ...finding,
    declared: isDeclared,
    suppressed: suppression === null || refused !== null ? null : asked,
    suppression_refused: suppression === null || refused === null ? null : { ...asked, why: refused },
  };
}

function checkpointJson(checkpoint: CheckpointRequirement) {
  const applies = checkpoint.state !== "not_needed";
  return {
    name: checkpoint.name,
    applies,
    state: checkpoint.state,
    code: checkpoint.code,
    required: checkpoint.holds || !applies,
    trigger: checkpoint.trigger.kind,
    why: toPlain(applies ? whyApplies(checkpoint.trigger) : whyNotApplies(checkpoint.trigger)),
    due_at: checkpoint.dueAt?.toISOString() ?? null,
    line: checkpoint.line,
  };
}

/** One entry for each leaf: what the rows show, with the same words. */
function requirementsJson(verdict: Verdict, telling: Telling) {
  const byId = new Map([...leavesOf(verdict.requirements)].map((one) => [one.id, one]));
  return rowsOf(verdict, telling).map((row) => requirementJson(row, byId.get(row.id), telling));
}

/** Whom to ask so that the fewest people are asked. */
function unblockJson(verdict: Verdict, telling: Telling) {
  const busy = new Set(telling.snapshot.directory.busy);
  return {
    says: toPlain(fastestWayWords(verdict, telling)),
    ask: verdict.fastestWay.map((person) => ({
      user: person.login,
      releases: releasableBy(person, verdict),
      busy: busy.has(person.id),
    })),
  };
}

/** What stands behind each open code; `url` is `null` where no documentation is served. */
function reasonsJson({ codes }: Verdict, { codeUrl }: Telling) {
  return codes.map((code) => {
    const told = toldCodes.find((one) => one.code === code);
    return { code, title: told?.title ?? "", fix: told?.fix ?? "", url: codeUrl(code) };
  });
}

function consideredJson(workflow: WorkflowRequirement | undefined) {
  return (workflow?.considered ?? []).map(({ name, fits, guards }) => ({ workflow: name, fits, criteria: guards }));
}

function* leavesOf(requirements: readonly Requirement[]): Generator<Requirement> {
  for (const requirement of requirements) {
    yield requirement;
    if ("parts" in requirement) yield* leavesOf(requirement.parts);
  }
}

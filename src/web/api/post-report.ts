/** `POST /api/v1/reports`: a workflow hands over what is known about a run of its own. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { reportLimits } from "../../core/failures/report-limits.ts";
import { type RunReport, runReportSchema } from "../../core/failures/run-report.ts";
import type { ReceivedReport, ReportOutcome } from "../../handlers/keep-report.ts";
import { answer } from "../answer.ts";
import type { BodyBudget } from "../body.ts";
import type { TokenReading } from "../oidc.ts";
import { readJson } from "./json-body.ts";
import type { ApiOperation } from "./operation.ts";
import { answerProblem, type Refusal } from "./problem.ts";
import { refusalOfOutcome, refusalOfToken, unconfigured } from "./report-refusals.ts";

export interface PostReportOptions {
  /** `null` where this Holdpoint does not know its own address, so that no token can be for it. */
  verify: ((token: string) => Promise<TokenReading>) | null;
  keep(report: ReceivedReport): Promise<ReportOutcome>;
  onAnswered(outcome: string): void;
  now(): Date;
}

/** Bodies held in memory at once. */
const heldBytesMax = 16 * reportLimits.bodyBytes;

const answerSchema = z.object({
  id: z.number().int().describe("Of the report, in this Holdpoint."),
  kept: z.enum(["now", "before"]).describe("`before`: the same report was handed over already."),
});

export function postReport(options: PostReportOptions): ApiOperation {
  const budget: BodyBudget = { heldBytes: 0, heldBytesMax };
  return {
    method: "POST",
    path: "/reports",
    id: "postReport",
    summary: "Hand over what is known about a run",
    description:
      "For jobs of GitHub Actions, as the Action's mode `report` sends it. Repository, run, attempt, commit, ref and event must be those of the token. Secrets are cut out before anything is kept. The body may be packed with gzip.",
    security: "workflowToken",
    request: runReportSchema,
    answers: {
      200: { description: "The same report was kept before.", schema: answerSchema },
      201: { description: "It is kept.", schema: answerSchema },
      400: { description: "The body is not a report." },
      401: { description: "The token is missing, or is not one that GitHub issued to a workflow for this Holdpoint." },
      403: { description: "The report is about another run than the token's, or the App is not installed there." },
      409: { description: "The token was used for another report." },
      413: { description: `The body is larger than ${reportLimits.bodyBytes / 1024 / 1024} MB.` },
      415: { description: "The body is not JSON, or packed otherwise than with gzip." },
      429: {
        description: "The repository handed over as many as it may in an hour; `retry-after` says when to go on.",
      },
      503: { description: "Not possible now: the operator has to set PUBLIC_URL, or GitHub's keys cannot be had." },
    },
    async handle(request, response) {
      let outcome = "failed";
      try {
        outcome = await take(request, response, options, budget);
      } finally {
        options.onAnswered(outcome);
      }
    },
  };
}

/** @returns what became of it, for counting */
async function take(
  request: IncomingMessage,
  response: ServerResponse,
  { verify, keep, now }: PostReportOptions,
  budget: BodyBudget,
): Promise<string> {
  const refuse = (refusal: Refusal, isUnread: boolean): string => {
    answerProblem(request, response, refusal, isUnread);
    return refusal.code;
  };
  if (verify === null) return refuse(unconfigured, true);
  const token = /^Bearer ([\w.~+/=-]{1,16000})$/i.exec(request.headers.authorization ?? "")?.[1];
  if (token === undefined) return refuse(refusalOfToken(missing), true);
  const reading = await verify(token);
  if (reading.kind !== "verified") return refuse(refusalOfToken(reading), true);

  const body = await readJson(request, reportLimits.bodyBytes, budget);
  if (body.kind === "aborted") return "aborted";
  if (body.kind === "refused") return refuse(body.refusal, body.isUnread);
  const report = parseReport(body.value);
  if (report.kind === "invalid") return refuse(report.refusal, false);
  const { claims } = reading;
  const outcome = await keep({ claims, report: report.report, digest: body.digest });
  if (outcome.kind !== "kept" && outcome.kind !== "known") {
    return refuse(refusalOfOutcome(outcome, `${claims.owner}/${claims.name}`, now()), false);
  }
  const isNew = outcome.kind === "kept";
  answer(response, isNew ? 201 : 200, { id: outcome.id, kept: isNew ? "now" : "before" });
  return outcome.kind;
}

const missing = {
  kind: "refused" as const,
  found: "there is no token",
  expected: "authorization: Bearer and the OIDC token of the job",
  fix: "Give the job `permissions: id-token: write` and use the Action's mode `report`.",
};

type ReportReading = { kind: "read"; report: RunReport } | { kind: "invalid"; refusal: Refusal };

function parseReport(value: unknown): ReportReading {
  const parsed = runReportSchema.safeParse(value);
  if (parsed.success) return { kind: "read", report: parsed.data };
  const said = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join(".") || "the body"}: ${message}`);
  const more = parsed.error.issues.length - said.length;
  return {
    kind: "invalid",
    refusal: {
      status: 400,
      code: "not_a_report",
      title: "The body is not a report",
      found: `${said.join("; ").slice(0, 2_000)}${more > 0 ? `; and ${more} more` : ""}`,
      expected: "a report as /api/v1/openapi.json describes it",
      fix: "Use the Action of the same version as this Holdpoint.",
    },
  };
}

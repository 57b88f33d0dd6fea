/** Hands a report over, and understands the answer. */

import { gzipSync } from "node:zlib";
import { z } from "zod";
import type { RunReport } from "../../src/core/failures/run-report.ts";
import { oneLine } from "../../src/core/report/words.ts";
import { fetchPatiently } from "./fetch-patiently.ts";

export type Sent = { kind: "kept"; id: number } | { kind: "refused"; said: string };

const kept = z.object({ id: z.number().int() });
const problem = z.object({ found: z.string(), expected: z.string(), fix: z.string() });

/** @throws {ActionError} where nobody answers */
export async function sendReport({
  url,
  report,
  token,
}: {
  url: string;
  report: RunReport;
  token: () => Promise<string>;
}): Promise<Sent> {
  // The same bytes at each attempt: what arrived although its answer was lost is known by them.
  const body = gzipSync(JSON.stringify(report));
  const headers = {
    "content-type": "application/json",
    "content-encoding": "gzip",
    authorization: `Bearer ${await token()}`,
  };
  const answer = await fetchPatiently(new URL(`${url}/api/v1/reports`), { method: "POST", headers, body }, "Holdpoint");
  const success = kept.safeParse(answer.body);
  if (answer.status < 300 && success.success) return { kind: "kept", id: success.data.id };
  const told = problem.safeParse(answer.body);
  const said = told.success
    ? `${told.data.found}; expected ${told.data.expected}. ${told.data.fix}`
    : "the answer is not one of Holdpoint's; is `url` its address?";
  return { kind: "refused", said: `Holdpoint took no report (${answer.status}): ${oneLine(said).slice(0, 1_000)}` };
}

/** How the API says no: what is wrong, what would be right, how to mend it. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { answer, refuseUnread } from "../answer.ts";

export const apiProblemSchema = z
  .object({
    type: z.literal("about:blank"),
    status: z.number().int(),
    title: z.string().describe("What was refused, in a few words."),
    code: z.string().describe("The same from version to version."),
    found: z.string().describe("What is wrong."),
    expected: z.string().describe("What would be right."),
    fix: z.string().describe("What to do."),
  })
  .describe("A problem. See RFC 9457.");

export type ApiProblem = Omit<z.infer<typeof apiProblemSchema>, "type">;

export interface Refusal extends ApiProblem {
  headers?: Record<string, string>;
}

/** @param isUnread the body was not read to its end */
export function answerProblem(
  request: IncomingMessage,
  response: ServerResponse,
  { headers, ...problem }: Refusal,
  isUnread = false,
): void {
  const body = { type: "about:blank", ...problem };
  const all = { "content-type": "application/problem+json; charset=utf-8", ...headers };
  if (isUnread) refuseUnread(request, response, problem.status, body, all);
  else answer(response, problem.status, body, all);
}

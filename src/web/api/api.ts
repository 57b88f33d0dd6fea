/** The router of `/api/v1/…`: the table of operations, their document, and answers for everything else. */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { answer } from "../answer.ts";
import { apiBase, openApiDocument } from "./openapi.ts";
import type { ApiOperation } from "./operation.ts";
import { type PostReportOptions, postReport } from "./post-report.ts";
import { answerProblem } from "./problem.ts";

export interface ApiOptions {
  reports: PostReportOptions;
  /** Of the program. */
  version: string;
  publicUrl: string | null;
  /** `false` while starting or stopping. */
  isAccepting(): boolean;
  log: Logger;
}

export type Api = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** @returns the handler of every request below {@link apiBase}; it answers each and never rejects */
export function createApi({ reports, version, publicUrl, isAccepting, log }: ApiOptions): Api {
  const operations: ApiOperation[] = [postReport(reports)];
  const document = openApiDocument(operations, version, publicUrl);
  const routes: Pick<ApiOperation, "method" | "path" | "handle">[] = [
    ...operations,
    { method: "GET", path: "/openapi.json", handle: (_, response) => answer(response, 200, document) },
  ];
  return async (request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0]?.slice(apiBase.length);
    const here = routes.filter((route) => route.path === path);
    const method = request.method === "HEAD" ? "GET" : request.method;
    const route = here.find((one) => one.method === method);
    if (route === undefined) return refuseRoute(request, response, here.map((one) => one.method).join(", "));
    if (!isAccepting() && route.method !== "GET") return refuseFor(request, response, "is starting or stopping", "10");
    try {
      await route.handle(request, response);
    } catch (error) {
      log.error({ err: error, path }, "A request to the API failed");
      refuseFor(request, response, "cannot do that at the moment", "60");
    }
  };
}

function refuseRoute(request: IncomingMessage, response: ServerResponse, allowed: string): void {
  const document = `${apiBase}/openapi.json`;
  const said =
    allowed === ""
      ? { status: 404, code: "no_such_operation", title: "There is nothing at this address" }
      : {
          status: 405,
          code: "wrong_method",
          title: "This address is asked in another way",
          headers: { allow: allowed },
        };
  const expected = allowed === "" ? "an operation of the API" : allowed;
  const found = `${request.method ?? "a request"} to an address that does not answer it`;
  answerProblem(request, response, { ...said, found, expected, fix: `See ${document}.` }, true);
}

function refuseFor(request: IncomingMessage, response: ServerResponse, why: string, retryAfter: string): void {
  const words = { found: `Holdpoint ${why}`, expected: "a moment in which it can", fix: "Send it again later." };
  const refusal = { status: 503, code: "unavailable", title: "Not now", ...words };
  answerProblem(request, response, { ...refusal, headers: { "retry-after": retryAfter } }, !request.complete);
}

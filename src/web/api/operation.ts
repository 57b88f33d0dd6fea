/** One operation of the API: what its document says of it, and who answers it. */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";

export interface ApiOperation {
  method: "GET" | "POST";
  /** Below `/api/v1`. */
  path: string;
  id: string;
  summary: string;
  description: string;
  /** Named in {@link securitySchemes}. */
  security: "workflowToken" | null;
  request?: z.ZodType;
  /** What it answers, by status; problems by their sentence alone. */
  answers: Record<number, { description: string; schema?: z.ZodType }>;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void> | void;
}

export const securitySchemes = {
  workflowToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description:
      "The OIDC token of a GitHub Actions job with `permissions: id-token: write`, asked for with this Holdpoint's address (its PUBLIC_URL) as audience. Each is taken once.",
  },
} as const;

/** The API's own description, from the operations and the schemas that they check with. */

import { z } from "zod";
import type { ApiOperation } from "./operation.ts";
import { securitySchemes } from "./operation.ts";
import { apiProblemSchema } from "./problem.ts";

export const apiBase = "/api/v1";

/** @see https://spec.openapis.org/oas/v3.1.1.html, in which JSON Schema 2020-12 stands as it is */
export function openApiDocument(operations: readonly ApiOperation[], version: string, url: string | null): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    const path = `${apiBase}${operation.path}`;
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Holdpoint",
      version,
      description:
        "What programs may ask of Holdpoint and hand over to it. New names may be added; those that there are stay.",
      license: { name: "MIT", identifier: "MIT" },
    },
    ...(url === null ? {} : { servers: [{ url }] }),
    paths,
    components: { schemas: { Problem: schemaOf(apiProblemSchema) }, securitySchemes },
  };
}

function describe({ id, summary, description, security, request, answers }: ApiOperation): object {
  return {
    operationId: id,
    summary,
    description,
    security: security === null ? [] : [{ [security]: [] }],
    ...(request === undefined
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: schemaOf(request) } } } }),
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, { description, schema }]) => [
        status,
        {
          description,
          content:
            schema === undefined
              ? { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } }
              : { "application/json": { schema: schemaOf(schema) } },
        },
      ]),
    ),
  };
}

function schemaOf(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
}

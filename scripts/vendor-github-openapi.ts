/**
 * Writes `src/sandbox/openapi/vendor/github.json`: the part of GitHub's OpenAPI description that the sandbox serves.
 *
 *   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
 *   node scripts/vendor-github-openapi.ts package/generated/api.github.com.json
 *
 * Kept: the operations and webhooks of `src/sandbox/openapi/operations.ts` and every schema they reach. Dropped: prose and
 * examples, and the lists of events an App may hear: they are years behind in places. `nullable` (OpenAPI 3.0) becomes the JSON Schema type "null", so that a JSON Schema validator reads it.
 *
 * @see https://github.com/github/rest-api-description (MIT licence)
 */
import { readFileSync, writeFileSync } from "node:fs";
import { OPERATIONS, WEBHOOKS } from "../src/sandbox/openapi/operations.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const PROSE = new Set([
  "description",
  "example",
  "examples",
  "title",
  "externalDocs",
  "deprecated",
  "readOnly",
  "default",
]);
const [, , sourcePath] = process.argv;
if (sourcePath === undefined) {
  console.error("usage: node scripts/vendor-github-openapi.ts path/to/api.github.com.json");
  process.exit(2);
}
const source = JSON.parse(readFileSync(sourcePath, "utf8")) as JsonObject;
const kept = new Map<string, Json>();

const operations: JsonObject = {};
for (const name of OPERATIONS) {
  const [method = "", path = ""] = name.split(" ");
  operations[name] = readOperation(follow(`#/paths/${escapePointer(path)}/${method.toLowerCase()}`) as JsonObject);
}
// The list's own schema asks every account to be a user and an enterprise at once.
const installations = operations["GET /app/installations"] as { responses: JsonObject };
installations.responses["200"] = { type: "array", items: { $ref: keep("#/components/schemas/installation") } };
// The prose asks for a range in search syntax, which no single date-time could be.
const runs = operations["GET /repos/{owner}/{repo}/actions/runs"] as { query: JsonObject };
runs.query.created = { type: "string" };
// A deployment that a workflow holds back bears a status that can be read, but not be set.
const { state } = (kept.get("deployment-status") as { properties: { state: { enum: Json[] } } }).properties;
state.enum.push("waiting");

const webhooks: JsonObject = {};
for (const name of WEBHOOKS) {
  const key = name.replace(".", "-").replaceAll("_", "-");
  const webhook = follow(`#/x-webhooks/${key}/post/requestBody/content/application~1json/schema`);
  webhooks[name] = normalise(webhook);
}
const description = {
  source: `@octokit/openapi@${String((source.info as JsonObject).version)} generated/api.github.com.json (MIT, GitHub Inc.)`,
  operations,
  webhooks,
  schemas: Object.fromEntries([...kept].sort(([a], [b]) => (a < b ? -1 : 1))),
};
writeFileSync(
  new URL("../src/sandbox/openapi/vendor/github.json", import.meta.url),
  `${JSON.stringify(description)}\n`,
);

function readOperation(operation: JsonObject): JsonObject {
  const query: JsonObject = {};
  for (const entry of (operation.parameters ?? []) as JsonObject[]) {
    const parameter = resolve(entry);
    if (parameter.in === "query") query[String(parameter.name)] = normalise(parameter.schema ?? {});
  }
  const responses: JsonObject = {};
  for (const [status, entry] of Object.entries(operation.responses as JsonObject)) {
    responses[status] = readBody(resolve(entry as JsonObject));
  }
  const body = operation.requestBody === undefined ? null : readBody(resolve(operation.requestBody as JsonObject));
  return { query, body, responses };
}

/** The JSON schema of a body; null where the body is empty or not JSON. */
function readBody(holder: JsonObject): Json {
  const content = (holder.content ?? {}) as JsonObject;
  const json = content["application/json"] ?? content["application/vnd.github.object"];
  return json === undefined ? null : normalise((json as JsonObject).schema ?? {});
}

function normalise(value: Json): Json {
  if (Array.isArray(value)) return value.map(normalise);
  if (value === null || typeof value !== "object") return value;
  if (typeof value.$ref === "string") return { $ref: keep(value.$ref) };
  const schema: JsonObject = {};
  for (const [key, entry] of Object.entries(value)) {
    if (key === "properties") {
      schema[key] = Object.fromEntries(
        Object.entries(entry as JsonObject).map(([name, sub]) => [name, normalise(sub)]),
      );
    } else if (key !== "nullable" && !PROSE.has(key) && !key.startsWith("x-")) {
      schema[key] = key === "enum" || key === "required" ? entry : normalise(entry);
    }
  }
  if (isEventList(schema)) schema.items = { type: "string" };
  return value.nullable === true ? allowNull(schema) : schema;
}

function isEventList(schema: JsonObject): boolean {
  const { enum: names } = (schema.items ?? {}) as JsonObject;
  return Array.isArray(names) && names.includes("check_suite") && names.includes("push");
}

function allowNull(schema: JsonObject): JsonObject {
  if (Array.isArray(schema.enum) && !schema.enum.includes(null)) schema.enum = [...schema.enum, null];
  if (typeof schema.type === "string") return { ...schema, type: [schema.type, "null"] };
  return schema.enum === undefined ? { anyOf: [schema, { type: "null" }] } : schema;
}

function keep(reference: string): string {
  const name = reference.replace("#/components/schemas/", "");
  if (!kept.has(name)) {
    kept.set(name, null); // placed before descending: schemas may reach themselves
    kept.set(name, normalise(follow(reference)));
  }
  return `#/schemas/${name}`;
}

function resolve(entry: JsonObject): JsonObject {
  return typeof entry.$ref === "string" ? (follow(entry.$ref) as JsonObject) : entry;
}

function follow(pointer: string): Json {
  let value: Json = source;
  for (const step of pointer.replace("#/", "").split("/")) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const next: Json | undefined = (value as JsonObject)[key];
    if (next === undefined) throw new Error(`the description has no ${pointer}`);
    value = next;
  }
  return value;
}

function escapePointer(path: string): string {
  return path.replaceAll("~", "~0").replaceAll("/", "~1");
}

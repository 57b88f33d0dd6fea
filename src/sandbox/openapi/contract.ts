/** Holds requests, answers and webhooks to GitHub's own OpenAPI description (see `scripts/vendor-github-openapi.ts`). */
import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import * as formats from "ajv-formats";
import type { Operation, WebhookName } from "./operations.ts";

interface OperationDescription {
  query: Record<string, object>;
  body: object | null;
  responses: Record<string, object | null>;
}

interface Description {
  operations: Record<string, OperationDescription>;
  webhooks: Record<string, object>;
  schemas: Record<string, object>;
}

export interface Exchange {
  operation: Operation;
  query: URLSearchParams;
  requestBody: unknown;
  status: number;
  /** Undefined where the answer is not JSON. */
  responseBody: unknown;
}

let shared: Contract | null = null;

/** One for the whole process: compiling the schemas is the dear part. */
export function githubContract(): Contract {
  shared ??= new Contract();
  return shared;
}

/** Past these the same mistake would fill the list. */
const PROBLEMS_SHOWN_MAX = 5;

export class Contract {
  /** The schemas are GitHub's own: compiling them quickly matters more than checking them or running fast. */
  readonly #ajv = new Ajv2020({
    strict: false,
    allowUnionTypes: true,
    validateSchema: false,
    meta: false,
    inlineRefs: false,
    code: { optimize: false },
  });
  readonly #description: Description;
  readonly #compiled = new Map<object, ValidateFunction>();

  constructor() {
    const file = new URL("./vendor/github.json", import.meta.url);
    this.#description = JSON.parse(readFileSync(file, "utf8")) as Description;
    formats.default.default(this.#ajv);
    this.#ajv.addFormat("repo.nwo", true);
    this.#ajv.addFormat("email", /^\S+@\S+$/); // an App's address bears brackets: `1+app[bot]@users.noreply.github.com`
    this.#ajv.addSchema({ $id: "https://sandbox.invalid/github", schemas: this.#description.schemas });
  }

  /** Everything in which an exchange differs from the description; nothing for a good one. */
  checkExchange(exchange: Exchange): string[] {
    const { operation, status } = exchange;
    const described = this.#description.operations[operation];
    if (described === undefined) return [`${operation} is not described`];
    const problems = this.#checkQuery(described, exchange.query);
    const isAccepted = status < 400;
    if (isAccepted && described.body !== null && exchange.requestBody !== undefined) {
      problems.push(...this.#check(described.body, exchange.requestBody, "request body"));
    }
    const answer = described.responses[String(status)];
    if (answer === undefined && isAccepted) problems.push(`status ${status} is not described`);
    if (isAccepted && answer !== undefined && answer !== null && exchange.responseBody !== undefined) {
      problems.push(...this.#check(answer, exchange.responseBody, "answer"));
    }
    return problems.slice(0, PROBLEMS_SHOWN_MAX).map((problem) => `${operation} → ${status}: ${problem}`);
  }

  checkWebhook(name: WebhookName | string, payload: unknown): string[] {
    // Its action is of the sender's choosing; GitHub describes it by one sample.
    const isDispatch = name.startsWith("repository_dispatch.");
    const schema = this.#description.webhooks[isDispatch ? "repository_dispatch.sample.collected" : name];
    if (schema === undefined) return [`webhook ${name} is not described`];
    return this.#check(schema, payload, "payload").map((problem) => `webhook ${name}: ${problem}`);
  }

  #checkQuery(described: OperationDescription, query: URLSearchParams): string[] {
    const problems: string[] = [];
    for (const [name, value] of query) {
      const schema = described.query[name];
      if (schema === undefined) problems.push(`query parameter ${name} is not described`);
      else problems.push(...this.#check(schema, readQueryValue(schema, value), `query parameter ${name}`));
    }
    return problems;
  }

  #check(schema: object, value: unknown, what: string): string[] {
    const validate = this.#compiled.get(schema) ?? this.#ajv.compile(rebase(schema) as object);
    this.#compiled.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${what}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }
}

/** Points `#/schemas/x` at the shared collection. */
function rebase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rebase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      key === "$ref" && typeof entry === "string" ? `https://sandbox.invalid/github${entry}` : rebase(entry),
    ]),
  );
}

function readQueryValue(schema: object, value: string): unknown {
  const { type } = schema as { type?: string };
  if (type === "integer" || type === "number") return Number(value);
  return type === "boolean" ? value === "true" : value;
}

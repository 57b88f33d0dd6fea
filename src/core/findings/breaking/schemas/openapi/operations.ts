/** The operations of an OpenAPI 3 or Swagger 2 description in one form. */

import { isRecord } from "../document/read-document.ts";
import { below, entriesOf, follow, itemsOf, type Part } from "../document/references.ts";

export interface Parameter {
  name: string;
  /** `query`, `header`, `cookie`, `path` or `formData`. */
  in: string;
  isRequired: boolean;
  part: Part;
  schema: Part;
}

export interface Body {
  isRequired: boolean;
  part: Part;
  /** Schema by media type; `*` where it is said elsewhere. */
  content: Map<string, Part>;
}

export interface Response {
  part: Part;
  content: Map<string, Part>;
}

export interface Operation {
  /** `GET /users/{id}`. */
  name: string;
  part: Part;
  operationId: string | null;
  isDeprecated: boolean;
  /** By `in` and name; parameters of the path by their place in it. */
  parameters: Map<string, Parameter>;
  body: Body | null;
  responses: Map<string, Response>;
  /** Names of the schemes of each alternative, joined; an empty text is no protection. `null`: protected by nothing that is said. */
  security: Set<string> | null;
}

export interface Operations {
  /** By method and path, parameters of the path (`{id}`, and `:id` as some write it) without their names. */
  known: Map<string, Operation>;
  /** Paths that lead to another file. */
  unknown: Set<string>;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

export function readOperations(root: Record<string, unknown>): Operations {
  const known = new Map<string, Operation>();
  const unknown = new Set<string>();
  const whole: Part = { node: root, path: [] };
  for (const [path, written] of entriesOf(below(whole, "paths"))) {
    const template = path.slice(0, 2000).replace(/\{[^{}/]{0,200}\}|(?<=\/):[\w-]{1,200}/g, "{}");
    const item = follow(root, written);
    if (!item) {
      unknown.add(template);
      continue;
    }
    for (const method of methods) {
      const part = below(item, method);
      if (!isRecord(part.node)) continue;
      known.set(
        `${method.toUpperCase()} ${template}`,
        readOperation(root, `${method.toUpperCase()} ${path}`, path, item, part),
      );
    }
  }
  return { known, unknown };
}

function readOperation(root: Record<string, unknown>, name: string, path: string, item: Part, part: Part): Operation {
  const parameters = new Map<string, Parameter>();
  let body = readBody(root, below(part, "requestBody"));
  for (const written of [...itemsOf(below(item, "parameters")), ...itemsOf(below(part, "parameters"))]) {
    const target = follow(root, written);
    if (!target || !isRecord(target.node)) continue;
    const { name: called, in: place, required } = target.node;
    if (place === "body") {
      body = { isRequired: required === true, part: target, content: new Map([["*", below(target, "schema")]]) };
      continue;
    }
    if (typeof called !== "string" || typeof place !== "string") continue;
    const at =
      place === "path"
        ? `path ${placeIn(path, called)}`
        : `${place} ${place === "header" ? called.toLowerCase() : called}`;
    parameters.set(at, {
      name: called,
      in: place,
      isRequired: required === true,
      part: target,
      schema: schemaOf(target),
    });
  }
  const id = below(part, "operationId").node;
  return {
    name,
    part,
    operationId: typeof id === "string" ? id : null,
    isDeprecated: below(part, "deprecated").node === true,
    parameters,
    body,
    responses: readResponses(root, below(part, "responses")),
    security: readSecurity(root, part),
  };
}

function placeIn(path: string, name: string): number {
  return path.split("/").findIndex((segment) => segment.includes(`{${name}}`));
}

/** Swagger 2 writes the schema into the parameter itself. */
function schemaOf(target: Part): Part {
  const schema = below(target, "schema");
  if (schema.node !== undefined) return schema;
  const first = entriesOf(below(target, "content"))[0]?.[1];
  return first ? below(first, "schema") : target;
}

function readBody(root: Record<string, unknown>, written: Part): Body | null {
  const target = written.node === undefined ? null : follow(root, written);
  if (!target || !isRecord(target.node)) return null;
  return { isRequired: target.node.required === true, part: target, content: contentOf(target) };
}

function contentOf(part: Part): Map<string, Part> {
  return new Map(entriesOf(below(part, "content")).map(([type, media]) => [mediaName(type), below(media, "schema")]));
}

/** `application/json; charset=utf-8` is `application/json`. */
function mediaName(type: string): string {
  return (type.split(";", 1)[0] ?? "").trim().toLowerCase();
}

function readResponses(root: Record<string, unknown>, written: Part): Map<string, Response> {
  const responses = new Map<string, Response>();
  for (const [status, response] of entriesOf(written)) {
    const part = follow(root, response);
    if (!part) continue;
    const schema = below(part, "schema");
    const content = schema.node === undefined ? contentOf(part) : new Map([["*", schema]]);
    responses.set(status.toUpperCase(), { part, content });
  }
  return responses;
}

function readSecurity(root: Record<string, unknown>, part: Part): Set<string> | null {
  const own = below(part, "security");
  const stated = Array.isArray(own.node) ? own : below({ node: root, path: [] }, "security");
  if (!Array.isArray(stated.node)) return null;
  const alternatives = itemsOf(stated).map(({ node }) =>
    isRecord(node) ? Object.keys(node).sort().join(" and ") : "",
  );
  return new Set(alternatives.length === 0 ? [""] : alternatives);
}

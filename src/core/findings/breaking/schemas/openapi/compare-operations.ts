/** What changed between two descriptions of an API, operation by operation. */

import { compareSchemas } from "../document/compare-schemas.ts";
import type { DocumentChange } from "../document/document-files.ts";
import type { ReadDocument } from "../document/read-document.ts";
import type { Part } from "../document/references.ts";
import type { Comparing, SchemaDifference } from "../document/schema-difference.ts";
import { compareParameters } from "./compare-parameters.ts";
import { type Body, type Operation, readOperations } from "./operations.ts";

export function compareApis(before: ReadDocument, after: ReadDocument): DocumentChange[] {
  const [was, is] = [readOperations(before.value), readOperations(after.value)];
  const seen = new Set<string>();
  const comparing: Comparing = (direction, base, head) =>
    compareSchemas({ before, after, direction, seen }, base, head);
  const moved = new Map(
    [...is.known.values()].flatMap((one) => (one.operationId === null ? [] : [[one.operationId, one] as const])),
  );
  const found: DocumentChange[] = [];
  for (const [key, base] of was.known) {
    const head = is.known.get(key);
    if (head) found.push(...compareOperation(base, head, comparing));
    else if (!is.unknown.has(key.slice(key.indexOf(" ") + 1)))
      found.push(removed(base, moved.get(base.operationId ?? "")));
  }
  return found;
}

function removed(base: Operation, now: Operation | undefined): DocumentChange {
  const hasMoved = now !== undefined && now.name !== base.name;
  return {
    rule: "openapi_operation_removed",
    strength: base.isDeprecated ? "likely" : "proven",
    what: hasMoved ? `operation \`${base.name}\` moved to \`${now.name}\`` : `operation \`${base.name}\` was removed`,
    symbol: base.name,
    base: base.part,
    head: hasMoved ? now.part : null,
  };
}

function compareOperation(base: Operation, head: Operation, comparing: Comparing): DocumentChange[] {
  const found = [
    ...compareParameters(base, head, comparing),
    ...compareBodies(base, head, comparing),
    ...compareResponses(base, head, comparing),
    ...compareSecurity(base, head),
  ];
  return found.map((change) => ({ ...change, what: `\`${base.name}\`: ${change.what}`, symbol: base.name }));
}

type Told = Omit<DocumentChange, "symbol">;

function compareBodies(base: Operation, head: Operation, comparing: Comparing): DocumentChange[] {
  const symbol = base.name;
  const { body } = head;
  if (!body) return [];
  if (!base.body) {
    const what = "a request body has to be sent";
    const change: Told = {
      rule: "openapi_request_required",
      strength: "proven",
      what,
      base: base.part,
      head: body.part,
    };
    return body.isRequired ? [{ ...change, symbol }] : [];
  }
  const found: Told[] = [];
  if (body.isRequired && !base.body.isRequired) {
    const what = "the request body is required now";
    found.push({ rule: "openapi_request_required", strength: "proven", what, base: base.body.part, head: body.part });
  }
  found.push(...compareContent(base.body, body, "request body", (was, is) => comparing("in", was, is).map(asRequest)));
  return found.map((change) => ({ ...change, symbol }));
}

function compareContent(
  base: Pick<Body, "content" | "part">,
  head: Pick<Body, "content" | "part">,
  where: string,
  compare: (base: Part, head: Part) => Told[],
): Told[] {
  const found: Told[] = [];
  for (const [type, was] of base.content) {
    const is = head.content.get(type) ?? head.content.get("*/*");
    if (is) found.push(...compare(was, is));
    // Without any media type the description says nothing of the content.
    else if (head.content.size > 0 && !type.includes("*")) {
      const what = `${where} is no longer offered as \`${type}\``;
      found.push({ rule: "openapi_media_type_removed", strength: "proven", what, base: was, head: null });
    }
  }
  return found;
}

function asRequest({ kind, strength, name, what, base, head }: SchemaDifference): Told {
  const subject = name === "" ? "the request body" : `property \`${name}\` of the request body`;
  const isRequired = kind === "property_required";
  return {
    rule: isRequired ? "openapi_request_required" : "openapi_request_narrowed",
    strength,
    what: `${subject} ${what}`,
    base,
    head,
  };
}

function compareResponses(base: Operation, head: Operation, comparing: Comparing): DocumentChange[] {
  const found: Told[] = [];
  for (const [status, was] of base.responses) {
    if (!isSuccess(status)) continue;
    const is = head.responses.get(status) ?? head.responses.get(`${status[0]}XX`);
    if (is) {
      found.push(
        ...compareContent(was, is, `response ${status}`, (one, other) =>
          comparing("out", one, other).map((each) => asResponse(status, each)),
        ),
      );
    } else if (!head.responses.has("DEFAULT") && head.responses.size > 0) {
      const what = `response ${status} was removed`;
      found.push({ rule: "openapi_response_removed", strength: "likely", what, base: was.part, head: null });
    }
  }
  return found.map((change) => ({ ...change, symbol: base.name }));
}

function isSuccess(status: string): boolean {
  return /^2[0-9X]{2}$/.test(status);
}

function asResponse(status: string, { kind, strength, name, what, base, head }: SchemaDifference): Told {
  const subject = name === "" ? `response ${status}` : `property \`${name}\` of response ${status}`;
  const rules: Partial<Record<SchemaDifference["kind"], string>> = {
    property_removed: "openapi_response_property_removed",
    property_optional: "openapi_response_property_removed",
    value_added: "openapi_response_value_added",
  };
  return { rule: rules[kind] ?? "openapi_response_changed", strength, what: `${subject} ${what}`, base, head };
}

/** Whoever called without proof of who they are has to bring one now, or bring another one. */
function compareSecurity(base: Operation, head: Operation): DocumentChange[] {
  if (!head.security || head.security.has("")) return [];
  const wasOpen = base.security === null || base.security.has("");
  const lost = [...(base.security ?? [])].filter((one) => !head.security?.has(one));
  if (!wasOpen && lost.length < (base.security?.size ?? 0)) return [];
  const schemes = [...head.security].map((one) => `\`${one}\``).join(" or ");
  // Where nothing was said before, the description may only have caught up with the program.
  const strength = base.security === null ? "likely" : "proven";
  const what = wasOpen
    ? `callers have to prove who they are by ${schemes}`
    : `callers have to use ${schemes} instead of \`${lost[0]}\``;
  return [
    {
      rule: "openapi_security_added",
      strength: wasOpen ? strength : "likely",
      what,
      symbol: base.name,
      base: base.part,
      head: head.part,
    },
  ];
}

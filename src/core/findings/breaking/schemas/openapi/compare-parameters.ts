/** What changed in the parameters of an operation. */

import type { DocumentChange } from "../document/document-files.ts";
import type { Comparing } from "../document/schema-difference.ts";
import type { Operation, Parameter } from "./operations.ts";

export function compareParameters(base: Operation, head: Operation, comparing: Comparing): DocumentChange[] {
  const symbol = base.name;
  const found: DocumentChange[] = [];
  const places = (one: Operation) =>
    new Map([...one.parameters.values()].map((parameter) => [parameter.name, parameter]));
  const [had, has] = [places(base), places(head)];
  for (const [key, was] of base.parameters) {
    const is = head.parameters.get(key);
    if (is) found.push(...compareParameter(was, is, comparing).map((change) => ({ ...change, symbol })));
    else if (was.in !== "path") found.push({ ...removed(was, has.get(was.name)), symbol });
  }
  for (const [key, is] of head.parameters) {
    if (base.parameters.has(key) || !is.isRequired || is.in === "path" || had.has(is.name)) continue;
    const what = `required ${text(is)} was added`;
    found.push({ rule: "openapi_parameter_required", strength: "proven", what, symbol, base: null, head: is.part });
  }
  return found;
}

type Told = Omit<DocumentChange, "symbol">;

function text({ name, in: place }: Parameter): string {
  return `${place} parameter \`${name}\``;
}

function removed(was: Parameter, now: Parameter | undefined): Told {
  const rule = "openapi_parameter_removed";
  if (now)
    return { rule, strength: "proven", what: `${text(was)} moved to the ${now.in}`, base: was.part, head: now.part };
  return { rule, strength: "likely", what: `${text(was)} was removed`, base: was.part, head: null };
}

function compareParameter(was: Parameter, is: Parameter, comparing: Comparing): Told[] {
  const found: Told[] = [];
  if (is.isRequired && !was.isRequired && is.in !== "path") {
    const what = `${text(is)} is required now`;
    found.push({ rule: "openapi_parameter_required", strength: "proven", what, base: was.part, head: is.part });
  }
  for (const { strength, name, what, base, head } of comparing("in", was.schema, is.schema)) {
    const subject = name === "" ? text(is) : `\`${name}\` of ${text(is)}`;
    found.push({ rule: "openapi_parameter_narrowed", strength, what: `${subject} ${what}`, base, head });
  }
  return found;
}

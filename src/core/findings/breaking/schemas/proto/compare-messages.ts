/** What changed between two versions of a message or an enumeration, by the rules of `buf breaking`. */

import type { Strength } from "../../../finding.ts";
import type { ProtoEnum, ProtoField, ProtoMessage, Reserved } from "./proto-file.ts";
import { isSameType, readsSameBytes } from "./wire-types.ts";

/** A change as the rules state it; the file and the package are added by the caller. */
export interface ProtoChange {
  rule: string;
  strength: Strength;
  what: string;
  symbol: string;
  /** Line in the text before, and in the text after where the thing still stands. */
  baseLine: number | null;
  headLine: number | null;
}

/** What is known of the names that fields refer to. */
export interface KnownTypes {
  isEnum: (type: string) => boolean;
  /** Holds when a name went away and the other came: a rename, which keeps the bytes. */
  isRenamed: (before: string, after: string) => boolean;
}

/** @see https://buf.build/docs/breaking/rules/ */
export function compareMessages(
  name: string,
  before: ProtoMessage,
  after: ProtoMessage,
  types: KnownTypes,
): ProtoChange[] {
  const byNumber = new Map(after.fields.map((field) => [field.number, field]));
  const byName = new Map(after.fields.map((field) => [field.name, field]));
  const hadName = new Set(before.fields.map((field) => field.name));
  const found: ProtoChange[] = [];
  for (const field of before.fields) {
    const symbol = `${name}.${field.name}`;
    const at = { symbol, baseLine: field.line, headLine: null };
    const now = byNumber.get(field.number);
    const named = byName.get(field.name);
    if (named !== undefined && named.number !== field.number) {
      found.push({
        ...at,
        rule: "proto_field_number_changed",
        strength: "proven",
        what: `field \`${symbol}\` has number ${named.number} instead of ${field.number}`,
        headLine: named.line,
      });
    } else if (now === undefined) found.push({ ...at, ...removedField(symbol, field, after) });
    else if (named !== undefined) found.push(...compareFields(symbol, field, now, after, types));
    else found.push({ ...at, ...replacedField(symbol, field, now, hadName.has(now.name)), headLine: now.line });
  }
  const hadNumber = new Set(before.fields.map((field) => field.number));
  for (const field of after.fields) {
    if (field.label !== "required" || hadNumber.has(field.number) || hadName.has(field.name)) continue;
    const symbol = `${name}.${field.name}`;
    const what = `required field \`${symbol}\` was added`;
    found.push({
      rule: "proto_required_added",
      strength: "proven",
      what,
      symbol,
      baseLine: null,
      headLine: field.line,
    });
  }
  return [...found, ...compareReserved(name, before, after, after.fields)];
}

function removedField(
  symbol: string,
  field: ProtoField,
  after: Reserved,
): Pick<ProtoChange, "rule" | "strength" | "what"> {
  const isKept = isReserved(after, field.number) && after.names.has(field.name);
  return {
    rule: "proto_field_removed",
    strength: isKept ? "likely" : "proven",
    what: isKept
      ? `field \`${symbol}\` was removed; its number and name are reserved`
      : `field \`${symbol}\` was removed, and its number ${field.number} or its name is not reserved`,
  };
}

/** The number now bears another name: a rename keeps the bytes, another type or a moved field does not. */
function replacedField(
  symbol: string,
  field: ProtoField,
  now: ProtoField,
  wasElsewhere: boolean,
): Pick<ProtoChange, "rule" | "strength" | "what"> {
  if (!wasElsewhere && isSameType(field.type, now.type) && isRepeated(field) === isRepeated(now)) {
    return {
      rule: "proto_field_renamed",
      strength: "likely",
      what: `field \`${symbol}\` was renamed to \`${now.name}\``,
    };
  }
  const what = `number ${field.number} of field \`${symbol}\` now belongs to \`${now.name}\``;
  return { rule: "proto_field_number_changed", strength: "proven", what };
}

function compareFields(
  symbol: string,
  field: ProtoField,
  now: ProtoField,
  message: ProtoMessage,
  types: KnownTypes,
): ProtoChange[] {
  const at = { symbol, baseLine: field.line, headLine: now.line };
  const typed = changedType(symbol, field, now, types);
  if (typed) return [{ ...at, ...typed }];
  const label = changedLabel(symbol, field, now);
  if (label) return [{ ...at, rule: "proto_field_label_changed", ...label }];
  if (field.oneof !== now.oneof && !(field.oneof !== null && now.oneof !== null)) {
    const isShared = now.oneof !== null && message.fields.some((other) => other !== now && other.oneof === now.oneof);
    const what =
      now.oneof === null
        ? `field \`${symbol}\` left its oneof`
        : `field \`${symbol}\` moved into oneof \`${now.oneof}\``;
    return [{ ...at, rule: "proto_field_oneof_changed", strength: isShared ? "proven" : "likely", what }];
  }
  if (field.jsonName !== now.jsonName && jsonOf(field) !== jsonOf(now)) {
    const what = `field \`${symbol}\` is called \`${jsonOf(now)}\` in JSON instead of \`${jsonOf(field)}\``;
    return [{ ...at, rule: "proto_field_renamed", strength: "likely", what }];
  }
  return [];
}

function changedType(
  symbol: string,
  field: ProtoField,
  now: ProtoField,
  types: KnownTypes,
): Pick<ProtoChange, "rule" | "strength" | "what"> | null {
  const isSame = isSameType(field.type, now.type) && field.keyType === now.keyType;
  if (isSame || isMap(field) !== isMap(now)) return null;
  const isReadable = readsSameBytes(field.type, now.type, types.isEnum) || types.isRenamed(field.type, now.type);
  const isCompatible = isReadable && field.keyType === now.keyType;
  return {
    rule: "proto_field_type_changed",
    strength: isCompatible ? "likely" : "proven",
    what: `field \`${symbol}\` changed its type from \`${typeText(field)}\` to \`${typeText(now)}\`${
      isCompatible ? "; the bytes can still be read" : ""
    }`,
  };
}

function typeText({ type, keyType }: ProtoField): string {
  return keyType === null ? type : `map<${keyType}, ${type}>`;
}

function changedLabel(
  symbol: string,
  field: ProtoField,
  now: ProtoField,
): Pick<ProtoChange, "strength" | "what"> | null {
  if (field.label === now.label) return null;
  const what = `field \`${symbol}\` changed from ${field.label} to ${now.label}`;
  const isCount = isRepeated(field) !== isRepeated(now) || isMap(field) !== isMap(now);
  if (isCount || now.label === "required") return { strength: "proven", what };
  if (field.label === "required") return { strength: "likely", what };
  // Whether a value can be told from none changes generated code of some languages only.
  return field.oneof === null && now.oneof === null ? { strength: "hint", what } : null;
}

function isRepeated({ label }: ProtoField): boolean {
  return label === "repeated";
}

function isMap({ label }: ProtoField): boolean {
  return label === "map";
}

/** @see https://protobuf.dev/programming-guides/json/ lowerCamelCase unless `json_name` says otherwise */
function jsonOf({ name, jsonName }: ProtoField): string {
  return jsonName ?? name.replace(/_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase()).replace(/_+$/, "");
}

export function compareEnums(name: string, before: ProtoEnum, after: ProtoEnum): ProtoChange[] {
  const found: ProtoChange[] = [];
  const names = new Map(after.values.map((value) => [value.name, value]));
  for (const value of before.values) {
    const symbol = `${name}.${value.name}`;
    const at = { symbol, baseLine: value.line };
    const named = names.get(value.name);
    if (named !== undefined) {
      if (named.number === value.number) continue;
      const what = `enum value \`${symbol}\` is ${named.number} instead of ${value.number}`;
      found.push({ ...at, rule: "proto_enum_value_changed", strength: "proven", what, headLine: named.line });
      continue;
    }
    const sameNumber = after.values.find(({ number }) => number === value.number);
    if (sameNumber) {
      const what = `enum value \`${symbol}\` was renamed to \`${sameNumber.name}\``;
      found.push({ ...at, rule: "proto_enum_value_renamed", strength: "likely", what, headLine: sameNumber.line });
    } else {
      const isKept = isReserved(after, value.number) && after.names.has(value.name);
      const what = `enum value \`${symbol}\` was removed${isKept ? "; its number and name are reserved" : ""}`;
      const strength = isKept ? "likely" : "proven";
      found.push({ ...at, rule: "proto_enum_value_removed", strength, what, headLine: null });
    }
  }
  return [...found, ...compareReserved(name, before, after, after.values)];
}

/** A number that was kept free and no longer is; taking it for a new field gives old bytes a new meaning. */
function compareReserved(
  name: string,
  before: Reserved & { line: number | null },
  after: Reserved & { line: number | null },
  users: readonly { name: string; number: number; line: number | null }[],
): ProtoChange[] {
  const lost = before.numbers.filter((range) => !isCovered(range, after.numbers));
  const lostNames = [...before.names].filter((kept) => !after.names.has(kept));
  if (lost.length === 0 && lostNames.length === 0) return [];
  const user = users.find(({ number }) => lost.some(([from, to]) => number >= from && number <= to));
  const words = [...lost.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)), ...lostNames];
  const shown = `${words.slice(0, 5).join(", ")}${words.length > 5 ? ", …" : ""}`;
  const what = user
    ? `number ${user.number}, which was reserved in \`${name}\`, now belongs to \`${user.name}\``
    : `\`${name}\` no longer reserves ${shown}`;
  return [
    {
      rule: "proto_reserved_removed",
      strength: user ? "proven" : "likely",
      what,
      symbol: user ? `${name}.${user.name}` : name,
      baseLine: before.line,
      headLine: user?.line ?? after.line,
    },
  ];
}

function isReserved({ numbers }: Reserved, number: number): boolean {
  return numbers.some(([from, to]) => number >= from && number <= to);
}

/** Ranges may be split or joined; what counts is that every number stays reserved. */
function isCovered([from, to]: [number, number], ranges: readonly [number, number][]): boolean {
  let next = from;
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (start <= next && end >= next) next = end + 1;
  }
  return next > to;
}

/** What changed between all changed `.proto` files before and after, so that what only moved between them is not gone. */

import type { SchemaFile } from "../schema-files.ts";
import { compareEnums, compareMessages, type KnownTypes, type ProtoChange } from "./compare-messages.ts";
import type { ProtoDefinition, ProtoFile, ProtoMethod, ProtoService } from "./proto-file.ts";
import { isSameType } from "./wire-types.ts";

/** A changed file, read; `null` where it is not there on that side. */
export interface ProtoPair {
  source: SchemaFile;
  before: ProtoFile | null;
  after: ProtoFile | null;
}

/** A change with the files that its lines are in. */
export interface PlacedChange extends ProtoChange {
  base: ProtoPair;
  head: ProtoPair;
}

interface Placed {
  definition: ProtoDefinition;
  pair: ProtoPair;
  /** As people write it, without the package. */
  name: string;
}

export function compareProtoFiles(pairs: readonly ProtoPair[]): PlacedChange[] {
  const before = gather(pairs, (pair) => pair.before);
  const after = gather(pairs, (pair) => pair.after);
  const types = knownTypes(before, after);
  const found: PlacedChange[] = pairs.flatMap((pair) =>
    packageChanges(pair).map((change) => ({ ...change, base: pair, head: pair })),
  );
  const gone = new Set<string>();
  for (const [key, was] of before) {
    const now = after.get(key);
    if (now === undefined || now.definition.kind !== was.definition.kind) gone.add(key);
    else {
      for (const change of compareDefinitions(was.name, was.definition, now.definition, types)) {
        found.push({ ...change, base: was.pair, head: now.pair });
      }
    }
  }
  return [...found, ...removals(pairs, before, gone)];
}

/** By full name. A file that changed its package is compared under its new one: the change of package is stated once. */
function gather(pairs: readonly ProtoPair[], side: (pair: ProtoPair) => ProtoFile | null): Map<string, Placed> {
  const placed = new Map<string, Placed>();
  for (const pair of pairs) {
    const file = side(pair);
    const scope = pair.after?.package ?? pair.before?.package ?? "";
    for (const [name, definition] of file?.definitions ?? [])
      placed.set(`${scope}.${name}`, { definition, pair, name });
  }
  return placed;
}

function knownTypes(before: Map<string, Placed>, after: Map<string, Placed>): KnownTypes {
  const enums = new Set(
    [...before, ...after].filter(([, { definition }]) => definition.kind === "enum").map(([, { name }]) => last(name)),
  );
  const names = (side: Map<string, Placed>) => new Set([...side.values()].map(({ name }) => last(name)));
  const [had, has] = [names(before), names(after)];
  return {
    isEnum: (type) => enums.has(last(type)),
    isRenamed: (was, now) => {
      const [one, other] = [last(was), last(now)];
      return had.has(one) && !has.has(one) && has.has(other) && !had.has(other);
    },
  };
}

function last(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function compareDefinitions(
  name: string,
  before: ProtoDefinition,
  after: ProtoDefinition,
  types: KnownTypes,
): ProtoChange[] {
  if (before.kind === "message" && after.kind === "message") return compareMessages(name, before, after, types);
  if (before.kind === "enum" && after.kind === "enum") return compareEnums(name, before, after);
  if (before.kind === "service" && after.kind === "service") return compareServices(name, before, after, types);
  if (before.kind !== "extension" || after.kind !== "extension") return [];
  const [was, is] = [before.field, after.field];
  if (was.number === is.number && isSameType(was.type, is.type)) return [];
  const what = `extension \`${name}\` changed its number or type`;
  return [
    {
      rule: "proto_field_type_changed",
      strength: "proven",
      what,
      symbol: name,
      baseLine: before.line,
      headLine: after.line,
    },
  ];
}

function compareServices(name: string, before: ProtoService, after: ProtoService, types: KnownTypes): ProtoChange[] {
  const byName = new Map(after.methods.map((method) => [method.name, method]));
  return before.methods.flatMap((method): ProtoChange[] => {
    const symbol = `${name}.${method.name}`;
    const now = byName.get(method.name);
    if (now) return compareMethods(symbol, method, now, types);
    const what = `rpc \`${symbol}\` was removed`;
    return [{ rule: "proto_rpc_removed", strength: "proven", what, symbol, baseLine: method.line, headLine: null }];
  });
}

function compareMethods(symbol: string, before: ProtoMethod, after: ProtoMethod, types: KnownTypes): ProtoChange[] {
  const found: ProtoChange[] = [];
  const at = { rule: "proto_rpc_changed", symbol, baseLine: before.line, headLine: after.line };
  for (const part of ["request", "response"] as const) {
    if (isSameType(before[part], after[part])) continue;
    const strength = types.isRenamed(before[part], after[part]) ? "likely" : "proven";
    const what = `rpc \`${symbol}\` changed its ${part} from \`${before[part]}\` to \`${after[part]}\``;
    found.push({ ...at, strength, what });
  }
  if (before.isClientStream !== after.isClientStream || before.isServerStream !== after.isServerStream) {
    found.push({ ...at, strength: "proven", what: `rpc \`${symbol}\` streams where it did not, or the reverse` });
  }
  const lost = before.routes.find((route) => !after.routes.includes(route));
  if (lost !== undefined) {
    found.push({ ...at, strength: "likely", what: `rpc \`${symbol}\` can no longer be called as \`${lost}\`` });
  }
  return found;
}

function packageChanges({ before, after, source }: ProtoPair): ProtoChange[] {
  if (!before) return [];
  if (!after) return [];
  const at = { rule: "proto_package_changed", baseLine: before.packageLine, headLine: after.packageLine };
  if (before.package !== after.package) {
    const what = `package \`${before.package}\` was renamed to \`${after.package}\``;
    return [{ ...at, strength: "proven", what, symbol: before.package }];
  }
  const moved: ProtoChange[] = [...before.packages].flatMap(([option, value]): ProtoChange[] => {
    const now = after.packages.get(option);
    if (now === value) return [];
    const what = `generated code moves: \`${option}\` was \`${value}\` and is ${now === undefined ? "gone" : `\`${now}\``}`;
    return [{ ...at, strength: "likely", what, symbol: option, baseLine: null, headLine: null }];
  });
  if (source.basePath === source.file.path) return moved;
  const what = `\`${source.basePath}\` moved, and imports of it no longer resolve`;
  return [
    ...moved,
    {
      ...at,
      rule: "proto_file_removed",
      strength: "hint",
      what,
      symbol: source.basePath,
      baseLine: null,
      headLine: null,
    },
  ];
}

/** A file that is gone with all its definitions is one finding; a nested definition goes with the outer one. */
function removals(pairs: readonly ProtoPair[], before: Map<string, Placed>, gone: Set<string>): PlacedChange[] {
  const found: PlacedChange[] = [];
  const whole = new Set<ProtoPair>();
  for (const pair of pairs) {
    if (pair.after !== null || pair.before === null || pair.before.definitions.size < 2) continue;
    const keys = [...pair.before.definitions.keys()].map((name) => `${pair.before?.package}.${name}`);
    if (!keys.every((key) => gone.has(key))) continue;
    whole.add(pair);
    const what = `\`${pair.source.basePath}\` was removed with all that it defines`;
    const at = { symbol: pair.source.basePath, baseLine: null, headLine: null, base: pair, head: pair };
    found.push({ rule: "proto_file_removed", strength: "proven", what, ...at });
  }
  for (const key of gone) {
    const was = before.get(key);
    if (!was || whole.has(was.pair) || gone.has(key.slice(0, key.lastIndexOf(".")))) continue;
    const what = `${was.definition.kind} \`${was.name}\` was removed`;
    const at = { symbol: was.name, baseLine: was.definition.line, headLine: null, base: was.pair, head: was.pair };
    found.push({ rule: "proto_type_removed", strength: "proven", what, ...at });
  }
  return found;
}

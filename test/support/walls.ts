/** Finds breaches of the walls between the rooms of src/ and action/: imports that rooms.ts does not allow, what is impure in core/, cycles and size. */

import { posix } from "node:path";
import { parseSync } from "oxc-parser";
import { ownedPackages, type Room, rooms } from "./rooms.ts";

export interface SourceFile {
  /** From the root of the project, e.g. `src/core/gate/decide.ts`. */
  path: string;
  text: string;
}

/** What in core/ would make the same question give another answer tomorrow. */
const impure: readonly { found: (node: Node) => boolean; what: string; instead: string }[] = [
  { found: (node) => isMember(node, "Date", "now"), what: "Date.now()", instead: "`now` is an argument" },
  {
    found: (node) => node.type === "NewExpression" && isNamed(node.callee, "Date") && isEmptyList(node.arguments),
    what: "new Date() without an argument",
    instead: "`now` is an argument",
  },
  { found: (node) => isCall(node, "Date"), what: "Date()", instead: "`now` is an argument" },
  { found: (node) => isMember(node, "Math", "random"), what: "Math.random()", instead: "derive it from the inputs" },
  { found: (node) => isMember(node, "performance"), what: "performance", instead: "measure in bench/" },
  { found: (node) => isMember(node, "process"), what: "process", instead: "settings are read in settings.ts" },
  { found: (node) => isMember(node, "globalThis"), what: "globalThis", instead: "take it as an argument" },
  { found: (node) => isCall(node, "fetch"), what: "fetch()", instead: "facts come in the snapshot" },
  {
    found: (node) => isCall(node, "setTimeout") || isCall(node, "setInterval") || isCall(node, "setImmediate"),
    what: "a timer",
    instead: "return the moment as `wakeAt`",
  },
];

/** Of `node:crypto`, only what gives the same answer twice. */
const pureCrypto = new Set(["createHash", "createHmac", "hash", "timingSafeEqual"]);

export const linesMax = 300;

/** Every breach of a wall, each with the file and line, what was found and the rule. */
export function findBreaches(files: readonly SourceFile[]): string[] {
  const parsed = files.map(parse);
  return [
    ...parsed.flatMap((file) => [...importBreaches(file), ...purityBreaches(file), ...sizeBreaches(file)]),
    ...cycleBreaches(parsed),
  ];
}

interface Import {
  /** As written. */
  from: string;
  /** Path below src/ for files of ours; `null` for packages. */
  target: string | null;
  isType: boolean;
  names: string[];
  line: number;
}

interface ParsedFile extends SourceFile {
  /** Path below src/. */
  at: string;
  room: Room | undefined;
  imports: Import[];
  program: Node;
  lineAt(offset: number): number;
}

type Node = { type: string; start: number } & Record<string, unknown>;

function parse(file: SourceFile): ParsedFile {
  const { program, module, errors } = parseSync(file.path, file.text);
  if (errors.length > 0) throw new Error(`${file.path} does not parse: ${errors[0]?.message}`);
  const at = file.path.replace(/^src\//, "");
  const lineAt = (offset: number) => file.text.slice(0, offset).split("\n").length;
  const imported = (from: string, start: number, isType: boolean, names: string[]): Import => ({
    from,
    target: from.startsWith(".") ? posix.join(posix.dirname(at), from).replace(/^src\//, "") : null,
    isType,
    names,
    line: lineAt(start),
  });
  return {
    ...file,
    at,
    room: rooms.find((room) => isWithin(at, room.of)),
    program: program as unknown as Node,
    lineAt,
    imports: [
      ...module.staticImports.map(({ moduleRequest, entries, start }) => {
        const isType = entries.length > 0 && entries.every((entry) => entry.isType);
        return imported(
          moduleRequest.value,
          start,
          isType,
          entries.map(({ importName }) => importName.name ?? "*"),
        );
      }),
      ...module.staticExports.flatMap(({ entries, start }) => {
        const from = entries.find((entry) => entry.moduleRequest)?.moduleRequest?.value;
        return from === undefined
          ? []
          : [
              imported(
                from,
                start,
                entries.every((entry) => entry.isType),
                ["*"],
              ),
            ];
      }),
      ...module.dynamicImports.map(({ moduleRequest, start }) =>
        imported(file.text.slice(moduleRequest.start + 1, moduleRequest.end - 1), start, false, ["*"]),
      ),
    ],
  };
}

function* importBreaches(file: ParsedFile): Generator<string> {
  const { room } = file;
  if (!room) {
    yield `${file.path}: is in no room; give it a row in the table of rooms (test/support/rooms.ts)`;
    return;
  }
  for (const one of file.imports) {
    const why = one.target === null ? packageBreach(room, one) : fileBreach(room, one, one.target);
    if (why) yield `${file.path}:${one.line} imports ${one.from}: ${why}`;
  }
}

function fileBreach(room: Room, one: Import, target: string): string | null {
  const allowed = [room.of, ...room.uses, ...(one.isType ? (room.usesTypesOf ?? []) : [])];
  if (allowed.some((place) => isWithin(target, place))) return null;
  const kind = one.isType ? "import" : "import values of";
  return `${room.of} may ${kind} ${[room.of, ...room.uses].join(", ")} alone (${room.why})`;
}

function packageBreach(room: Room, one: Import): string | null {
  const name = packageName(one.from);
  const owner = ownedPackages.find(({ packages }) => packages.test(name));
  if (owner && !owner.rooms.includes(room.of)) {
    return `${owner.why} belongs to ${owner.rooms.join(", ")}`;
  }
  if (room.packages && !owner && !room.packages.includes(name)) {
    return `${room.of} may import these packages alone: ${room.packages.join(", ")} (${room.why})`;
  }
  if (room.of.startsWith("core/") && name === "node:crypto") {
    const impureNames = one.names.filter((imported) => !pureCrypto.has(imported));
    if (impureNames.length > 0 && !one.isType)
      return `of node:crypto, core/ may use ${[...pureCrypto].join(", ")} alone`;
  }
  return null;
}

function* purityBreaches(file: ParsedFile): Generator<string> {
  if (!isWithin(file.at, "core/")) return;
  for (const node of nodesOf(file.program)) {
    const rule = impure.find(({ found }) => found(node));
    if (rule) yield `${file.path}:${file.lineAt(node.start)} uses ${rule.what}: core/ is pure, ${rule.instead}`;
  }
}

function* sizeBreaches(file: ParsedFile): Generator<string> {
  const lines = file.text.trimEnd().split("\n").length;
  if (lines > linesMax) yield `${file.path}: has ${lines} lines; at ${linesMax} a file asks for a new room`;
}

/** Cycles of imports at run time: of each knot of files the shortest way round from its first file, and who else is in it. */
function* cycleBreaches(files: readonly ParsedFile[]): Generator<string> {
  const targets = new Map(
    files.map((file) => [file.at, file.imports.flatMap((one) => (one.isType || !one.target ? [] : [one.target]))]),
  );
  const told = new Set<string>();
  for (const { at } of files) {
    if (told.has(at)) continue;
    const round = shortestWayRound(at, targets);
    if (round === null) continue;
    const reached = reachableFrom(at, targets);
    const knot = [...reached].filter((other) => reachableFrom(other, targets).has(at));
    for (const other of knot) told.add(other);
    const others = knot.filter((other) => !round.includes(other)).sort();
    const rest = others.length > 0 ? ` (and with them ${others.map(inSrc).join(", ")})` : "";
    yield `import cycle: ${round.map(inSrc).join(" → ")}${rest}`;
  }
}

type Targets = ReadonlyMap<string, readonly string[]>;

function shortestWayRound(start: string, targets: Targets): string[] | null {
  const ways = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const target of targets.get(way.at(-1) ?? "") ?? []) {
      if (target === start) return [...way, start];
      if (seen.has(target)) continue;
      seen.add(target);
      ways.push([...way, target]);
    }
  }
  return null;
}

function reachableFrom(start: string, targets: Targets): Set<string> {
  const reached = new Set<string>();
  const next = [start];
  for (const at of next) {
    for (const target of targets.get(at) ?? []) {
      if (reached.has(target)) continue;
      reached.add(target);
      next.push(target);
    }
  }
  return reached;
}

function inSrc(at: string): string {
  return at.startsWith("action/") ? at : `src/${at}`;
}

/** `core/` means the folder and all below, `core/*` the files directly in it, anything else one file. */
function isWithin(at: string, place: string): boolean {
  if (place.endsWith("/*")) return posix.dirname(at) === place.slice(0, -2);
  return place.endsWith("/") ? at.startsWith(place) : at === place;
}

function packageName(from: string): string {
  if (from.startsWith("node:")) return from;
  return from
    .split("/")
    .slice(0, from.startsWith("@") ? 2 : 1)
    .join("/");
}

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesOf(item);
  } else if (isNode(value)) {
    yield value;
    for (const child of Object.values(value)) yield* nodesOf(child);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && node.type === "Identifier" && node.name === name;
}

function isMember(node: Node, object: string, property?: string): boolean {
  if (node.type !== "MemberExpression" || !isNamed(node.object, object)) return false;
  return property === undefined || isNamed(node.property, property);
}

function isCall(node: Node, name: string): boolean {
  return node.type === "CallExpression" && isNamed(node.callee, name);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

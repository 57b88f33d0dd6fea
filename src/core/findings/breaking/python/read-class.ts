/** Reads Python classes: their members, and how instances are made where Python writes the constructor itself. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import { type ApiSymbol, aSymbol, normalised } from "../api/api-surface.ts";
import { constructorOf, type Field, generatorOf } from "./generated-constructors.ts";
import {
  type Decorator,
  decoratorsOf,
  isAccessor,
  isCalledAsWritten,
  isProperty,
  signatureOf,
} from "./read-callable.ts";
import { branchesOf, headOf, lineAt, literalOf, namesIn, type Reading } from "./reading.ts";

interface ClassReading {
  id: string;
  kind: "class" | "interface" | "enum";
  fields: Field[];
  reading: Reading;
}

/** Configuration of frameworks, which nobody reads from outside. */
const configuration = new Set(["Config", "Meta", "model_config"]);

/** Deeper nested classes are nobody's interface. */
const depthMax = 5;

/**
 * @param statement a `class_definition`, decorated or not
 * @param owner id of the class around it
 */
export function readClass(statement: SyntaxNode, owner: string | null, reading: Reading): void {
  const definition = statement.childForFieldName("definition") ?? statement;
  const name = definition.childForFieldName("name")?.text ?? "";
  const body = definition.childForFieldName("body");
  const id = owner === null ? name : `${owner}.${name}`;
  if (name === "" || id.split(".").length > depthMax) return;
  const written = definition.childForFieldName("superclasses")?.namedChildren ?? [];
  const fullBases = written.flatMap((base) =>
    base === null || base.type === "keyword_argument" ? [] : [normalised(base.text).split(/[[(]/)[0]?.trim() ?? ""],
  );
  const bases = fullBases.map((base) => base.slice(base.lastIndexOf(".") + 1));
  reading.bases.set(id, fullBases);
  const options = written.flatMap((base) => (base?.type === "keyword_argument" ? [normalised(base.text)] : []));
  const decorators = decoratorsOf(statement);
  const kind = bases.some((base) => /(Enum|^Flag|^IntFlag)$/.test(base))
    ? "enum"
    : bases.includes("Protocol")
      ? "interface"
      : "class";
  const line = definition.startPosition.row + 1;
  reading.symbols.set(
    id,
    aSymbol({
      id,
      kind,
      line,
      text: headOf(definition),
      path: reading.path,
      owner,
      bases: [...new Set(bases)].filter((base) => !technical.has(base) && !base.startsWith("_")),
      isDeprecated: decorators.some(({ last }) => last === "deprecated"),
    }),
  );
  const inside: ClassReading = { id, kind, fields: [], reading };
  if (body !== null) readBody(body, inside);
  const generator = generatorOf(bases, decorators);
  if (generator !== null && !reading.symbols.has(`${id}.__init__`)) {
    const signature = constructorOf(inside.fields, generator, { bases, decorators, options });
    if (signature !== null)
      addMember("__init__", line, { kind: "constructor", signatures: [signature], marks: ["generated"] }, inside);
  }
}

/** Bases that say how a class works, not what it is. */
const technical = new Set(["object", "ABC", "Generic", "Protocol"]);

function readBody(block: SyntaxNode, inside: ClassReading): void {
  for (const statement of block.namedChildren) {
    if (statement === null) continue;
    const definition = statement.childForFieldName("definition") ?? statement;
    const name = definition.childForFieldName("name")?.text ?? "";
    if (definition.type === "class_definition") {
      if (isMember(name)) readClass(statement, inside.id, inside.reading);
    } else if (definition.type === "function_definition") readMethod(statement, definition, name, inside);
    else if (statement.type === "expression_statement") {
      const assignment = statement.namedChildren[0];
      if (assignment?.type === "assignment") readField(assignment, inside);
    } else for (const branch of branchesOf(statement)) readBody(branch, inside);
  }
}

/** Python's own hooks that users meet: calling, entering, iterating, looking up. What every object has is none of them. */
const hooks =
  /^__(init|call|a?enter|a?exit|a?iter|a?next|len|getitem|setitem|delitem|contains|await|add|sub|mul|truediv|or|and|lt|le|gt|ge|int|float|bytes|fspath)__$/;

function isMember(name: string): boolean {
  return name.startsWith("_") ? hooks.test(name) : !configuration.has(name);
}

function addMember(
  name: string,
  line: number,
  more: Pick<ApiSymbol, "kind"> & Partial<ApiSymbol>,
  { id: owner, reading }: ClassReading,
): void {
  const id = `${owner}.${name}`;
  reading.symbols.set(id, aSymbol({ id, line, text: lineAt(reading, line), path: reading.path, owner, ...more }));
}

function readMethod(statement: SyntaxNode, definition: SyntaxNode, name: string, inside: ClassReading): void {
  const decorators = decoratorsOf(statement);
  readInstanceFields(definition, inside);
  if (!isMember(name) || isAccessor(decorators)) return;
  const has = (last: string) => decorators.some((decorator) => decorator.last === last);
  const line = definition.startPosition.row + 1;
  const common = {
    isDeprecated: has("deprecated"),
    isAbstract: has("abstractmethod") || has("abstractproperty") || isStub(definition, inside),
  };
  if (isProperty(decorators)) {
    const { result } = signatureOf(definition, true);
    addMember(name, line, { kind: "field", type: result, ...common }, inside);
    return;
  }
  const isCallable = isCalledAsWritten(decorators) && /^(?!__)|^__(init|call)__$/.test(name);
  const signature = signatureOf(definition, !has("staticmethod"));
  const earlier = inside.reading.symbols.get(`${inside.id}.${name}`)?.signatures ?? [];
  addMember(
    name,
    line,
    {
      kind: name === "__init__" ? "constructor" : "method",
      signatures: isCallable ? [...earlier, name === "__init__" ? { ...signature, result: null } : signature] : [],
      marks: marksOf(definition, decorators),
      text: headOf(definition),
      ...common,
    },
    inside,
  );
}

function marksOf(definition: SyntaxNode, decorators: readonly Decorator[]): string[] {
  const isBound = !decorators.some(({ last }) => last === "staticmethod" || last === "classmethod");
  return [...(definition.children[0]?.type === "async" ? ["async"] : []), ...(isBound ? ["bound"] : [])];
}

/** A method of a protocol without a body of its own. */
function isStub(definition: SyntaxNode, { kind }: ClassReading): boolean {
  if (kind !== "interface") return false;
  const statements = definition.childForFieldName("body")?.namedChildren ?? [];
  return statements.every(
    (one) => one?.type === "expression_statement" && /^(string|ellipsis)$/.test(one.namedChildren[0]?.type ?? ""),
  );
}

/** What methods assign to `self`. */
function readInstanceFields(definition: SyntaxNode, inside: ClassReading): void {
  const parameters = definition.childForFieldName("parameters")?.namedChildren ?? [];
  const self = parameters.find((one) => one?.type !== "comment")?.text ?? "";
  if (!/^\w{1,20}$/.test(self) || self === "cls") return;
  for (const assignment of definition.childForFieldName("body")?.descendantsOfType("assignment") ?? []) {
    const left = assignment?.childForFieldName("left");
    if (assignment === null || left?.type !== "attribute" || left.childForFieldName("object")?.text !== self) continue;
    const name = left.childForFieldName("attribute")?.text ?? "";
    if (!isMember(name) || inside.reading.symbols.has(`${inside.id}.${name}`)) continue;
    const type = assignment.childForFieldName("type");
    addMember(
      name,
      assignment.startPosition.row + 1,
      { kind: "field", type: type === null ? null : normalised(type.text), marks: ["instance"] },
      inside,
    );
  }
}

function readField(assignment: SyntaxNode, inside: ClassReading): void {
  const type = assignment.childForFieldName("type");
  const right = assignment.childForFieldName("right");
  const line = assignment.startPosition.row + 1;
  for (const name of namesIn(assignment.childForFieldName("left"))) {
    if (type !== null)
      inside.fields.push({
        name,
        type: normalised(type.text),
        value: right === null ? null : normalised(right.text),
      });
    if (!isMember(name)) continue;
    addMember(
      name,
      line,
      {
        kind: inside.kind === "enum" && right !== null ? "enum_member" : "field",
        type: type === null ? null : normalised(type.text),
        value: literalOf(right),
      },
      inside,
    );
  }
}

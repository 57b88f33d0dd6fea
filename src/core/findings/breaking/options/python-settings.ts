/** Flags, commands and options as Python declares them: argparse, optparse, click, typer; classes of settings and their defaults. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import { aSetting, dashed, kebab, longest, plainText, type Setting } from "./setting.ts";
import { childrenOf, descendants, literalValue, placeOf, stringValue } from "./tree-values.ts";

const argparse = /\badd_(?:argument|option|parser)\b/;
const click = /\b(?:click|typer)\b/;
const classes = /\bclass \w{0,80}(?:Options|Config|Configuration|Settings)\b/;

/** Holds for texts that may declare a setting; looking is much cheaper than parsing. */
export function mayDeclareInPython(text: string): boolean {
  return (
    argparse.test(text) || click.test(text) || classes.test(text) || /^(?:DEFAULT_\w|\w{1,80}_DEFAULT\b)/m.test(text)
  );
}

/** @returns in the order of the file, flags first */
export function pythonSettings(root: SyntaxNode): Setting[] {
  const text = root.text;
  return [
    ...(argparse.test(text) ? descendants(root, "call").flatMap(fromCall) : []),
    ...(click.test(text) ? descendants(root, "decorated_definition").flatMap(fromDecorated) : []),
    ...(classes.test(text) ? descendants(root, "class_definition").flatMap(fromClass) : []),
    ...constants(root),
  ];
}

interface Arguments {
  positional: SyntaxNode[];
  keywords: Map<string, SyntaxNode>;
}

function argumentsOf(call: SyntaxNode): Arguments {
  const found: Arguments = { positional: [], keywords: new Map() };
  for (const argument of childrenOf(call.childForFieldName("arguments"))) {
    if (argument.type !== "keyword_argument") found.positional.push(argument);
    else {
      const value = argument.childForFieldName("value");
      if (value !== null) found.keywords.set(argument.childForFieldName("name")?.text ?? "", value);
    }
  }
  return found;
}

function calledName(call: SyntaxNode): string {
  const name = call.childForFieldName("function")?.text ?? "";
  return name.slice(name.lastIndexOf(".") + 1);
}

function fromCall(call: SyntaxNode): Setting[] {
  const name = calledName(call);
  if (name === "add_argument" || name === "add_option") return fromArgparse(call);
  if (name === "add_parser") return named("command", call);
  return [];
}

function named(kind: "command", call: SyntaxNode): Setting[] {
  const name = stringValue(argumentsOf(call).positional[0] ?? null);
  return name === null ? [] : [aSetting({ kind, name, ...placeOf(call) })];
}

function fromArgparse(call: SyntaxNode): Setting[] {
  const { positional, keywords } = argumentsOf(call);
  const names = positional.map(stringValue).filter((name) => name !== null);
  const [first] = names;
  if (first === undefined || keywords.get("help")?.text.endsWith("SUPPRESS")) return [];
  const isFlag = first.startsWith("-");
  const nargs = keywords.get("nargs")?.text ?? "";
  const isOptional = /["'][?*]["']|REMAINDER/.test(nargs) || keywords.has("default");
  return [
    aSetting({
      kind: isFlag ? "flag" : "argument",
      name: isFlag ? longest(names) : first,
      names,
      isRequired: isFlag ? keywords.get("required")?.text === "True" : !isOptional,
      type: keywords.get("type")?.text ?? null,
      default: literalValue(keywords.get("default") ?? null),
      choices: listed(keywords.get("choices") ?? null),
      ...placeOf(call),
    }),
  ];
}

function listed(node: SyntaxNode | null): string[] | null {
  if (node === null || !/^(list|tuple|set)$/.test(node.type)) return null;
  const texts = childrenOf(node).map(stringValue);
  return texts.every((text) => text !== null) ? texts : null;
}

/** click's decorators and typer's parameters belong to the function below them. */
function fromDecorated(definition: SyntaxNode): Setting[] {
  const inner = definition.childForFieldName("definition");
  if (inner?.type !== "function_definition") return [];
  const scope = inner.childForFieldName("name")?.text ?? "";
  const decorators = childrenOf(definition).filter(({ type }) => type === "decorator");
  const found = decorators.flatMap((decorator) => fromClick(decorator, scope));
  const isCommand = decorators.some(({ text }) => /^@[\w.]{0,80}\.?(?:command|callback)\b/.test(text.slice(0, 200)));
  return isCommand
    ? [...found, ...childrenOf(inner.childForFieldName("parameters")).flatMap((one) => fromTyper(one, scope))]
    : found;
}

function fromClick(decorator: SyntaxNode, scope: string): Setting[] {
  const call = childrenOf(decorator)[0];
  if (call === undefined) return [];
  const name = call.type === "call" ? calledName(call) : call.text.slice(call.text.lastIndexOf(".") + 1);
  if (name === "command" || name === "group") {
    const given =
      call.type === "call" ? argumentsOf(call) : { positional: [], keywords: new Map<string, SyntaxNode>() };
    const stated = stringValue(given.positional[0] ?? given.keywords.get("name") ?? null);
    if (given.keywords.get("hidden")?.text === "True" || scope === "") return [];
    return [aSetting({ kind: "command", name: stated ?? kebab(scope), ...placeOf(decorator) })];
  }
  if (call.type !== "call" || (name !== "option" && name !== "argument")) return [];
  const { positional, keywords } = argumentsOf(call);
  const texts = positional.map(stringValue).filter((text) => text !== null);
  const names =
    name === "argument" ? texts : texts.flatMap((text) => text.split("/")).filter((text) => text.startsWith("-"));
  if (names.length === 0) return [];
  const type = keywords.get("type") ?? null;
  const isRequired =
    name === "option"
      ? keywords.get("required")?.text === "True"
      : keywords.get("required")?.text !== "False" && !keywords.has("default");
  return [
    aSetting({
      kind: name === "option" ? "flag" : "argument",
      name: longest(names),
      names,
      scope,
      isRequired,
      type: type === null || /Choice\(/.test(type.text) ? null : plainText(type.text),
      default: literalValue(keywords.get("default") ?? null),
      choices:
        type !== null && /Choice\($/.test(type.text.split("[", 1)[0] ?? "")
          ? listed(argumentsOf(type).positional[0] ?? null)
          : null,
      isHidden: keywords.get("hidden")?.text === "True",
      ...placeOf(decorator),
    }),
  ];
}

/** `name: str = typer.Option("x", "--name", "-n")`, or the same in `Annotated[…]`. */
function fromTyper(parameter: SyntaxNode, scope: string): Setting[] {
  const call = descendants(parameter, "call").find((one) =>
    /\b(?:Option|Argument)$/.test(one.childForFieldName("function")?.text ?? ""),
  );
  const name = childrenOf(parameter)[0]?.text;
  if (call === undefined || name === undefined) return [];
  const isFlag = calledName(call) === "Option";
  const { positional, keywords } = argumentsOf(call);
  const stated = positional.map(stringValue).filter((text) => text?.startsWith("-")) as string[];
  const names = !isFlag
    ? [name]
    : stated.length > 0
      ? stated.flatMap((text) => text.split("/"))
      : [dashed(kebab(name))];
  const isAnnotated = parameter.text.includes("Annotated[");
  const value = isAnnotated ? parameter.childForFieldName("value") : (keywords.get("default") ?? positional[0] ?? null);
  return [
    aSetting({
      kind: isFlag ? "flag" : "argument",
      name: longest(names),
      names,
      scope,
      isRequired: value === null || value.text === "...",
      default: literalValue(value),
      isHidden: keywords.get("hidden")?.text === "True",
      ...placeOf(parameter),
    }),
  ];
}

const settingsName = /(?:Options|Config|Configuration|Settings)$/;

/** Annotated fields of `class AppConfig`, be it a dataclass, a pydantic model or attrs. */
function fromClass(definition: SyntaxNode): Setting[] {
  const scope = definition.childForFieldName("name")?.text ?? "";
  if (!settingsName.test(scope) || scope.startsWith("_")) return [];
  const found: Setting[] = [];
  for (const statement of childrenOf(definition.childForFieldName("body"))) {
    const assignment = statement.type === "expression_statement" ? childrenOf(statement)[0] : undefined;
    const type = assignment?.childForFieldName("type") ?? null;
    const name = assignment?.childForFieldName("left")?.text;
    if (assignment?.type !== "assignment" || type === null || name === undefined || name.startsWith("_")) continue;
    if (/\bClassVar\b/.test(type.text)) continue;
    const right = assignment.childForFieldName("right");
    const given = right?.type === "call" ? argumentsOf(right) : null;
    const value = given === null ? right : (given.keywords.get("default") ?? given.positional[0] ?? null);
    const isDefaulted = given?.keywords.has("default_factory") ?? false;
    found.push(
      aSetting({
        kind: "option",
        name,
        scope,
        isRequired: (value === null || value.text === "...") && !isDefaulted,
        type: plainText(type.text),
        default: literalValue(value),
        ...placeOf(statement),
      }),
    );
  }
  return found;
}

/** `DEFAULT_PORT = 80` at the top of a module. */
function constants(root: SyntaxNode): Setting[] {
  const found: Setting[] = [];
  for (const statement of childrenOf(root)) {
    const assignment = statement.type === "expression_statement" ? childrenOf(statement)[0] : undefined;
    const name = assignment?.type === "assignment" ? (assignment.childForFieldName("left")?.text ?? "") : "";
    if (!/^(?:DEFAULT_\w{1,80}|\w{1,80}_DEFAULT)$/.test(name)) continue;
    const value = literalValue(assignment?.childForFieldName("right") ?? null);
    if (value === null) continue;
    found.push(
      aSetting({ kind: "option", name, scope: "const", default: value, isConstant: true, ...placeOf(statement) }),
    );
  }
  return found;
}

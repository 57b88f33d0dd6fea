/** Flags, commands and options as Go declares them: flag, pflag, cobra, urfave/cli, viper; configuration structs and default constants. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import { aSetting, dashed, longest, type Setting } from "./setting.ts";
import { childrenOf, descendants, literalValue, placeOf, stringValue } from "./tree-values.ts";

const called = /[Ff]lags?\(?\)?\.\w|\bflag\.|\bviper\.|\bfs\.\w|MarkFlagRequired/;
const composed = /\b(?:cobra|cli)\.\w/;
const structs = /\btype \w{0,80}(?:Options|Config|Configuration|Settings) struct\b/;
const defaulted = /\b[dD]efault[A-Z_]\w{0,80}(?: \w{1,40})?\s{1,20}=/;

/** Holds for texts that may declare a setting; looking is much cheaper than parsing. */
export function mayDeclareInGo(text: string): boolean {
  return [called, composed, structs, defaulted].some((pattern) => pattern.test(text));
}

/** @returns in the order of the file, flags first */
export function goSettings(root: SyntaxNode): Setting[] {
  const text = root.text;
  const names = stringConstants(root);
  const calls = called.test(text) ? descendants(root, "call_expression") : [];
  const required = new Set<string>();
  const found: Setting[] = [];
  for (const call of calls) {
    const method = methodOf(call);
    const values = childrenOf(call.childForFieldName("arguments"));
    if (method === "MarkFlagRequired" || method === "MarkPersistentFlagRequired") {
      const name = textOf(values[0], names);
      if (name !== null) required.add(dashed(name));
    } else found.push(...fromFlag(call, method, values, names), ...fromViper(call, method, values, names));
  }
  const flags = found.map((setting) =>
    setting.kind === "flag" ? { ...setting, isRequired: required.has(setting.name) } : setting,
  );
  return [
    ...flags,
    ...(composed.test(text) ? descendants(root, "composite_literal").flatMap((one) => fromLiteral(one, names)) : []),
    ...(structs.test(text) ? descendants(root, "type_spec").flatMap(fromStruct) : []),
    ...constants(root),
  ];
}

/** Constants of this file that hold a text: flags are often named by them. */
function stringConstants(root: SyntaxNode): Map<string, string> {
  const found = new Map<string, string>();
  for (const spec of descendants(root, ["const_spec", "var_spec"])) {
    const name = spec.childForFieldName("name")?.text;
    const value = stringValue(childrenOf(spec.childForFieldName("value"))[0] ?? null);
    if (name !== undefined && value !== null) found.set(name, value);
  }
  return found;
}

/** A text, or the constant that holds it; of a constant declared elsewhere its own name. */
function textOf(node: SyntaxNode | undefined, names: ReadonlyMap<string, string>): string | null {
  if (node === undefined) return null;
  const text = stringValue(node);
  if (text !== null) return text;
  if (node.type !== "identifier" && node.type !== "selector_expression") return null;
  return names.get(node.text) ?? node.text.slice(node.text.lastIndexOf(".") + 1);
}

function methodOf(call: SyntaxNode): string {
  const callee = call.childForFieldName("function");
  return callee?.type === "selector_expression" ? (callee.childForFieldName("field")?.text ?? "") : "";
}

const flagMethod =
  /^(String|Bool|Int|Int8|Int16|Int32|Int64|Uint|Uint8|Uint16|Uint32|Uint64|Float32|Float64|Duration|StringSlice|StringArray|IntSlice|StringToString|IP|Count|Bytes\w{0,10})(Var)?(P)?$/;

/** `cmd.Flags().StringP("output", "o", "text", "…")`, `flag.IntVar(&port, "port", 80, "…")`. */
function fromFlag(
  call: SyntaxNode,
  method: string,
  values: SyntaxNode[],
  names: ReadonlyMap<string, string>,
): Setting[] {
  const found = flagMethod.exec(method);
  const receiver = call.childForFieldName("function")?.childForFieldName("operand")?.text ?? "";
  if (found === null || !/flag|fs$|\bset$|cmd/i.test(receiver.slice(0, 200))) return [];
  const [, type = "", isVar, isShort] = found;
  const at = isVar === undefined ? 0 : 1;
  const name = textOf(values[at], names);
  // A flag has a name, a default and a usage at least.
  if (name === null || name === "" || values.length < at + (type === "Count" ? 2 : 3)) return [];
  const short = isShort === undefined ? null : textOf(values[at + 1], names);
  const flags = [dashed(name), ...(short === null || short === "" ? [] : [`-${short}`])];
  const value = type === "Count" ? null : (values[at + (isShort === undefined ? 1 : 2)] ?? null);
  return [
    aSetting({
      kind: "flag",
      name: longest(flags),
      names: flags,
      type,
      default: literalValue(value),
      ...placeOf(call),
    }),
  ];
}

/** `viper.SetDefault("port", 80)`. */
function fromViper(
  call: SyntaxNode,
  method: string,
  values: SyntaxNode[],
  names: ReadonlyMap<string, string>,
): Setting[] {
  const name = method === "SetDefault" ? textOf(values[0], names) : null;
  if (name === null) return [];
  return [
    aSetting({ kind: "option", name, scope: "viper", default: literalValue(values[1] ?? null), ...placeOf(call) }),
  ];
}

/** `&cobra.Command{Use: "build [file]"}`, `&cli.StringFlag{Name: "output", Value: "text"}`. */
function fromLiteral(literal: SyntaxNode, names: ReadonlyMap<string, string>): Setting[] {
  const type = literal.childForFieldName("type")?.text ?? "";
  const fields = new Map<string, SyntaxNode>();
  for (const element of childrenOf(literal.childForFieldName("body"))) {
    const [key, value] = childrenOf(element);
    const inner = value === undefined ? null : (childrenOf(value)[0] ?? value);
    if (element.type === "keyed_element" && key !== undefined && inner !== null) fields.set(key.text, inner);
  }
  const isHidden = fields.get("Hidden")?.text === "true";
  if (/^(?:cobra|cli)\.Command$/.test(type)) {
    const name = textOf(fields.get("Use") ?? fields.get("Name"), names)
      ?.trim()
      .split(/\s/, 1)[0];
    return name === undefined || name === ""
      ? []
      : [aSetting({ kind: "command", name, isHidden, ...placeOf(literal) })];
  }
  const flag = /^cli\.(\w{1,30})Flag$/.exec(type)?.[1];
  const name = flag === undefined ? null : textOf(fields.get("Name"), names);
  if (flag === undefined || name === null) return [];
  return [
    aSetting({
      kind: "flag",
      name: dashed(name),
      type: flag,
      isRequired: fields.get("Required")?.text === "true",
      default: literalValue(fields.get("Value") ?? null),
      isHidden,
      ...placeOf(literal),
    }),
  ];
}

/** Fields of `type AppConfig struct` by the names that its tags give them. */
function fromStruct(spec: SyntaxNode): Setting[] {
  const scope = spec.childForFieldName("name")?.text ?? "";
  const body = spec.childForFieldName("type");
  if (!/(?:Options|Config|Configuration|Settings)$/.test(scope) || body?.type !== "struct_type") return [];
  const found: Setting[] = [];
  for (const field of descendants(body, "field_declaration")) {
    const tag = field.childForFieldName("tag")?.text ?? "";
    const name = /\b(?:mapstructure|yaml|toml|json|koanf|hcl):"([\w.-]{1,80})/.exec(tag.slice(0, 300))?.[1];
    if (name === undefined || name === "-") continue;
    found.push(
      aSetting({ kind: "option", name, scope, type: field.childForFieldName("type")?.text ?? null, ...placeOf(field) }),
    );
  }
  return found;
}

/** `DefaultPort = 80`. */
function constants(root: SyntaxNode): Setting[] {
  const found: Setting[] = [];
  for (const spec of descendants(root, ["const_spec", "var_spec"])) {
    const name = spec.childForFieldName("name")?.text ?? "";
    const value = literalValue(childrenOf(spec.childForFieldName("value"))[0] ?? null);
    if (!/^[dD]efault[A-Z_]\w{0,80}$/.test(name) || value === null) continue;
    found.push(aSetting({ kind: "option", name, scope: "const", default: value, isConstant: true, ...placeOf(spec) }));
  }
  return found;
}

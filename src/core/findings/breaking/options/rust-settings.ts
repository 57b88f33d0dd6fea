/** Flags, commands and options as Rust declares them: clap (derive and builder), structopt; serde structs of settings, default constants. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import { aSetting, dashed, kebab, longest, plainText, type Setting } from "./setting.ts";
import { childrenOf, descendants, literalValue, placeOf, stringValue } from "./tree-values.ts";

const derived = /\bderive\([^)]{0,300}\b(?:Parser|Args|StructOpt|Subcommand)\b/;
const built = /\b(?:Arg|Command|App|SubCommand)::(?:new|with_name)\(/;
const structs = /\bstruct \w{0,80}(?:Options|Config|Configuration|Settings)\b/;

/** Holds for texts that may declare a setting; looking is much cheaper than parsing. */
export function mayDeclareInRust(text: string): boolean {
  const isClap = /\b(?:clap|structopt)\b/.test(text) && (derived.test(text) || built.test(text));
  return isClap || (structs.test(text) && text.includes("Deserialize")) || /\bDEFAULT_\w|\w_DEFAULT\b/.test(text);
}

/** @returns in the order of the file */
export function rustSettings(root: SyntaxNode): Setting[] {
  const text = root.text;
  const found: Setting[] = [];
  const items = derived.test(text) || structs.test(text) ? descendants(root, ["struct_item", "enum_item"]) : [];
  for (const item of items) {
    const attributes = attributesOf(item).join("\n");
    const scope = item.childForFieldName("name")?.text ?? "";
    const body = item.childForFieldName("body");
    if (/derive\([^)]*\b(?:Parser|Args|StructOpt|Subcommand)\b/.test(attributes.slice(0, 1000)))
      found.push(...childrenOf(body).flatMap((child) => fromDerive(child, scope)));
    else if (isSettings(scope, attributes))
      found.push(...childrenOf(body).flatMap((child) => fromSerde(child, scope, attributes)));
  }
  if (built.test(text)) for (const call of descendants(root, "call_expression")) found.push(...fromBuilder(call));
  return [...found, ...constants(root)];
}

/** Attributes right above a node, comments between them skipped. */
function attributesOf(node: SyntaxNode): string[] {
  const found: string[] = [];
  for (let before = node.previousNamedSibling; before !== null; before = before.previousNamedSibling) {
    if (before.type === "attribute_item") found.unshift(before.text.slice(0, 1000));
    else if (!before.type.endsWith("comment")) break;
  }
  return found;
}

/** Attributes of clap and structopt, joined; `null` where there are none. */
function clapOf(node: SyntaxNode): string | null {
  const attributes = attributesOf(node).filter((text) => /^#\[(?:arg|clap|structopt|command|group)\b/.test(text));
  return attributes.length === 0 ? null : attributes.join(" ");
}

function fromDerive(node: SyntaxNode, scope: string): Setting[] {
  const name = node.childForFieldName("name")?.text;
  if (name === undefined) return [];
  const clap = clapOf(node) ?? "";
  if (/\b(?:flatten|subcommand|skip)\b/.test(clap)) return [];
  const place = placeOf(node);
  const isHidden = /\bhide\b(?!\s*=\s*false)/.test(clap);
  if (node.type === "enum_variant") {
    const stated = /\bname\s*=\s*"([^"]{1,80})"/.exec(clap)?.[1] ?? kebab(name);
    const fields = childrenOf(node.childForFieldName("body")).flatMap((child) =>
      fromDerive(child, `${scope}::${name}`),
    );
    const command = aSetting({
      kind: "command",
      name: stated,
      names: [stated, ...aliasesIn(clap)],
      scope,
      isHidden,
      ...place,
    });
    return [command, ...fields.filter(({ kind }) => kind !== "command")];
  }
  if (node.type !== "field_declaration") return [];
  const type = plainText(node.childForFieldName("type")?.text ?? "");
  const long =
    /\blong\s*=\s*"([^"]{1,80})"/.exec(clap)?.[1] ?? (/\blong\b/.test(clap) ? kebab(name.replace(/^r#/, "")) : null);
  const short = /\bshort\s*=\s*["']([^"'])["']/.exec(clap)?.[1] ?? (/\bshort\b/.test(clap) ? (name[0] ?? null) : null);
  const names = [long === null ? null : `--${long}`, short === null ? null : `-${short}`].filter((one) => one !== null);
  const value = defaultIn(clap);
  const isGiven =
    value !== null || /\bdefault_(?:value|missing|values)/.test(clap) || /^(?:Option|Vec|bool)\b/.test(type);
  const isRequired = /\brequired\s*=\s*true/.test(clap) || (!isGiven && !/\brequired\s*=\s*false/.test(clap));
  const more = { scope, isRequired, type, default: value, choices: choicesIn(clap), isHidden, ...place };
  if (names.length === 0) return [aSetting({ kind: "argument", name: kebab(name), ...more })];
  return [aSetting({ kind: "flag", name: longest(names), names: [...names, ...aliasesIn(clap).map(dashed)], ...more })];
}

function defaultIn(clap: string): string | null {
  const found = /\bdefault_value(?:_t)?\s*=\s*("[^"]{0,200}"|-?\d[\w.]{0,30}|true|false)/.exec(clap)?.[1];
  return found === undefined ? null : plainText(found);
}

function choicesIn(clap: string): string[] | null {
  const list = /\b(?:possible_values|value_parser)\s*(?:\(|=)\s*&?\[([^\]]{1,500})\]/.exec(clap)?.[1];
  return list?.match(/"[^"]{1,80}"/g)?.map((text) => text.slice(1, -1)) ?? null;
}

function aliasesIn(clap: string): string[] {
  const found = clap.match(/\b(?:visible_)?alias(?:es)?\s*(?:=|\()\s*(?:&?\[)?(?:"[^"]{1,80}",?\s?){1,10}/g) ?? [];
  return found.flatMap((text) => text.match(/"[^"]{1,80}"/g) ?? []).map((text) => text.slice(1, -1));
}

/** `Arg::new("output").long("output").short('o')`, seen at the outermost call of the chain. */
function fromBuilder(call: SyntaxNode): Setting[] {
  // Of a chain, only its end is read.
  if (call.parent?.type === "field_expression") return [];
  const { root, calls } = chainOf(call);
  const kind = /^(?:clap::)?(Arg|Command|App|SubCommand)::(?:new|with_name)$/.exec(root)?.[1];
  if (kind === undefined) return [];
  const value = (name: string) => calls.find((one) => one.name === name)?.argument ?? null;
  const name = stringValue(value("new"));
  if (name === null) return [];
  const isHidden = calls.some((one) => one.name === "hide");
  // `std::process::Command` is begun in the same way.
  const isClap = calls.some((one) =>
    /^(?:about|long_about|subcommand|subcommands|author|version|alias|visible_alias)$/.test(one.name),
  );
  if (kind === "Command" && !isClap) return [];
  if (kind !== "Arg") return [aSetting({ kind: "command", name, isHidden, ...placeOf(call) })];
  const long = stringValue(value("long"));
  const short = value("short")?.text.replace(/["']/g, "") ?? null;
  const names = [long === null ? null : `--${long}`, short === null ? null : `-${short}`].filter((one) => one !== null);
  const more = {
    isRequired: value("required")?.text === "true",
    default: literalValue(value("default_value")),
    choices: choicesIn(call.text.slice(0, 3000).replace(/\.(?:possible_values|value_parser)\(/g, " value_parser(")),
    isHidden,
    ...placeOf(call),
  };
  if (names.length === 0) return [aSetting({ kind: "argument", name, ...more })];
  return [aSetting({ kind: "flag", name: longest(names), names, ...more })];
}

interface Chain {
  /** The path that the chain begins with: `Arg::new`. */
  root: string;
  calls: { name: string; argument: SyntaxNode | null }[];
}

function chainOf(call: SyntaxNode): Chain {
  const calls: Chain["calls"] = [];
  let node: SyntaxNode | null = call;
  let root = "";
  for (let depth = 0; node !== null && node.type === "call_expression" && depth < 60; depth++) {
    const callee: SyntaxNode | null = node.childForFieldName("function");
    const argument = childrenOf(node.childForFieldName("arguments"))[0] ?? null;
    if (callee?.type === "field_expression") {
      calls.push({ name: callee.childForFieldName("field")?.text ?? "", argument });
      node = callee.childForFieldName("value");
    } else {
      root = callee?.text.slice(0, 100) ?? "";
      calls.push({ name: "new", argument });
      node = null;
    }
  }
  return { root, calls };
}

function isSettings(scope: string, attributes: string): boolean {
  return /(?:Options|Config|Configuration|Settings)$/.test(scope) && /\bDeserialize\b/.test(attributes.slice(0, 1000));
}

function fromSerde(node: SyntaxNode, scope: string, around: string): Setting[] {
  const field = node.type === "field_declaration" ? node.childForFieldName("name")?.text : undefined;
  if (field === undefined) return [];
  const serde = attributesOf(node)
    .filter((text) => text.startsWith("#[serde"))
    .join(" ");
  if (/\bskip\b/.test(serde)) return [];
  const type = plainText(node.childForFieldName("type")?.text ?? "");
  const name = /\brename\s*=\s*"([^"]{1,80})"/.exec(serde)?.[1] ?? field.replace(/^r#/, "");
  const names = [name, ...aliasesIn(serde)];
  const isDefaulted =
    /\bdefault\b/.test(serde) || /#\[serde\([^)]*\bdefault\b/.test(around) || type.startsWith("Option");
  return [aSetting({ kind: "option", name, names, scope, type, isRequired: !isDefaulted, ...placeOf(node) })];
}

/** `const DEFAULT_PORT: u16 = 80;` */
function constants(root: SyntaxNode): Setting[] {
  const found: Setting[] = [];
  for (const item of descendants(root, ["const_item", "static_item"])) {
    const name = item.childForFieldName("name")?.text ?? "";
    const value = literalValue(item.childForFieldName("value"));
    if (!/^DEFAULT_\w{1,80}$|^\w{1,80}_DEFAULT$/.test(name) || value === null) continue;
    found.push(aSetting({ kind: "option", name, scope: "const", default: value, isConstant: true, ...placeOf(item) }));
  }
  return found;
}

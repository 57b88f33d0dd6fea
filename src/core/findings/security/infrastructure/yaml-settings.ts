/** Reads Compose files, Kubernetes objects, Helm values and templates, and CloudFormation. */

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, type YAMLMap } from "yaml";
import type { Strength } from "../../finding.ts";
import { isTangledYaml } from "../../tangled-yaml.ts";
import { addPin } from "./dockerfile-settings.ts";
import { noSettings, type Setting, type Settings, sourceCharactersMax } from "./setting.ts";
import { guardRows, weakRows } from "./yaml-rows.ts";

const charactersMax = 200_000;
/** Nesting looked at. */
const depthMax = 40;

export function yamlSettings(text: string): Settings | null {
  if (text.length > charactersMax || isTangledYaml(text)) return null;
  const lines = new LineCounter();
  const source = withoutTemplates(text);
  const found = noSettings();
  let hasContent = false;
  for (const document of parseAllDocuments(source, { uniqueKeys: false, logLevel: "silent", lineCounter: lines })) {
    if (document.errors.length > 0) found.isWhole = false;
    if (!("contents" in document) || document.contents === null) continue;
    hasContent ||= !isScalar(document.contents);
    walk(document.contents as Node, found, (node) => lines.linePos(node.range?.[0] ?? 0).line);
  }
  if (!hasContent && source.trim() !== "") return null;
  // What a template says may hang on a condition that was cut out of it.
  return source === text ? found : { ...found, weak: found.weak.map(lessSure) };
}

function lessSure(setting: Setting): Setting {
  return setting.strength === "proven" ? { ...setting, strength: "likely" } : setting;
}

/** Helm's and Jinja's places are no YAML: lines of them alone go, others become a word. Line numbers stay. */
function withoutTemplates(text: string): string {
  return text
    .replaceAll(/^[ \t]{0,80}\{\{[^\n]{0,1000}\}\}[ \t\r]{0,80}$/gm, "")
    .replaceAll(/\{\{[^{}\n]{0,500}\}\}/g, "template");
}

/** Aliases are not followed: a bomb made of them costs nothing this way. */
function walk(root: Node, found: Settings, lineOf: (node: Node) => number): void {
  const open: { node: unknown; path: string; depth: number }[] = [{ node: root, path: "", depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, path, depth } = next;
    if (depth > depthMax) found.isWhole = false;
    if (depth > depthMax || isAlias(node)) continue;
    if (isSeq(node)) for (const item of node.items) open.push({ node: item, path, depth: depth + 1 });
    if (!isMap(node)) continue;
    found.paths.add(path);
    readStatement(node, found, lineOf);
    for (const { key, value } of node.items) {
      if (!isScalar(key)) {
        found.isWhole = false;
        continue;
      }
      const name = String(key.value);
      readPair(name, value, path, found, lineOf(key));
      open.push({ node: value, path: path === "" ? name : `${path}.${name}`, depth: depth + 1 });
    }
  }
}

function readPair(name: string, value: unknown, path: string, found: Settings, line: number): void {
  if (name === "volumes") readVolumes(value, path, found, line);
  if (name === "add" && path.endsWith("apabilities")) readCapabilities(value, found, line);
  if (name === "cap_add") readCapabilities(value, found, line);
  if (!isScalar(value)) return;
  const text = String(value.value).slice(0, 300);
  if (name === "image" && /^[\w./:@-]{1,300}$/.test(text) && !text.includes("template")) addPin(found, text, line);
  for (const [rows, into] of [
    [weakRows, found.weak],
    [guardRows, found.guards],
  ] as const) {
    const row = rows.find((one) => one.key.test(name) && one.value.test(text) && (one.within?.test(path) ?? true));
    if (row !== undefined)
      into.push(
        settingOf(
          row.rule,
          row.strength,
          row.what,
          `${name}: ${text}`,
          line,
          into === found.guards ? `${path}.${name}` : undefined,
        ),
      );
  }
}

function settingOf(
  rule: string,
  strength: Strength,
  what: string,
  source: string,
  line: number,
  key = source,
): Setting {
  return { rule, strength, what, key, line, source: source.slice(0, sourceCharactersMax) };
}

function readVolumes(value: unknown, path: string, found: Settings, line: number): void {
  if (!path.startsWith("services") || !isSeq(value)) return;
  for (const item of value.items) {
    const text = isScalar(item) ? String(item.value) : isMap(item) ? String(item.get("source") ?? "") : "";
    if (/^(?:\/var)?\/run\/docker\.sock\b/.test(text))
      found.weak.push(settingOf("host_shared", "proven", "a container controls Docker on the machine", text, line));
    else if (/^\/(?:etc|root|proc|sys|boot)?\/?:/.test(text))
      found.weak.push(settingOf("host_shared", "likely", "a container sees the machine's own files", text, line));
  }
}

function readCapabilities(value: unknown, found: Settings, line: number): void {
  for (const name of textsOf(value)) {
    if (/^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE)$/.test(name)) {
      found.weak.push(
        settingOf("container_privileged", "likely", `a container gets \`${name}\``, `capabilities: ${name}`, line),
      );
    }
  }
}

/** A rule of a Kubernetes role, or a statement of a cloud policy. */
function readStatement(map: YAMLMap, found: Settings, lineOf: (node: Node) => number): void {
  const verbs = textsOf(map.get("verbs", true));
  const resources = textsOf(map.get("resources", true));
  if (verbs.includes("*") && resources.includes("*")) {
    found.weak.push(
      settingOf(
        "role_wildcard",
        "proven",
        "a role may do everything with everything",
        `resources: [*], verbs: [*] of ${textsOf(map.get("apiGroups", true)).join(", ")}`,
        lineOf(map),
      ),
    );
  }
  if (String(map.get("Effect") ?? "") !== "Allow") return;
  const actions = textsOf(map.get("Action", true));
  if (!textsOf(map.get("Resource", true)).includes("*")) return;
  if (actions.includes("*") || actions.includes("*:*")) {
    found.weak.push(
      settingOf(
        "role_wildcard",
        "proven",
        "a policy allows every action on every resource",
        "Action: *, Resource: *",
        lineOf(map),
      ),
    );
  } else {
    const whole = actions.find((action) =>
      /^(?:iam|s3|ec2|secretsmanager|sts|lambda|dynamodb|organizations):\*$/.test(action),
    );
    if (whole !== undefined)
      found.weak.push(
        settingOf(
          "role_wildcard",
          "likely",
          `a policy allows \`${whole}\` on every resource`,
          `Action: ${whole}, Resource: *`,
          lineOf(map),
        ),
      );
  }
}

function textsOf(value: unknown): string[] {
  if (isScalar(value)) return [String(value.value)];
  return isSeq<unknown>(value) ? value.items.flatMap((item) => (isScalar(item) ? [String(item.value)] : [])) : [];
}

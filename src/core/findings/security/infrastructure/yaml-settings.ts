/** Reads Compose files, Kubernetes objects, Helm values and templates, and CloudFormation. */

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, type YAMLMap } from "yaml";
import type { Strength } from "../../finding.ts";
import { addPin } from "./dockerfile-settings.ts";
import { noSettings, type Setting, type Settings, sourceCharactersMax } from "./setting.ts";

const charactersMax = 200_000;
/** Nesting looked at. */
const depthMax = 40;

interface Row {
  rule: string;
  strength: Strength;
  key: RegExp;
  value: RegExp;
  /** Of the keys above, dotted. */
  within?: RegExp;
  what: string;
}

/** Reported where the change brings them. */
const weak: readonly Row[] = [
  {
    rule: "container_privileged",
    strength: "proven",
    key: /^privileged$/,
    value: /^true$/,
    what: "a container is privileged",
  },
  {
    rule: "container_privileged",
    strength: "likely",
    key: /^allowPrivilegeEscalation$/,
    value: /^true$/,
    what: "a container may gain more rights than it was given",
  },
  {
    rule: "host_shared",
    strength: "proven",
    key: /^host(?:Network|PID|IPC)$/,
    value: /^true$/,
    what: "a container shares the machine's network or processes",
  },
  {
    rule: "host_shared",
    strength: "proven",
    key: /^(?:network_mode|pid|ipc)$/,
    value: /^host$/,
    what: "a container shares the machine's network or processes",
  },
  {
    rule: "host_shared",
    strength: "likely",
    key: /^path$/,
    value: /^\//,
    within: /(?:^|\.)hostPath$/,
    what: "a container sees a folder of the machine",
  },
  {
    rule: "container_runs_as_root",
    strength: "likely",
    key: /^runAsUser$/,
    value: /^0$/,
    what: "a container runs as root",
  },
  {
    rule: "container_runs_as_root",
    strength: "likely",
    key: /^runAsNonRoot$/,
    value: /^false$/,
    what: "a container may run as root",
  },
  {
    rule: "container_runs_as_root",
    strength: "likely",
    key: /^user$/,
    value: /^(?:root|0)(?::.{0,20})?$/,
    within: /^services\.[^.]{1,100}$/,
    what: "a container runs as root",
  },
  {
    rule: "container_privileged",
    strength: "likely",
    key: /^type$/,
    value: /^Unconfined$/,
    within: /seccompProfile$/,
    what: "a container's system calls are no longer filtered",
  },
  {
    rule: "storage_public",
    strength: "proven",
    key: /^AccessControl$/,
    value: /^PublicRead(?:Write)?$/,
    what: "a bucket is public",
  },
  {
    rule: "storage_public",
    strength: "likely",
    key: /^(?:BlockPublicAcls|BlockPublicPolicy|IgnorePublicAcls|RestrictPublicBuckets)$/,
    value: /^false$/,
    what: "a bucket may become public",
  },
  {
    rule: "network_open",
    strength: "likely",
    key: /^CidrIp(?:v6)?$/,
    value: /^(?:0\.0\.0\.0\/0|::\/0)$/,
    within: /Ingress/,
    what: "a port is open to the whole internet",
  },
  {
    rule: "database_public",
    strength: "proven",
    key: /^PubliclyAccessible$/,
    value: /^true$/,
    what: "a database can be reached from the internet",
  },
  {
    rule: "encryption_off",
    strength: "proven",
    key: /^(?:StorageEncrypted|Encrypted|AtRestEncryptionEnabled|TransitEncryptionEnabled)$/,
    value: /^false$/,
    what: "stored data is not encrypted",
  },
  {
    rule: "connection_unprotected",
    strength: "likely",
    key: /^(?:insecureSkipTLSVerify|insecureSkipVerify|insecure_skip_verify|tlsInsecureSkipVerify|skipTLSVerify)$/,
    value: /^true$/,
    what: "certificates are not checked",
  },
];

/** Reported where the change takes them away. */
const guards: readonly Row[] = [
  {
    rule: "container_runs_as_root",
    strength: "likely",
    key: /^runAsNonRoot$/,
    value: /^true$/,
    what: "a container may run as root again",
  },
  {
    rule: "container_privileged",
    strength: "hint",
    key: /^(?:readOnlyRootFilesystem|allowPrivilegeEscalation)$/,
    value: /^(?:true|false)$/,
    what: "a limit of a container was removed",
  },
];

export function yamlSettings(text: string): Settings | null {
  if (text.length > charactersMax) return null;
  const lines = new LineCounter();
  const source = withoutTemplates(text);
  const found = noSettings();
  let hasContent = false;
  for (const document of parseAllDocuments(source, { uniqueKeys: false, logLevel: "silent", lineCounter: lines })) {
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
    if (depth > depthMax || isAlias(node)) continue;
    if (isSeq(node)) for (const item of node.items) open.push({ node: item, path, depth: depth + 1 });
    if (!isMap(node)) continue;
    readStatement(node, found, lineOf);
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
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
    [weak, found.weak],
    [guards, found.guards],
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

import { baseText, defineDetector, headText, namesOf, type Observation, type ReadFile } from "../../detector.ts";
import { isDocumentation, isFixture, isTest, isWorkflow } from "../../file-role.ts";
import { dockerfileSettings } from "./dockerfile-settings.ts";
import { infrastructureRules } from "./infrastructure-rules.ts";
import type { Setting, Settings, SettingsReader } from "./setting.ts";
import { terraformSettings } from "./terraform-settings.ts";
import { webServerSettings } from "./web-server-settings.ts";
import { yamlSettings } from "./yaml-settings.ts";

interface FileKind {
  path: RegExp;
  read: SettingsReader;
  /** What stands in a changed line wherever there may be something to see: files without it are not read. */
  near: RegExp;
}

/** The first that fits; the next kind of file is one row. */
const kinds: readonly FileKind[] = [
  {
    path: /(?:^|\/)(?:(?:Dockerfile|Containerfile)[^/]{0,100}|[^/]{1,100}\.(?:dockerfile|Dockerfile))$/,
    read: dockerfileSettings,
    near: /^\s*(?:USER|FROM|ADD|ENV|ARG)\s|\b(?:curl|wget|PASSWORD|SECRET|TOKEN|KEY|sslVerify|strict-ssl|allow-unauthenticated)\b/i,
  },
  {
    path: /\.(?:tf|hcl)$/,
    read: terraformSettings,
    near: /\bacl\b|public|allUsers|allAuthenticated|access_type|encrypt|cidr|source_(?:ranges|address)|"\*"|(?:^|\W)Action|actions|ingress|_port\b/,
  },
  {
    path: /\.ya?ml$|(?:^|\/)[^/]{0,100}(?:polic|iam|cloudformation|template)[^/]{0,100}\.json$/i,
    read: yamlSettings,
    near: /privileged|allowPrivilege|readOnlyRoot|host(?:Network|PID|IPC|Path)|network_mode|\b(?:pid|ipc):|runAs|\buser:|docker\.sock|cap_add|capabilit|SYS_|Unconfined|\bimage:|verbs|resources:|AccessControl|BlockPublic|PublicAcls|RestrictPublic|CidrIp|PubliclyAccessible|Encrypted|EncryptionEnabled|skip_?(?:tls_?)?verify|"?Action"?:|- \/|path: \//i,
  },
  {
    path: /(?:^|\/)(?:nginx|apache|httpd|sites-(?:available|enabled)|conf\.d)[^/]{0,60}\/[^/]{1,100}\.conf$|(?:^|\/)(?:nginx|httpd|apache2?|vhosts?)[^/]{0,60}\.conf(?:\.\w{1,12})?$/i,
    read: webServerSettings,
    near: /ssl|Strict-Transport/i,
  },
];

/** Reports what a change does to containers, clusters, clouds and web servers (C2); what stood there before is left alone. */
export const infrastructureSettings = defineDetector({
  id: "infrastructure_settings",
  class: "security",
  title: "containers, clusters, clouds and web servers",
  why: "These settings decide who can reach a system, and what a program in it may do.",
  rules: infrastructureRules,
  grammars: ["hcl"],
  contents: (files) => files.filter((file) => kindOf(file) !== null).flatMap(namesOf),
  detect: ({ files, contents }) => {
    const observations: Observation[] = [];
    const notAnalysed: { path: string; why: string }[] = [];
    for (const file of files) {
      const kind = kindOf(file);
      if (kind === null) continue;
      const before = file.status === "added" ? null : baseText(contents, file);
      const after = file.status === "removed" ? null : headText(contents, file);
      if (after === null) continue;
      if (before === undefined || after === undefined) {
        notAnalysed.push({ path: file.path, why: "its text was not read, so its settings were not compared" });
        continue;
      }
      const head = kind.read(after);
      if (head === null) notAnalysed.push({ path: file.path, why: "its settings could not be read" });
      else {
        if (!head.isWhole) notAnalysed.push({ path: file.path, why: "a part of its settings could not be read" });
        observations.push(...compare(file, before === null ? null : kind.read(before), head));
      }
    }
    return { observations, notAnalysed };
  },
});

function kindOf(file: ReadFile): FileKind | null {
  if (file.leftOut !== null || file.isBinary || file.status === "removed") return null;
  if (!namesOf(file).some((path) => !isTest(path) && !isFixture(path) && !isDocumentation(path) && !isWorkflow(path)))
    return null;
  // Workflows have rules of their own, and definitions of kinds say what may be set, not what is.
  if (/(?:^|\/)(?:\.github|crds?)\//.test(file.path)) return null;
  const kind = kinds.find(({ path }) => path.test(file.path));
  if (kind === undefined) return null;
  const isNear =
    file.patch === null ||
    file.lines.some((line) => line.kind !== "context" && kind.near.test(line.text.slice(0, 2000)));
  return isNear ? kind : null;
}

/** @param base `null` for a new file, or one that could not be read */
function compare(file: ReadFile, base: Settings | null, head: Settings): Observation[] {
  const gone = base === null ? [] : without(base.guards, head.guards).filter((guard) => isStillDue(guard, base, head));
  return [
    ...without(head.weak, base?.weak ?? [])
      // One user that became another is one finding.
      .filter(({ rule, key }) => key !== "root" || !gone.some((guard) => guard.rule === rule))
      .map((setting) => observe(file, setting, "head")),
    ...gone.map((setting) => observe(file, setting, "base")),
  ];
}

/** A pin is missed while its image is used; another guard where what it guarded is still there and as many stand nowhere else. */
function isStillDue(guard: Setting, base: Settings, head: Settings): boolean {
  if (guard.rule === "image_unpinned") return head.images.has(guard.key.replace(/^pin /, ""));
  const countOf = ({ guards }: Settings) => guards.filter(({ what }) => what === guard.what).length;
  if (countOf(head) >= countOf(base)) return false;
  const guarded = guard.key.replace(/\.?(?:[^.]*[sS]ecurityContext\.)?[^.]+$/, "");
  return head.paths.size === 0 || head.paths.has(guarded);
}

function without(all: readonly Setting[], others: readonly Setting[]): Setting[] {
  const counts = new Map<string, number>();
  const keyOf = ({ rule, key }: Setting) => `${rule} ${key}`;
  for (const one of others) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return all.filter((one) => {
    const count = counts.get(keyOf(one)) ?? 0;
    counts.set(keyOf(one), count - 1);
    return count <= 0;
  });
}

function observe(file: ReadFile, { rule, strength, what, line, source }: Setting, side: "base" | "head"): Observation {
  return {
    rule,
    strength,
    what,
    path: file.path,
    line,
    side,
    before: side === "base" ? source : null,
    after: side === "head" ? source : null,
  };
}

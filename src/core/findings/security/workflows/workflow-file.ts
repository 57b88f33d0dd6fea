/** Reads of a GitHub workflow or action what decides over its power, with the lines it stands on. */

import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from "yaml";
import { isTangledYaml } from "../../tangled-yaml.ts";
import { type Permissions, permissionsOf } from "./permissions.ts";

/** Text with the line it stands on, from 1. */
export interface Text {
  text: string;
  line: number;
}

export interface Step {
  line: number;
  name: string | null;
  id: string | null;
  uses: (Text & { action: string; version: string | null }) | null;
  run: Text | null;
  condition: Text | null;
  continuesOnError: Text | null;
  with: ReadonlyMap<string, Text>;
  env: ReadonlyMap<string, Text>;
}

export interface Job {
  name: string;
  line: number;
  /** `null` where the job says nothing and the workflow's hold. */
  permissions: Permissions;
  /** Labels of the machine; of a group only its name. */
  runsOn: Text[];
  condition: Text | null;
  continuesOnError: Text | null;
  /** A workflow that it calls. */
  uses: Step["uses"];
  inheritsSecrets: Text | null;
  env: ReadonlyMap<string, Text>;
  steps: Step[];
}

export interface WorkflowFile {
  /** Names of the events that start it; none for an action. */
  triggers: Text[];
  permissions: Permissions;
  env: ReadonlyMap<string, Text>;
  /** The steps of a composite action are one job without a name. */
  jobs: Job[];
}

const charactersMax = 500_000;

/** @returns `null` for what is no YAML mapping */
export function readWorkflow(text: string): WorkflowFile | null {
  if (text.length > charactersMax || isTangledYaml(text)) return null;
  const lines = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: false, logLevel: "silent", lineCounter: lines });
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  // Aliases are not followed: GitHub's workflows have them rarely, and a bomb made of them costs nothing this way.
  return new Reader(lines).file(document.contents);
}

class Reader {
  readonly #lines: LineCounter;

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  file(root: YAMLMap): WorkflowFile {
    const jobs = entriesOf(mapAt(root, "jobs")).map(([name, job, key]) => this.#job(name, job, key));
    const runs = mapAt(root, "runs");
    if (runs) jobs.push(this.#job("", runs, root));
    return { triggers: this.#triggers(root), permissions: permissionsOf(root), env: this.#texts(root, "env"), jobs };
  }

  #job(name: string, job: YAMLMap, key: unknown): Job {
    const steps: unknown = job.get("steps", true);
    return {
      name,
      line: this.#line(key),
      permissions: permissionsOf(job),
      runsOn: this.#runsOn(job.get("runs-on", true)),
      condition: this.#text(job, "if"),
      continuesOnError: this.#text(job, "continue-on-error"),
      uses: this.#uses(job),
      inheritsSecrets: this.#textWhen(job, "secrets", "inherit"),
      env: this.#texts(job, "env"),
      steps: isSeq<unknown>(steps) ? steps.items.flatMap((step) => (isMap(step) ? [this.#step(step)] : [])) : [],
    };
  }

  #step(step: YAMLMap): Step {
    return {
      line: this.#line(step),
      name: this.#text(step, "name")?.text ?? null,
      id: this.#text(step, "id")?.text ?? null,
      uses: this.#uses(step),
      run: this.#text(step, "run"),
      condition: this.#text(step, "if"),
      continuesOnError: this.#text(step, "continue-on-error"),
      with: this.#texts(step, "with"),
      env: this.#texts(step, "env"),
    };
  }

  #uses(map: YAMLMap): Step["uses"] {
    const uses = this.#text(map, "uses");
    return uses === null ? null : { ...uses, ...splitVersion(uses.text) };
  }

  #triggers(root: YAMLMap): Text[] {
    const on: unknown = root.items.find(
      ({ key }) => isScalar(key) && (key.value === "on" || key.value === true),
    )?.value;
    if (isScalar(on)) return [this.#textOf(on)];
    if (isMap(on)) return on.items.flatMap(({ key }) => (isScalar(key) ? [this.#textOf(key)] : []));
    return isSeq<unknown>(on) ? on.items.flatMap((item) => (isScalar(item) ? [this.#textOf(item)] : [])) : [];
  }

  #runsOn(value: unknown): Text[] {
    if (isScalar(value)) return [this.#textOf(value)];
    if (isSeq<unknown>(value)) return value.items.flatMap((item) => (isScalar(item) ? [this.#textOf(item)] : []));
    if (!isMap(value)) return [];
    const group = value.get("group", true);
    return [...(isScalar(group) ? [this.#textOf(group)] : []), ...this.#runsOn(value.get("labels", true))];
  }

  #texts(map: YAMLMap, key: string): ReadonlyMap<string, Text> {
    const found = new Map<string, Text>();
    for (const { key: name, value } of mapAt(map, key)?.items ?? []) {
      if (isScalar(name) && isScalar(value)) found.set(String(name.value), this.#textOf(value));
    }
    return found;
  }

  #text(map: YAMLMap, key: string): Text | null {
    const value = map.get(key, true);
    return isScalar(value) ? this.#textOf(value) : null;
  }

  #textWhen(map: YAMLMap, key: string, wanted: string): Text | null {
    const found = this.#text(map, key);
    return found?.text === wanted ? found : null;
  }

  #textOf(node: Node & { value: unknown }): Text {
    return { text: String(node.value ?? ""), line: this.#line(node) };
  }

  #line(node: unknown): number {
    const offset = isMap(node) || isScalar(node) ? node.range?.[0] : undefined;
    return offset === undefined ? 1 : this.#lines.linePos(offset).line;
  }
}

function entriesOf(map: YAMLMap | null): [string, YAMLMap, unknown][] {
  const found: [string, YAMLMap, unknown][] = [];
  for (const { key, value } of map?.items ?? []) {
    if (isScalar(key) && isMap(value)) found.push([String(key.value), value, key]);
  }
  return found;
}

function mapAt(map: YAMLMap, key: string): YAMLMap | null {
  const value: unknown = map.get(key, true);
  return isMap(value) ? value : null;
}

/** The action and version of one `uses:` line. Actions of the same repository have no version. */
export function readUses(line: string): { action: string; version: string | null } | null {
  const value = /^\s*(?:-\s+)?["']?uses["']?:\s*["']?([^\s"'#]{1,300})/.exec(line)?.[1];
  return value === undefined ? null : splitVersion(value);
}

function splitVersion(value: string): { action: string; version: string | null } {
  const at = value.lastIndexOf("@");
  return at === -1 ? { action: value, version: null } : { action: value.slice(0, at), version: value.slice(at + 1) };
}

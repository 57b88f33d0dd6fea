/** What the changed lines of a lock file show, whatever its format: from where code comes, and what runs when it is installed. */

import type { Observation, ReadFile } from "../../detector.ts";

/** The host of every address, and git sources. */
const address = /(git\+[a-z]{2,6}|git|https?|ssh):\/\/(?:[^@/\s"']{1,100}@)?([\w.-]{1,200})/g;

/** Lines beyond which only the first are looked at: a lock file of that size is written anew. */
const linesMax = 50_000;

/** Fields in which locks say that a package runs something at install. @see https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
const installs = /"hasInstallScript"\s*:\s*true|^\s*requiresBuild:\s*true/;

export function lockFacts(file: ReadFile): Observation[] {
  const before = new Set<string>();
  const after = new Map<string, { line: number; text: string }>();
  let installsBefore = 0;
  const installing: { line: number; text: string }[] = [];
  for (const { kind, text, line } of file.lines.slice(0, linesMax)) {
    const short = text.slice(0, 500);
    for (const source of sourcesIn(short)) {
      if (kind === "added") {
        if (!after.has(source)) after.set(source, { line, text: short.trim() });
      } else before.add(source);
    }
    if (!installs.test(short)) continue;
    if (kind === "added") installing.push({ line, text: short.trim() });
    else if (kind === "removed") installsBefore++;
  }
  return [...newSources(file, before, after), ...newInstalls(file, installsBefore, installing)];
}

function newSources(
  file: ReadFile,
  before: ReadonlySet<string>,
  after: Map<string, { line: number; text: string }>,
): Observation[] {
  // Without any line of before, as in a new lock file, nothing is known of where its code used to come from.
  if (before.size === 0) return [];
  return [...after].flatMap(([source, { line, text }]) => {
    if (before.has(source) || usualHosts.has(source)) return [];
    const what = `\`${file.path}\` now takes code from \`${source}\``;
    return [
      {
        rule: "lock_source_changed",
        strength: "likely" as const,
        what,
        path: file.path,
        line,
        after: text,
        symbol: source,
      },
    ];
  });
}

function newInstalls(file: ReadFile, before: number, installing: { line: number; text: string }[]): Observation[] {
  const first = installing[0];
  if (first === undefined || installing.length <= before) return [];
  const count = installing.length - before;
  const what = `${count === 1 ? "a package" : `${count} packages`} in \`${file.path}\` ${count === 1 ? "runs" : "run"} a script of ${count === 1 ? "its" : "their"} own at install`;
  return [
    {
      rule: "dependency_runs_at_install",
      strength: "likely",
      what,
      path: file.path,
      line: first.line,
      after: first.text,
    },
  ];
}

function sourcesIn(text: string): string[] {
  // Where money or a home page is, no code comes from.
  if (/"?(url|funding|homepage|bugs)"?\s*:/.test(text) && !/resolved|tarball|resolution/.test(text)) return [];
  return [...text.matchAll(address)].map(([, scheme = "", host = ""]) =>
    scheme.startsWith("git") ? `git ${host}` : host,
  );
}

/** Registries that packages of their ecosystem come from unless somebody says otherwise. */
const usualHosts = new Set([
  "registry.npmjs.org",
  "registry.yarnpkg.com",
  "pypi.org",
  "files.pythonhosted.org",
  "github.com",
  "rubygems.org",
  "proxy.golang.org",
  "index.crates.io",
  "repo.packagist.org",
  "api.github.com",
]);

/** A lock file in which versions moved and nothing else: readable, from the same places, without new scripts. */
export function isPlainUpdate(file: ReadFile): boolean {
  const isReadable = file.lines.some(({ text }) =>
    /integrity|checksum|hash|resolved|h1:[\w+/=]{40}|sha(256|512)/.test(text.slice(0, 2000)),
  );
  return isReadable && lockFacts(file).length === 0;
}

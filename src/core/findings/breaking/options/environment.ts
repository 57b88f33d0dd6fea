import { basePath, baseText, defineDetector, headText, type Observation, type ReadFile } from "../../detector.ts";
import type { PatchLine } from "../../patch-lines.ts";
import { isShippedCode } from "../shipped-files.ts";

/** Ways to read a variable, by language; each has the name as its only group. */
const reads = [
  /(?<!["'`])\b(?:process|Deno|Bun|import\.meta)\.env(?:\.get\(|\?)?(?:\.|\[)?\s?["']?([A-Z][A-Z0-9_]{2,80})\b(?!["'\]]?\s?=[^=])/g,
  /\bos\.(?:environ(?:\.get\(|\.pop\(|\[)|getenv\()\s?["']([A-Z][A-Z0-9_]{2,80})["']/g,
  /\bos\.(?:Getenv|LookupEnv)\(\s?"([A-Z][A-Z0-9_]{2,80})"/g,
  /\benv::var(?:_os)?\(\s?"([A-Z][A-Z0-9_]{2,80})"/g,
  /\benv\s?=\s?"([A-Z][A-Z0-9_]{2,80})"/g,
  /\bSystem\.getenv\(\s?"([A-Z][A-Z0-9_]{2,80})"/g,
  /\bENV(?:\.fetch\(|\[)\s?["']([A-Z][A-Z0-9_]{2,80})["']/g,
  /\b(?:getenv\(|\$_ENV\[)\s?["']([A-Z][A-Z0-9_]{2,80})["']/g,
  /\bGetEnvironmentVariable\(\s?"([A-Z][A-Z0-9_]{2,80})"/g,
];

/** Set by systems, shells, test runners and CI services rather than by users of the program. */
const notOurs =
  /^(NODE_ENV|NODE_OPTIONS|NODE_PATH|CI|DEBUG|HOME|PATH|PWD|USER|USERPROFILE|SHELL|TERM|TMPDIR|TEMP|TMP|TZ|LANG|LC_ALL|COLUMNS|EDITOR|VISUAL|APPDATA|LOCALAPPDATA|HOSTNAME|JEST_WORKER_ID|VITEST|TEST|PROD|DEV|MODE|SSR|BASE_URL|OUT_DIR|PYTEST_\w+|XDG_\w+|GITHUB_\w+|GITLAB_\w+|CI_\w+|TRAVIS\w*|CIRCLE\w*|CARGO\w*|npm_\w+|PROCESSOR_ARCHITECTURE|FORCE_COLOR|NO_COLOR|WT_SESSION|TERM\w+|COLORTERM|VERCEL\w*|NOW_\w+|NETLIFY\w*|AWS_LAMBDA_\w+)$/;

/** Reports environment variables that product code no longer reads (C1). */
export const environment = defineDetector({
  id: "environment",
  class: "breaking_change",
  title: "environment variables",
  why: "Deployments set them; nothing tells when one is no longer read.",
  rules: {
    environment_variable_removed: {
      title: "an environment variable is no longer read",
      why: "Deployments that set it silently get something else.",
      fix: "Keep reading it, with a warning that names what takes its place.",
      looksAt:
        "Variables that removed lines of product code read and that no changed file reads any more. Those of systems, shells and CI services are left alone.",
      example: { language: "ts", diff: "-const port = process.env.APP_PORT ?? 80;\n+const port = 80;" },
    },
  },
  contents: (files) =>
    files.filter((file) => removedReads(file).size > 0).flatMap((file) => [file.path, basePath(file)]),
  detect: ({ files, contents }) => {
    const still = new Set<string>();
    for (const file of files) {
      for (const line of file.lines)
        if (line.kind !== "removed") for (const name of variablesIn(line.text)) still.add(name);
      const text = file.status === "removed" ? null : headText(contents, file);
      // A name that still stands in a text of the change is still known, whatever reads it.
      if (typeof text === "string")
        for (const name of text.slice(0, 1_000_000).match(/\b[A-Z][A-Z0-9_]{2,80}\b/g) ?? []) still.add(name);
    }
    const observations: Observation[] = [];
    const told = new Set<string>();
    for (const file of files) {
      for (const [name, line] of removedReads(file)) {
        if (still.has(name) || told.has(name) || baseText(contents, file) === undefined) continue;
        told.add(name);
        observations.push(observe(file, name, line));
      }
    }
    return { observations };
  },
});

function observe(file: ReadFile, name: string, line: PatchLine): Observation {
  return {
    rule: "environment_variable_removed",
    strength: "likely",
    what: `environment variable \`${name}\` is no longer read`,
    path: basePath(file),
    line: line.line,
    side: "base",
    before: line.text.trim().slice(0, 200),
    symbol: name,
    reach: "unknown",
  };
}

/** Variables that removed lines of a file of product code read. */
function removedReads(file: ReadFile): Map<string, PatchLine> {
  const found = new Map<string, PatchLine>();
  if (file.leftOut !== null || file.status === "added" || !isShippedCode(basePath(file))) return found;
  for (const line of file.lines) {
    if (line.kind !== "removed") continue;
    for (const name of variablesIn(line.text)) if (!notOurs.test(name) && !found.has(name)) found.set(name, line);
  }
  return found;
}

function variablesIn(text: string): string[] {
  const line = text.slice(0, 500);
  if (!/env/i.test(line)) return [];
  return reads.flatMap((pattern) =>
    [...line.matchAll(pattern)].flatMap((found) => (found[1] === undefined ? [] : [found[1]])),
  );
}

/** Lines of manifests and build files that say which version of a language, runtime or system is needed. */

import { nameOf } from "../../file-role.ts";

/** A version that a line asks for. */
export interface NeededVersion {
  rule: string;
  /** What it is a version of, with its article: `Python`, `the Rust edition`. */
  of: string;
  version: string;
}

interface Reader {
  file: RegExp;
  line: RegExp;
  rule: string;
  /** The name is the line's first group where this is `null`; the version is always its last. */
  of: string | null;
}

const readers: readonly Reader[] = [
  {
    file: /^(pyproject\.toml|setup\.cfg|setup\.py|Pipfile)$/,
    line: /^\s*["']?(?:requires-python|python_requires|python_version|python)["']?\s?=\s?["']?[><=^~! ]{0,4}(\d{1,2}\.\d{1,3}(?:\.\d{1,3})?)/,
    rule: "python_version_raised",
    of: "Python",
  },
  {
    file: /^Cargo\.toml$/,
    line: /^\s*(?:package\.)?rust-version\s?=\s?"(\d{1,3}\.\d{1,4}(?:\.\d{1,4})?)"/,
    rule: "rust_version_raised",
    of: "Rust",
  },
  {
    file: /^(clippy|\.clippy)\.toml$/,
    line: /^\s*msrv\s?=\s?"(\d{1,3}\.\d{1,4}(?:\.\d{1,4})?)"/,
    rule: "rust_version_raised",
    of: "Rust",
  },
  {
    file: /^Cargo\.toml$/,
    line: /^\s*(?:package\.)?edition\s?=\s?"(\d{4})"/,
    rule: "rust_edition_raised",
    of: "the Rust edition",
  },
  { file: /^go\.(mod|work)$/, line: /^go\s(\d{1,3}\.\d{1,4}(?:\.\d{1,4})?)/, rule: "go_version_raised", of: "Go" },
  {
    file: /^(tsconfig[^/]{0,60}\.json|[^/]{0,60}\.config\.[cm]?[jt]s|build\.[cm]?[jt]s)$/,
    line: /^\s*["']?target["']?\s?:\s?["'](?:es|ES|node|chrome)(\d{1,4}(?:\.\d{1,3})?)["']/,
    rule: "compile_target_raised",
    of: "the compile target",
  },
  {
    file: /^(.*\.)?(Dockerfile|Containerfile)(\..{1,40})?$/i,
    line: /^FROM\s(?:--platform=\S{1,60}\s)?([\w./-]{1,200}):v?(\d{1,5}(?:\.\d{1,5}){0,2})/i,
    rule: "base_image_raised",
    of: null,
  },
  {
    file: /^\.(nvmrc|node-version)$/,
    line: /^v?(\d{1,3}(?:\.\d{1,3}){0,2})\s*$/,
    rule: "runtime_file_raised",
    of: "Node.js",
  },
  {
    file: /^\.python-version$/,
    line: /^(\d{1,2}\.\d{1,3}(?:\.\d{1,3})?)\s*$/,
    rule: "runtime_file_raised",
    of: "Python",
  },
  {
    file: /^\.ruby-version$/,
    line: /^(?:ruby-)?(\d{1,2}\.\d{1,3}(?:\.\d{1,3})?)\s*$/,
    rule: "runtime_file_raised",
    of: "Ruby",
  },
  {
    file: /^(pom\.xml|build\.gradle(\.kts)?)$/,
    line: /(?:<(?:maven\.compiler\.(?:source|target|release)|java\.version|release)>|(?:source|target)Compatibility\s?=\s?\D{0,30}|JavaLanguageVersion\.of\()(?:1\.)?(\d{1,3})\b/,
    rule: "java_version_raised",
    of: "Java",
  },
  {
    file: /\.gemspec$/,
    line: /required_ruby_version\s?=\s?["'][>=~ ]{0,4}(\d{1,2}\.\d{1,3})/,
    rule: "ruby_version_raised",
    of: "Ruby",
  },
  {
    file: /^composer\.json$/,
    line: /^\s*"php"\s?:\s?"[>=^~ ]{0,4}(\d{1,2}\.\d{1,3})/,
    rule: "php_version_raised",
    of: "PHP",
  },
];

/** @returns what the line of the file asks for; `null` for other lines */
export function neededVersion(path: string, text: string): NeededVersion | null {
  const name = nameOf(path);
  const line = text.slice(0, 500);
  for (const reader of readers) {
    if (!reader.file.test(name)) continue;
    const found = reader.line.exec(line);
    if (found === null) continue;
    const version = found.at(-1);
    if (version !== undefined) return { rule: reader.rule, of: reader.of ?? `\`${found[1] ?? ""}\``, version };
  }
  return null;
}

/** Holds when the first version is lower than the second; missing parts count as 0. */
export function isLower(one: string, other: string): boolean {
  const parts = one.split(".").map(Number);
  const others = other.split(".").map(Number);
  for (let at = 0; at < Math.max(parts.length, others.length); at++) {
    const difference = (parts[at] ?? 0) - (others[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Files that list the versions a project is tested with. */
export function listsTestedVersions(path: string): boolean {
  return /(^|\/)(\.github\/workflows\/[^/]+\.ya?ml|\.travis\.yml|\.travis\/[^/]+\.yml|\.circleci\/config\.yml|\.gitlab-ci\.yml|azure-pipelines\.yml|appveyor\.yml|\.appveyor\.yml|tox\.ini|noxfile\.py)$/.test(
    path,
  );
}

/**
 * Versions of runtimes that a line of such a file names, as `node 18` or `python 3.8`.
 *
 * @param around the lines before it, nearest last: a list's items stand below the key that names the runtime
 */
export function testedVersions(text: string, around: readonly string[]): string[] {
  const line = text.slice(0, 500);
  const runtime = runtimeOf(line) ?? (isItem(line) ? runtimeOf(around.findLast((one) => !isItem(one)) ?? "") : null);
  if (runtime === null) return [];
  const value = isItem(line) ? line : line.slice(line.search(/[:=]/) + 1);
  return (value.match(/(?<![\w.@/])v?\d{1,3}(?:\.\d{1,3})?(?![\w@/])/g) ?? []).map(
    (version) => `${runtime} ${version.replace("v", "")}`,
  );
}

function isItem(line: string): boolean {
  return (
    /^\s*-\s{1,4}["']?v?\d[\w.]{0,12}["']?\s*(#.{0,200})?$/.test(line) || /^\s*["']?\d[\w.]{0,12}["']?,?\s*$/.test(line)
  );
}

function runtimeOf(line: string): string | null {
  const key = /^\s*(?:-\s)?["']?([\w.-]{1,40})["']?\s?[:=]/.exec(line.slice(0, 200))?.[1]?.toLowerCase() ?? "";
  if (/^(node|node_js|node-version|node_version|nodeversion|node-versions|nodejs)$/.test(key)) return "Node.js";
  if (/^(python|python-version|python_version|python-versions|py)$/.test(key)) return "Python";
  if (/^(go|go-version|go_version|golang)$/.test(key)) return "Go";
  if (/^(ruby|ruby-version|rvm)$/.test(key)) return "Ruby";
  if (/^(java|java-version|jdk)$/.test(key)) return "Java";
  if (/^(php|php-version|php-versions)$/.test(key)) return "PHP";
  if (/^(msrv|rust_msrv|minimum-rust|rust-version)$/.test(key)) return "Rust";
  return null;
}

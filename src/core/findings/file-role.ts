/** What a file is for, by its name alone. A name proves little: what opens gates asks more, see kinds.ts. */

import { languageOf } from "./language.ts";

/** Languages that Linguist calls markup or data, and that run all the same. */
const runningMarkup = new Set([
  "Vue",
  "Svelte",
  "Astro",
  "SQL",
  "PLpgSQL",
  "PLSQL",
  "TSQL",
  "Jupyter Notebook",
  "GraphQL",
  "Protocol Buffer",
  "EJS",
  "Handlebars",
  "Pug",
  "HTML+ERB",
  "HTML+PHP",
  "HTML+Razor",
  "Blade",
  "Jinja",
  "Twig",
  "MDX",
]);

/** Holds for files that a machine runs: programs, templates, schemas and queries. Tests and prose are not source. */
export function isSource(path: string): boolean {
  return isCode(path) && !isTest(path);
}

/** Like {@link isSource}, tests included. */
export function isCode(path: string): boolean {
  const language = languageOf(path);
  return language !== null && (language.type === "programming" || runningMarkup.has(language.name));
}

const testFolder =
  /(^|\/)(tests?|__tests__|__mocks__|specs?|e2e|testing|testdata|test-utils|cypress|playwright|fixtures?|__fixtures__|__snapshots__)\//i;
const testName =
  /(^|\/)(test_[^/]*\.py|conftest\.py|[^/]*[._-](test|tests|spec|e2e|cy)\.[a-z.]{1,10}|[^/]*(Test|Tests|Spec|IT)\.(java|kt|kts|scala|cs|fs|vb|swift|php|groovy))$/;

export function isTest(path: string): boolean {
  return testFolder.test(path) || testName.test(path);
}

const fixture = /(^|\/)(fixtures?|__fixtures__|testdata|__snapshots__|__mocks__|examples?|samples?|demos?)\//i;

/** Holds for example data and examples, in tests or outside. */
export function isFixture(path: string): boolean {
  return fixture.test(path);
}

const documentationFolder = /(^|\/)(docs?|documentation|website)\//i;

/** Holds for what lies in a documentation folder or is prose. */
export function isDocumentation(path: string): boolean {
  return documentationFolder.test(path) || languageOf(path)?.type === "prose";
}

/** Holds for the reports that API Extractor writes: declarations in Markdown. */
export function isApiReport(path: string): boolean {
  return path.endsWith(".api.md");
}

const benchmark =
  /(^|\/)(bench|benches|benchmarks?|perf)\/|[._-](bench|benchmark)\.[a-z]{1,5}$|_bench(mark)?_test\.go$/i;

export function isBenchmark(path: string): boolean {
  return benchmark.test(path);
}

const internal =
  /(^|\/)(internals?|_[^/]*|private|scripts?|tools?|examples?|samples?|demos?|playground|website|docs?)\//i;

/** Holds for folders whose symbols nobody outside is meant to import. */
export function isInternal(path: string): boolean {
  return internal.test(path) || isTest(path) || isBenchmark(path) || isFixture(path);
}

const template = /(^|\/)(templates|template-[^/]{1,60}|scaffold(s|ing)?|boilerplates?|skeletons?)\//i;

/** Holds for folders of what new projects are started from: what lies there is none of this project's own. */
export function isTemplate(path: string): boolean {
  return template.test(path);
}

const workflow = /^\.github\/workflows\/[^/]+\.ya?ml$|(^|\/)action\.ya?ml$/i;

/** Holds for GitHub workflows and actions. */
export function isWorkflow(path: string): boolean {
  return workflow.test(path);
}

/** The folder a path lies in; empty at the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}

/** The name without its folders. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

import type { Contents } from "../../../snapshot.ts";
import { baseText, defineDetector, headText, type Observation, type ReadFile } from "../../detector.ts";
import { isOffered, lineText, textMax } from "./schema-files.ts";
import { compareDumps } from "./sql/compare-dumps.ts";
import { madeBy, type SqlChange, sqlChanges } from "./sql/migration-changes.ts";
import { isDump, isMigration, upPart } from "./sql/migration-file.ts";
import type { Statement } from "./sql/read-sql.ts";
import { sqlRules } from "./sql/sql-rules.ts";

/**
 * Reads added migrations by PostgreSQL's grammar (C1). Never `proven`: whether a program of before still runs, no file tells.
 *
 * @see https://squawkhq.com/docs/rules
 */
export const sqlMigrations = defineDetector({
  id: "sql_migrations",
  class: "breaking_change",
  title: "SQL migrations",
  why: "Between a migration and the last new program, the old programs meet the new schema.",
  rules: sqlRules,
  contents: (files) =>
    files.filter((file) => isDumped(file) || (isAdded(file) && wholePatch(file) === null)).map(({ path }) => path),
  detect: async ({ files, contents }) => {
    const notAnalysed: { path: string; why: string }[] = [];
    const migrations: { path: string; text: string; statements: Statement[] }[] = [];
    for (const file of files.filter(isAdded)) {
      const text = wholePatch(file) ?? headText(contents, file);
      const statements = await readStatements(text);
      if (typeof statements === "string") notAnalysed.push({ path: file.path, why: statements });
      else migrations.push({ path: file.path, text: text ?? "", statements });
    }
    const made = madeBy(migrations.flatMap(({ statements }) => statements));
    const observations = migrations.flatMap(({ path, text, statements }) =>
      statements
        .flatMap((statement) => sqlChanges(statement, made))
        .map((change) => observe(path, "head", text, change)),
    );
    const known = new Set(observations.map(({ rule, symbol }) => `${rule} ${symbol}`));
    for (const file of files.filter(isDumped)) {
      const dump = await readDump(file, contents);
      if (typeof dump === "string") notAnalysed.push({ path: file.path, why: dump });
      else observations.push(...dump.filter(({ rule, symbol }) => !known.has(`${rule} ${symbol}`)));
    }
    return { observations, notAnalysed };
  },
});

function isAdded(file: ReadFile): boolean {
  return file.status === "added" && isMigration(file.path) && isOffered(file);
}

function isDumped(file: ReadFile): boolean {
  return file.status === "modified" && isDump(file.path) && isOffered(file);
}

/** The patch of a new file is its text, as long as nothing is cut off. */
function wholePatch({ lines, additions }: ReadFile): string | null {
  return lines.length > 0 && lines.length === additions ? lines.map(({ text }) => text).join("\n") : null;
}

async function readStatements(text: string | null | undefined): Promise<Statement[] | string> {
  if (typeof text !== "string") return "its text was not read, so what it changes is unknown";
  if (text.length > textMax) return "it is too long to be read as SQL";
  const { readSql } = await import("./sql/read-sql.ts");
  return (await readSql(upPart(text))) ?? "not parsed: it is not PostgreSQL";
}

async function readDump(file: ReadFile, contents: Contents): Promise<Observation[] | string> {
  const text = baseText(contents, file);
  const before = await readStatements(text);
  const after = await readStatements(headText(contents, file));
  if (typeof before === "string") return before;
  if (typeof after === "string") return after;
  return compareDumps(before, after).map((change) => observe(file.path, "base", text ?? "", change));
}

function observe(
  path: string,
  side: "base" | "head",
  text: string,
  { rule, strength, what, symbol, line }: SqlChange,
): Observation {
  const shown = lineText(text.split("\n"), line);
  const [before, after] = side === "base" ? [shown, null] : [null, shown];
  return { rule, strength, what, path, line, side, before, after, symbol, reach: "unknown" };
}

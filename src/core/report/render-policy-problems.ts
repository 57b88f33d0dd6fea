/** A policy that cannot be used, as a check run: where the mistakes are and how to mend them. The gate stays shut. */

import type { PolicySource } from "../policy/policy-document.ts";
import type { Problem } from "../problem.ts";
import type { ChangedFile, Snapshot } from "../snapshot.ts";
import { recheck } from "./check-actions.ts";
import { problemWords } from "./check-details.ts";
import { type CheckUrls, checkIdentity } from "./check-identity.ts";
import type { Annotation, CheckRunDraft } from "./check-run.ts";
import { renderCodeFrame } from "./code-frame.ts";
import { type Block, fitBytes } from "./fit-bytes.ts";
import { codeBlock, toMarkdown } from "./markdown.ts";
import { count } from "./telling.ts";
import { judgedWords } from "./times.ts";
import { code, cut, join, link, manyLines, oneLine, phrase, say, strong, toPlain, type Words } from "./words.ts";

export interface RenderPolicyProblemsInput {
  problems: readonly Problem[];
  source: PolicySource;
  /** The policy's text, for code frames; `null` where it could not be read. */
  text: string | null;
  snapshot: Pick<Snapshot, "repository" | "number" | "base" | "head" | "files">;
  now: Date;
  urls: CheckUrls;
}

export function renderPolicyProblems({
  problems,
  source,
  text,
  snapshot,
  now,
  urls,
}: RenderPolicyProblemsInput): CheckRunDraft {
  const errors = problems.filter((problem) => problem.severity === "error");
  const first = errors[0] ?? problems[0];
  const where = snapshot.files.some((file) => file.path === source.path)
    ? `This change edits it; it opens the gate once it is mended on ${snapshot.base.ref}.`
    : "";
  const blocks: Block[] = [
    keep(
      say`${strong(say`The policy ${code(source.path)} on ${code(snapshot.base.ref)} has ${count(errors.length, "mistake")}, so the gate stays shut.`)} Mend ${errors.length === 1 ? "it" : "them"} on ${code(snapshot.base.ref)}; every open pull request is judged again by itself. ${where}`,
    ),
    ...errors.map((problem) => ({ text: `${problemBlock(problem, text, urls)}\n\n`, expendable: 1, name: "mistakes" })),
    keep(footer(source, snapshot, now, urls)),
  ];
  return {
    ...checkIdentity(snapshot),
    status: "completed",
    conclusion: "failure",
    title: policyTitle(first),
    summary: fitBytes(blocks),
    text: "",
    annotations: problemAnnotations(
      problems.filter((problem) => problem.where.file === source.path),
      snapshot.files,
    ),
    actions: [recheck],
    detailsUrl: urls.details,
  };
}

function keep(words: Words): Block {
  return { text: `${toMarkdown(words).trimEnd()}\n\n`, expendable: 0, name: "" };
}

/** `Policy broken: line 14, "soon" is not a duration`. */
function policyTitle(problem: Problem | undefined): string {
  if (!problem) return "Policy broken";
  const line = problem.where.line === undefined ? "" : `line ${problem.where.line}, `;
  return cut(oneLine(`Policy broken: ${line}${toPlain(phrase(problem.found))}`), 100);
}

function problemBlock(problem: Problem, text: string | null, { policyUrl, codeUrl }: CheckUrls): string {
  const { line, key } = problem.where;
  const place = line === undefined ? say`${code(problem.where.file)}` : link(say`Line ${line}`, policyUrl(line));
  const at = key === undefined ? [] : say`, ${code(key)}`;
  const mend = join(
    [expectedWords(problem), phrase(problem.fix)].filter((words) => words.length > 0),
    "; ",
  );
  const sentence = toMarkdown(
    say`${place}${at}: ${phrase(problem.found)}. ${mend} (${link(say`${problem.code}`, codeUrl(problem.code))})`,
  );
  const frame = text === null ? "" : renderCodeFrame(text, problem.where);
  return frame === "" ? sentence : `${sentence}\n\n${codeBlock(frame)}`;
}

function expectedWords({ expected }: Problem): Words {
  return expected === "" ? [] : say`Expected ${phrase(expected)}`;
}

function footer(
  source: PolicySource,
  { head, base }: Pick<Snapshot, "head" | "base">,
  now: Date,
  { policyUrl }: CheckUrls,
): Words {
  const id = source.blobSha ?? source.commit;
  const policy = id ? say` · policy ${link([code(id.slice(0, 7))], policyUrl(null))}` : [];
  return say`head ${code(head.sha.slice(0, 7))} · ${judgedWords(base, now)}${policy} · re-check with the button or ${code("/holdpoint recheck")}`;
}

const levels = { error: "failure", warning: "warning", note: "notice" } as const;

/** Mistakes on the policy's own lines, only where this change touches that file: GitHub shows no others in the change. At most 50. */
export function problemAnnotations(problems: readonly Problem[], files: readonly ChangedFile[]): Annotation[] {
  const changed = new Set(files.filter((file) => file.status !== "removed").map((file) => file.path));
  return problems
    .filter((problem) => changed.has(problem.where.file))
    .slice(0, 50)
    .map((problem) => ({
      path: problem.where.file,
      startLine: problem.where.line ?? 1,
      endLine: problem.where.line ?? 1,
      level: levels[problem.severity],
      title: cut(oneLine(toPlain(phrase(problem.found))), 255),
      message: cut(manyLines(toPlain(problemWords(problem))), 4000),
    }));
}

/** What a policy that this change proposes gets wrong; empty without errors. */
export function proposedPolicyWords(problems: readonly Problem[], { base }: Pick<Snapshot, "base">): string {
  const errors = problems.filter((problem) => problem.severity === "error");
  if (errors.length === 0) return "";
  const head = say`The policy as this change leaves it has ${count(errors.length, "mistake")}; once merged it would keep every pull request to ${code(base.ref)} shut:`;
  const lines = errors.slice(0, 10).map((problem) => `- ${toMarkdown(problemWords(problem))}`);
  const more = errors.length > lines.length ? [`- ${errors.length - lines.length} more`] : [];
  return `\n${[toMarkdown(head), "", ...lines, ...more].join("\n")}\n`;
}

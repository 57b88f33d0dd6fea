import { allFindings, findFinding } from "../../core/findings/find-finding.ts";
import { parseFindingId } from "../../core/findings/finding-ids.ts";
import { specOf } from "../../core/gate/commands/command-table.ts";
import { noSuchFinding } from "../../core/report/answer-disagreement.ts";
import { oneAtATime, unknownName } from "../../core/report/command-answers.ts";
import { explain as explainVerdict } from "../../core/report/explain.ts";
import { explainedMarkdown, explainFinding } from "../../core/report/explain-finding.ts";
import { findingFrames } from "../../core/report/finding-frames.ts";
import { pageMarkdown } from "../../core/report/rule-pages/page-text.ts";
import { rulePage } from "../../core/report/rule-pages/rule-page.ts";
import type { Contents } from "../../core/snapshot.ts";
import type { Ports } from "../ports.ts";
import type { GivenCommand, Judged, JudgedCommandHandler, Reply } from "./command.ts";

/** `/holdpoint explain [checkpoint | criterion | @login | finding | rule]`. */
export const explain: JudgedCommandHandler = async (given, ports) => {
  const { rest } = given.command;
  if (rest.includes(" ")) {
    return { reaction: "confused", comment: oneAtATime(specOf("explain")) };
  }
  const id = parseFindingId(rest);
  if (id !== null) return aboutFinding(id, given, ports);
  const explained = explainVerdict(given.judged.verdict, given.judged.telling, rest);
  if (explained.kind === "found") return { reaction: "+1", comment: explained.markdown };
  const page = rulePage(rest.toLowerCase());
  return page === null
    ? { reaction: "confused", comment: unknownName(rest, explained) }
    : { reaction: "+1", comment: pageMarkdown(page, 4) };
};

async function aboutFinding(id: string, given: GivenCommand & { judged: Judged }, ports: Ports): Promise<Reply> {
  const { verdict, input, telling } = given.judged;
  const finding = findFinding(verdict.classification, id);
  if (finding === null)
    return { reaction: "confused", comment: noSuchFinding(id, allFindings(verdict.classification)) };
  const file = input.snapshot.files.find(
    ({ path, previousPath }) => path === finding.path || previousPath === finding.path,
  );
  const paths = file === undefined ? [] : [file.path, file.previousPath ?? file.path];
  const contents = await readTexts([...new Set(paths)], given, ports);
  const explained = explainFinding(finding, await findingFrames(finding, file, contents), verdict, telling);
  return { reaction: "+1", comment: explainedMarkdown(explained) };
}

/** As the finding saw them; without the commit that the change left its base at, no lines of before are shown. */
async function readTexts(
  paths: string[],
  { subject, reading }: GivenCommand,
  { github }: Pick<Ports, "github">,
): Promise<Contents> {
  const nothing: Contents = { base: new Map(), head: new Map() };
  if (paths.length === 0) return nothing;
  const { mergeBaseSha, snapshot } = reading;
  const shas = { base: mergeBaseSha ?? snapshot.head.sha, head: snapshot.head.sha };
  const read = await github.readContents(subject, shas, paths);
  return mergeBaseSha === null ? { ...read, base: nothing.base } : read;
}

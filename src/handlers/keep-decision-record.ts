/** Keeps the decision record of a merged change where the policy wants it: as a comment, as a file, or both. */

import type { Policy } from "../core/policy/schema.ts";
import { recordMarker, recordNotFiled, renderDecisionRecord } from "../core/report/decision-record.ts";
import type { PullRequestSubject } from "../core/subject.ts";
import type { Judgement } from "./judge-pull-request.ts";
import type { Ports } from "./ports.ts";

type Records = NonNullable<Policy["records"]>;

/** Doing it twice keeps one: the comment bears a marker, and a file that says the same is left alone. */
export async function keepDecisionRecord(
  subject: PullRequestSubject,
  { verdict, telling, reading }: Judgement,
  ports: Ports,
): Promise<void> {
  const records = telling?.document.policy.records;
  if (verdict === null || telling === null || records === undefined || records.to === "off") return;
  // The same words at every look.
  const now = telling.snapshot.merged?.at ?? telling.now;
  const text = renderDecisionRecord(verdict, { ...telling, now });
  const isFiled =
    records.to === "comment" || (await fileRecord(subject, records, text, reading.snapshot.base.sha, ports));
  if (records.to === "file" && isFiled) return;
  if (reading.ownComments.some(({ body }) => body.includes(recordMarker))) return;
  const note = isFiled ? "" : `\n${recordNotFiled(records)}\n`;
  await ports.github.comment(subject, `${text}${note}\n${recordMarker}\n`);
}

/** @returns `false` where GitHub refuses */
async function fileRecord(
  subject: PullRequestSubject,
  { branch, path }: Records,
  text: string,
  baseSha: string,
  { github, log }: Ports,
): Promise<boolean> {
  const { repositoryId, number } = subject;
  const message = `Decision record of #${number}`;
  const file = { branch, path: path.replaceAll("{number}", String(number)), text, message };
  let outcome = await github.writeFile(subject, file);
  if (outcome === "refused") {
    const started = await github.createBranch(subject, { name: branch, sha: baseSha });
    if (started === "created") outcome = await github.writeFile(subject, file);
  }
  if (outcome !== "refused") return true;
  log.warn({ repositoryId, pr: number, branch }, "A decision record could not be written to its branch");
  return false;
}

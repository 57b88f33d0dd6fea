import { allFindings, findFinding } from "../../core/findings/find-finding.ts";
import { parseFindingId } from "../../core/findings/finding-ids.ts";
import { answerDisagreement, disagreementReasonMin, heldBy } from "../../core/report/answer-disagreement.ts";
import { findingEffects } from "../../core/report/finding-effects.ts";
import type { JudgedCommandHandler } from "./command.ts";

/** So much of a reason is kept. */
const reasonCharactersMax = 1000;

/** `/holdpoint disagree <finding> <reason>`: kept for the rule's scorecard; the verdict stays as it is. */
export const disagree: JudgedCommandHandler = async ({ subject, comment, command, judged }, { store }) => {
  const { verdict, input, telling } = judged;
  const [written = "", ...words] = command.rest.split(" ");
  const id = parseFindingId(written);
  const reason = words.join(" ").trim();
  if (id === null || [...reason].length < disagreementReasonMin)
    return answerDisagreement({ kind: "malformed" }, telling);
  const finding = findFinding(verdict.classification, id);
  if (finding === null) {
    return answerDisagreement({ kind: "unknown", written, known: allFindings(verdict.classification) }, telling);
  }
  const effects = findingEffects(finding, verdict, input.document.policy);
  await store.saveDisagreement(subject.repositoryId, subject.number, {
    findingId: finding.id,
    rule: finding.rule,
    strength: finding.strength,
    path: finding.path,
    isHeld: heldBy(effects).length > 0,
    headSha: input.snapshot.head.sha,
    person: { id: comment.user.id, login: comment.user.login },
    commentId: comment.id,
    reason: reason.slice(0, reasonCharactersMax),
  });
  return answerDisagreement({ kind: "kept", finding, effects }, telling);
};

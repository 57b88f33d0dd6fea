import { notRaised, raisedAnswer } from "../../core/report/escalation-answers.ts";
import { askedAnswer, noExpert } from "../../core/report/loop-answers.ts";
import { chooseExpert, expertRoles, groupsOfRoles } from "../../core/rounds/choose-expert.ts";
import { obey } from "../escalation/obey.ts";
import type { Ports } from "../ports.ts";
import { itemOf } from "./answer-escalation.ts";
import type { GivenCommand, Judged, JudgedCommandHandler } from "./command.ts";

/** `/holdpoint escalate`: takes what is being escalated a level further, and asks one person of the strictest workflow's roles, or a technical lead. */
export const escalate: JudgedCommandHandler = async (given, ports) => {
  const raised = await raise(given, ports);
  const asked = await askExpert(given, ports);
  const said = [...(raised === null ? [] : [raised]), asked.comment].join("\n\n");
  return { reaction: raised === null ? asked.reaction : "+1", comment: said };
};

/** @returns what to say of it; `null` where nothing is being escalated */
async function raise(given: GivenCommand & { judged: Judged }, ports: Ports): Promise<string | null> {
  const { subject, comment, dossier } = given;
  if (dossier.escalations.length === 0) return null;
  const open = await ports.escalations.listEscalations(subject.repositoryId, subject.number);
  if (open.length === 0) return null;
  const raised = await obey({ item: itemOf(given), comment }, open, { kind: "raise" }, ports);
  return raised.length > 0 ? raisedAnswer(raised) : notRaised();
}

async function askExpert(
  { subject, judged, dossier }: GivenCommand & { judged: Judged },
  { github }: Ports,
): Promise<{ reaction: "+1" | "confused"; comment: string }> {
  const { snapshot, document } = judged.input;
  const { classification } = judged.verdict;
  const { policy } = document;
  const roles = expertRoles({ policy, snapshot, classification });
  // The gate reads no teams of roles that it does not ask.
  const groups = groupsOfRoles(roles, policy, snapshot.repository.owner);
  const more = await github.readDirectory(subject, { ...groups, permissionsOf: [], codeownersOf: null });
  const { directory } = snapshot;
  const known = {
    ...directory,
    teams: { ...directory.teams, ...more.teams },
    organizations: { ...directory.organizations, ...more.organizations },
    busy: [...new Set([...directory.busy, ...more.busy])],
  };
  const expert = chooseExpert(roles, { policy, snapshot: { ...snapshot, directory: known } }, dossier.memory.load);
  if (expert === null) return { reaction: "confused", comment: noExpert(roles) };
  await github.requestReviewers(subject, [expert]);
  return { reaction: "+1", comment: askedAnswer(expert.login, "expert") };
}

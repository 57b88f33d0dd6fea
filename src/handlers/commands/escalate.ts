import { askedAnswer, noExpert } from "../../core/report/loop-answers.ts";
import { chooseExpert, expertRoles, groupsOfRoles } from "../../core/rounds/choose-expert.ts";
import type { JudgedCommandHandler } from "./command.ts";

/** `/holdpoint escalate`: asks one person of the strictest workflow's roles, or a technical lead. */
export const escalate: JudgedCommandHandler = async ({ subject, judged, dossier }, { github }) => {
  const { snapshot, classification, document } = judged.input;
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
};

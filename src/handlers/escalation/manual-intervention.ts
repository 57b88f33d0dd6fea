import type { Action, ActionGiven } from "./action.ts";
import { holdersIn, withRoles } from "./item.ts";

/** Makes it somebody's: assigns one person of the level's roles, and puts the label on. */
export const manualIntervention: Action = {
  async prepare(given) {
    const { item, level } = given;
    if (item.kind === "issue" && item.reading === "gone") return null;
    return { people: await personFor(given), roles: rolesFor(given), label: level.label };
  },
  async perform({ item, ports: { github } }, { people, label }) {
    const assigned = await github.addAssignees(
      item.subject,
      people.map(({ login }) => login),
    );
    const labelled = label === null ? "added" : await github.addLabels(item.subject, [label]);
    return assigned === "refused" && labelled === "refused" ? "refused" : "done";
  },
};

/** Of the level, else those that can unblock it. */
function rolesFor({ level, escalation: { stuck } }: ActionGiven): string[] {
  return level.roles.length > 0 ? [...level.roles] : stuck.roles;
}

/** Whoever was named to have it in hand; else of those who hold a role whoever has least to review already. */
async function personFor(given: ActionGiven): Promise<{ id: number; login: string }[]> {
  const { escalation, item, ports } = given;
  const { handedTo } = escalation.state;
  if (handedTo !== null) return [{ id: 0, login: handedTo }];
  const roles = rolesFor(given);
  const known = await withRoles(item, roles, ports);
  const load = item.kind === "pull_request" ? item.dossier.memory.load : {};
  const weight = ({ id }: { id: number }) => (known.known.directory.busy.includes(id) ? 1_000 : 0) + (load[id] ?? 0);
  const [first] = holdersIn(known, roles).sort((a, b) => weight(a) - weight(b));
  return first === undefined ? [] : [{ id: first.id, login: first.login }];
}

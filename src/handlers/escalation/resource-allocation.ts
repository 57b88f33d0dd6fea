import type { Action } from "./action.ts";
import { nextInTurn } from "./fallbacks.ts";
import { holdersIn, withRoles } from "./item.ts";
import { requestReviews } from "./request-reviews.ts";

/** More at once help nobody. */
const peopleMax = 5;

/** Brings in more people of the roles that can unblock it: asked for a review of a pull request, assigned to an issue. */
export const resourceAllocation: Action = {
  async prepare({ escalation, item, ports }) {
    const { key, roles } = escalation.stuck;
    if (item.kind === "pull_request") {
      const people = nextInTurn(key, item).slice(0, peopleMax);
      return people.length === 0 ? null : { people, roles };
    }
    const assigned = item.reading === "gone" ? [] : item.reading.assignees;
    const holders = holdersIn(await withRoles(item, roles, ports), roles);
    const people = holders
      .filter(({ login }) => !assigned.some((one) => one.login.toLowerCase() === login.toLowerCase()))
      .slice(0, peopleMax);
    return people.length === 0 || item.reading === "gone"
      ? null
      : { people: people.map(({ id, login }) => ({ id, login })), roles };
  },
  async perform(given, data) {
    if (given.item.kind === "pull_request") return requestReviews(given, data);
    const outcome = await given.ports.github.addAssignees(
      given.item.subject,
      data.people.map(({ login }) => login),
    );
    return outcome === "added" ? "done" : "refused";
  },
};

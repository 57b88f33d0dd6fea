/** Actions that tell people: in the level's one comment, and over the channels that are meant. */

import { levelMessage, pagedMessage } from "../../core/report/escalation-message.ts";
import type { Person } from "../../core/snapshot.ts";
import type { Action, ActionGiven } from "./action.ts";
import { holdersIn, withRoles } from "./item.ts";
import { tellBeyondGithub } from "./tell-beyond-github.ts";
import { toldOf } from "./told.ts";

/** Whoever wrote it and those asked for a review; on an issue those assigned. */
export const developerNotification: Action = telling("developer_notification", async ({ item }) => {
  const people = item.author === null ? [] : [item.author];
  return { people: [...people, ...item.known.requestedReviewers], roles: [] };
});

export const technicalLeadNotification: Action = telling("technical_lead_notification", (given) =>
  holders(given, "technical_lead"),
);

export const managementNotification: Action = telling("management_notification", (given) =>
  holders(given, "management"),
);

/** The level's channels, where nothing else at the level tells anybody. */
export const notify: Action = telling("notify", async () => ({ people: [], roles: [] }));

/** Whoever is on the other end of the level's channels and of every pager, at the highest severity. */
export const externalSupport: Action = {
  async prepare({ level, item: { policy } }) {
    const channels = policy.notifications?.channels ?? {};
    const pagers = Object.keys(channels).filter((name) => channels[name]?.type === "pagerduty");
    return { channels: [...new Set([...level.notify, ...pagers])] };
  },
  async perform(given, { channels }) {
    const message = { ...pagedMessage(await toldOf(given, [])), channels };
    return (await tellBeyondGithub(message, given.item.policy, given.ports)) ? "done" : "nothing";
  },
};

async function holders({ item, level, ports }: ActionGiven, standard: string) {
  const roles = level.roles.length > 0 ? [...level.roles] : [standard];
  return { people: holdersIn(await withRoles(item, roles, ports), roles), roles };
}

function telling(
  action: string,
  whom: (given: ActionGiven) => Promise<{ people: readonly Person[]; roles: string[] }>,
): Action {
  return {
    async prepare(given) {
      const { people, roles } = await whom(given);
      const users = people.filter(({ kind }) => kind === "user").slice(0, peopleMax);
      return { people: users.map(({ id, login }) => ({ id, login })), roles, channels: [...given.level.notify] };
    },
    async perform(given, { people, roles, channels }) {
      const message = levelMessage(await toldOf(given, []), action);
      const named = people.map((person): Person => ({ ...person, kind: "user" }));
      await tellBeyondGithub({ ...message, people: named, roles, channels }, given.item.policy, given.ports);
      return "done";
    },
  };
}

/** Whoever calls more people calls nobody. */
const peopleMax = 10;

import type { Action } from "./action.ts";

/** Asks for reviews; whoever is asked already stays so. */
export const requestReviews: Action["perform"] = async ({ item, ports: { github } }, { people }) => {
  await github.requestReviewers(
    item.subject,
    people.map((person) => ({ ...person, kind: "user" })),
  );
  return "done";
};

/** What the comparison of public interfaces alone says of a change. */

import { publicApi } from "../../src/core/findings/breaking/api/public-api.ts";
import { rulesOf, type Story } from "./changes.ts";

/** `rule strength` of every finding of its rules, sorted. */
export async function apiRulesOf(story: Story): Promise<string[]> {
  const found = await rulesOf("breaking_change", story);
  return found.filter((one) => Object.hasOwn(publicApi.rules, one.split(" ")[0] ?? ""));
}

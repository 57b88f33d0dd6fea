/** Words for a pull request that has no business in its merge group. */

import type { GroupMember } from "./render-special-checks.ts";

const titles = {
  gone: "The pull request cannot be read",
  closed: "The pull request is closed",
  ungated: "The pull request was not judged",
  other_base: "The pull request goes to another branch",
} as const;

export function strayMember(number: number, why: keyof typeof titles): GroupMember {
  return { number, status: "completed", conclusion: "failure", title: titles[why] };
}

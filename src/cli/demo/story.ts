/** The story of the demonstration: who does what, and which check it must lead to. */

import type { Person } from "../../sandbox/drive/person.ts";
import { migrationPlan, sampleChanges } from "./sample-changes.ts";
import { samplePolicy, samplePolicyPath } from "./sample-policy.ts";

export interface Step {
  deed: string;
  why: string;
  act(as: (login: string) => Person): void;
  /** The check that must come of it. */
  check: ExpectedCheck;
}

export interface ExpectedCheck {
  pullRequest: number;
  state: "success" | "failure" | "in_progress";
  title: RegExp;
  annotationsMin?: number;
  /** Every other open pull request comes to the same state. */
  isEverywhere?: true;
}

export interface Chapter {
  title: string;
  steps: readonly Step[];
}

export const story: readonly Chapter[] = [
  {
    title: "A change of documentation passes by itself",
    steps: [
      {
        deed: 'maria opens #1 "Explain how to run behind a proxy"',
        why: "Nothing but documentation changed, and the policy's first workflow approves that by itself.",
        act: (as) => {
          as("maria").openPullRequest({
            title: "Explain how to run behind a proxy",
            files: sampleChanges.documented,
          });
        },
        check: { pullRequest: 1, state: "success", title: /^Approved: nobody needed/ },
      },
    ],
  },
  {
    title: "A small change waits for a peer",
    steps: [
      {
        deed: 'maria opens #2 "Find orders by customer, date and amount"',
        why: "About forty lines, tested, nothing breaking: one peer is enough.",
        act: (as) => {
          as("maria").openPullRequest({
            title: "Find orders by customer, date and amount",
            files: sampleChanges.filtered,
          });
        },
        check: { pullRequest: 2, state: "in_progress", title: /^Waiting for peer \(1 of 1\)$/ },
      },
      {
        deed: "bob approves #2",
        why: "",
        act: (as) => void as("bob").approve(2, "Reads well."),
        check: { pullRequest: 2, state: "success", title: /^Approved: .*@bob/ },
      },
    ],
  },
  {
    title: "A removed export waits for the technical lead and a migration plan",
    steps: [
      {
        deed: 'maria opens #3 "Remove formatPrice"',
        why: "The package @acme/pricing is published, so its users would break: this is proven from the code, not from the title.",
        act: (as) => {
          as("maria").openPullRequest({
            title: "Remove formatPrice",
            body: "Shops format prices by themselves.\n",
            files: sampleChanges.withoutFormat,
          });
        },
        check: { pullRequest: 3, state: "failure", title: /technical_lead.*migration strategy/ },
      },
      {
        deed: 'maria adds a section "Migration" to the description',
        why: "What the author could do is done; now it waits for a person.",
        act: (as) => void as("maria").edit(3, { body: migrationPlan }),
        check: { pullRequest: 3, state: "in_progress", title: /^Waiting for (?!.*migration).*technical_lead/ },
      },
      {
        deed: "lena, the technical lead, approves #3",
        why: "",
        act: (as) => void as("lena").approve(3, "Announced, go ahead."),
        check: { pullRequest: 3, state: "success", title: /^Approved: .*@lena/ },
      },
    ],
  },
  {
    title: "A change of the login waits for the security team",
    steps: [
      {
        deed: 'maria opens #4 "Lock a name after five wrong passwords"',
        why: "It is as small as #2, but it touches what guards the service.",
        act: (as) => {
          as("maria").openPullRequest({
            title: "Lock a name after five wrong passwords",
            files: sampleChanges.locking,
          });
        },
        check: { pullRequest: 4, state: "in_progress", title: /^Waiting for .*security_team/ },
      },
      {
        deed: "sam, of the security team, approves #4",
        why: "",
        act: (as) => void as("sam").approve(4, "No timing leak, lock is per name."),
        check: { pullRequest: 4, state: "success", title: /^Approved: .*@sam/ },
      },
    ],
  },
  {
    title: "A broken policy fails closed",
    steps: [
      {
        deed: `kim opens #5 "Give security more time", with two slips in ${samplePolicyPath}`,
        why: "It is judged by the policy of main, not by its own; the slips are shown on their lines.",
        act: (as) => {
          as("kim").openPullRequest({ title: "Give security more time", files: sampleChanges.slipped });
        },
        check: { pullRequest: 5, state: "in_progress", title: /^Waiting for .*security_team/, annotationsMin: 2 },
      },
      {
        deed: "otto, who administers, merges #5 all the same",
        why: "Now main has a policy that nobody can read. Every open pull request is shut, the approved #2 too.",
        act: (as) => void as("otto").merge(5, { isForced: true }),
        check: { pullRequest: 2, state: "failure", title: /^Policy broken: line \d+/ },
      },
      {
        deed: "otto puts the old policy back on main",
        why: "Every open pull request is judged again by itself; bob's approval of #2 still stands.",
        act: (as) => void as("otto").push("main", { [samplePolicyPath]: samplePolicy }, "Put the policy back"),
        check: { pullRequest: 2, state: "success", title: /^Approved: .*@bob/, isEverywhere: true },
      },
    ],
  },
];

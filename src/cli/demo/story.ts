/** The story of the demonstration: who does what, and which check it must lead to. */

import type { Person } from "../../sandbox/drive/person.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { migrationPlan, sampleChanges } from "./sample-changes.ts";
import { samplePolicy, samplePolicyPath } from "./sample-policy.ts";

export interface Step {
  deed: string;
  why: string;
  act(as: (login: string) => Person, github: Sandbox): void;
  /** Not within the second of what came before: GitHub tells times to the second, and what might be older than a push does not count. */
  isLater?: true;
  /** What must come of it, in the order in which it is shown. */
  brings: readonly Expected[];
}

export type Expected = ExpectedCheck | ExpectedIssue | ExpectedDeployment;

export interface ExpectedCheck {
  kind: "check";
  pullRequest: number;
  state: "success" | "failure" | "in_progress" | "neutral";
  title: RegExp;
  summary?: RegExp;
  annotationsMin?: number;
  /** Every other open pull request comes to the same state. */
  isEverywhere?: true;
}

/** An issue that the App files, or a pull request that it comments on. */
export interface ExpectedIssue {
  kind: "issue";
  number: number;
  state: "open" | "closed";
  /** What its text, or its newest comment, must say. */
  says: RegExp;
}

export interface ExpectedDeployment {
  kind: "deployment";
  environment: string;
  state: "waiting" | "in_progress";
  /** What the App must have reported last. */
  says: RegExp;
}

export interface Chapter {
  title: string;
  steps: readonly Step[];
}

const emergencyCommand =
  '/holdpoint bypass all --reason "every page of the shop fails since 02:10" --cause production_issue';
const reviewedCommand = "/holdpoint reviewed sound the order is right, and a test would have found it; one was added";

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
        brings: [{ kind: "check", pullRequest: 1, state: "success", title: /^Approved: nobody needed/ }],
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
        brings: [{ kind: "check", pullRequest: 2, state: "in_progress", title: /^Waiting for peer \(1 of 1\)$/ }],
      },
      {
        deed: "bob approves #2",
        why: "",
        act: (as) => void as("bob").approve(2, "Reads well."),
        brings: [{ kind: "check", pullRequest: 2, state: "success", title: /^Approved: .*@bob/ }],
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
        brings: [{ kind: "check", pullRequest: 3, state: "failure", title: /technical_lead.*migration strategy/ }],
      },
      {
        deed: 'maria adds a section "Migration" to the description',
        why: "What the author could do is done; now it waits for a person.",
        act: (as) => void as("maria").edit(3, { body: migrationPlan }),
        brings: [
          {
            kind: "check",
            pullRequest: 3,
            state: "in_progress",
            title: /^Waiting for (?!.*migration).*technical_lead/,
          },
        ],
      },
      {
        deed: "lena, the technical lead, approves #3",
        why: "",
        act: (as) => void as("lena").approve(3, "Announced, go ahead."),
        brings: [{ kind: "check", pullRequest: 3, state: "success", title: /^Approved: .*@lena/ }],
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
        brings: [{ kind: "check", pullRequest: 4, state: "in_progress", title: /^Waiting for .*security_team/ }],
      },
      {
        deed: "sam, of the security team, approves #4",
        why: "",
        act: (as) => void as("sam").approve(4, "No timing leak, lock is per name."),
        brings: [{ kind: "check", pullRequest: 4, state: "success", title: /^Approved: .*@sam/ }],
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
        brings: [
          {
            kind: "check",
            pullRequest: 5,
            state: "in_progress",
            title: /^Waiting for .*security_team/,
            annotationsMin: 2,
          },
        ],
      },
      {
        deed: "otto, who administers, merges #5 all the same",
        why: "Now main has a policy that nobody can read. Every open pull request is shut, the approved #2 too. And whoever merges around the gate owes a review.",
        act: (as) => void as("otto").merge(5, { isForced: true }),
        brings: [
          { kind: "check", pullRequest: 2, state: "failure", title: /^Policy broken: line \d+/ },
          { kind: "issue", number: 6, state: "open", says: /merged.*otto|otto.*merged/is },
        ],
      },
      {
        deed: "otto puts the old policy back on main",
        why: "Every open pull request is judged again by itself; bob's approval of #2 still stands.",
        act: (as) => void as("otto").push("main", { [samplePolicyPath]: samplePolicy }, "Put the policy back"),
        brings: [{ kind: "check", pullRequest: 2, state: "success", title: /^Approved: .*@bob/, isEverywhere: true }],
      },
    ],
  },
  {
    title: "At night, the one on call breaks the glass",
    steps: [
      {
        deed: 'maria opens #7 "Sort orders without a date last"',
        why: "The shop's pages fail, and every peer is asleep.",
        act: (as) => {
          as("maria").openPullRequest({
            title: "Sort orders without a date last",
            files: sampleChanges.dateless,
          });
        },
        brings: [{ kind: "check", pullRequest: 7, state: "in_progress", title: /^Waiting for peer/ }],
      },
      {
        deed: 'maria puts the label "emergency-bypass" on #7',
        why: "A label is a request, never the grant: maria is not on call, so it comes off again.",
        act: (as) => void as("maria").label(7, "emergency-bypass"),
        brings: [{ kind: "issue", number: 7, state: "open", says: /on_call|technical_lead/ }],
      },
      {
        deed: `otto, on call, comments on #7: ${emergencyCommand}`,
        why: "He may. But #5 went around the gate, which spent the month's budget: now a second person has to agree.",
        isLater: true,
        act: (as) => void as("otto").comment(7, emergencyCommand),
        brings: [{ kind: "check", pullRequest: 7, state: "in_progress", title: /^Waiting/, summary: /second person/ }],
      },
      {
        deed: "kim, on call as well, comments on #7: /holdpoint bypass agree",
        why: "For this head alone, and for four hours. The review that it owes is filed before the gate opens.",
        isLater: true,
        act: (as) => void as("kim").comment(7, "/holdpoint bypass agree"),
        brings: [
          { kind: "check", pullRequest: 7, state: "neutral", title: /^Bypassed by @otto until .*#8/ },
          { kind: "issue", number: 8, state: "open", says: /every page of the shop fails/ },
        ],
      },
    ],
  },
  {
    title: "What was bypassed is not deployed before somebody has looked at it",
    steps: [
      {
        deed: "otto merges #7, and its workflow wants to deploy it to production",
        why: "The environment asks for what was merged through the gate, with no review owed, and for the technical lead.",
        act: (as, github) => {
          const otto = as("otto");
          otto.merge(7);
          github.deploy(otto.repository, { environment: "production", as: "otto" });
        },
        brings: [{ kind: "deployment", environment: "production", state: "waiting", says: /#7/ }],
      },
      {
        deed: `lena reviews it on #8: ${reviewedCommand}`,
        why: "She neither wrote nor bypassed it. Closing the issue by hand would only have reopened it.",
        act: (as) => void as("lena").comment(8, reviewedCommand),
        brings: [{ kind: "issue", number: 8, state: "closed", says: /lena/ }],
      },
      {
        deed: "lena approves the deployment on #9: /holdpoint deploy approve production",
        why: "Everything in it has been seen by somebody, and whoever started it did not release it.",
        act: (as) => void as("lena").comment(9, "/holdpoint deploy approve production"),
        brings: [{ kind: "deployment", environment: "production", state: "in_progress", says: /lena/ }],
      },
    ],
  },
];

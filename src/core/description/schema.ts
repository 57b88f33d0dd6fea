/** The public description of a pull request: the only declaration. Everything but `author`, `base` and `head` may be left out. */

import { z } from "zod";
import { checkStates, permissions } from "../snapshot.ts";
import { describedBypass, describedMerges } from "./bypass-schema.ts";
import { login, person, sha, time } from "./values.ts";

export type { DescribedPerson } from "./values.ts";

const commitPerson = z
  .union([
    person,
    z.strictObject({
      name: z.string().max(300).optional(),
      email: z.string().max(300).optional(),
      login: login
        .nullable()
        .optional()
        .describe("The account that the e-mail belongs to; left out where it belongs to none."),
    }),
  ])
  .describe("An account, or `{ name, email }` where the e-mail belongs to none.");
export type DescribedCommitPerson = z.output<typeof commitPerson>;

const text = z.string().max(5_000_000);
const path = z.string().min(1).max(4096);

const branch = z
  .union([z.string().min(1).max(255), z.strictObject({ ref: z.string().min(1).max(255), sha: sha.optional() })])
  .describe("A branch: its name, or `{ ref, sha }`.");

const file = z.union([
  path,
  z.strictObject({
    path,
    previous_path: path.optional().describe("The old name of a renamed or copied file."),
    status: z.enum(["added", "removed", "modified", "renamed", "copied", "type_changed"]).optional(),
    additions: z.number().int().min(0).optional().describe("Default: counted from the patch."),
    deletions: z.number().int().min(0).optional(),
    patch: text.optional().describe("Unified hunks (`@@ …`). Default: computed from `base` and `head`."),
    binary: z.boolean().optional(),
    base: text.nullable().optional().describe("The file's text before the change; `null` where it did not exist."),
    head: text.nullable().optional().describe("The file's text after the change; `null` where it no longer exists."),
    base_sha: sha.optional().describe("Blob id before the change."),
    head_sha: sha.optional().describe("Blob id after the change."),
    mode: z
      .string()
      .regex(/^\d{6}$/, "a git file mode such as 100644")
      .optional(),
  }),
]);
export type DescribedFile = z.output<typeof file>;

const commit = z.strictObject({
  sha: sha.optional(),
  message: z.string().max(100_000).optional(),
  author: commitPerson.optional().describe("Default: the pull request's author."),
  committer: commitPerson.optional().describe("Default: the commit's author."),
  co_authors: z.array(commitPerson).optional(),
  parents: z.array(sha).optional(),
  pushed_at: time.optional(),
  pushed_by: person.optional(),
  via_web: z.boolean().optional().describe("Made on GitHub's web page."),
  signature: z
    .union([z.boolean(), z.strictObject({ valid: z.boolean(), signer: person.optional() })])
    .optional()
    .describe("`true`: signed and verified."),
});
export type DescribedCommit = z.output<typeof commit>;

const review = z.strictObject({
  id: z.number().int().min(1).optional(),
  user: person,
  state: z
    .string()
    .transform((state) => state.toLowerCase())
    .pipe(z.enum(["approved", "changes_requested", "commented", "dismissed"]))
    .describe("`approved`, `changes_requested`, `commented` or `dismissed`."),
  submitted_at: time.optional().describe("Default: `now`."),
  head_at_submission: sha
    .optional()
    .describe("The head commit that it was given on. Default: the newest head seen by then."),
  commit: sha.optional().describe("The commit that GitHub shows it on now."),
  body: z.string().max(100_000).optional(),
  edited: z.boolean().optional(),
});

const comment = z.strictObject({
  id: z.number().int().min(1).optional(),
  user: person,
  body: z.string().max(100_000),
  created_at: time.optional().describe("Default: `now`."),
  edited: z.boolean().optional(),
  edited_by: person.optional().describe("Who edited it last, where that is known."),
});

const label = z.union([
  z.string().min(1).max(100),
  z.strictObject({
    name: z.string().min(1).max(100),
    added_by: person.optional().describe("Who put it on; left out where nobody did, as after a label was renamed."),
    added_at: time.optional(),
    head_at_labelling: sha
      .nullable()
      .optional()
      .describe("The head it was put on; `null` where no event told. Left out: judged by `added_at`."),
  }),
]);

const state = z.enum(checkStates);
const byName = z.record(z.string().min(1).max(255), state).describe("States by name.");
const check = z.strictObject({
  name: z.string().min(1).max(255),
  state,
  app: z.strictObject({ id: z.number().int(), slug: z.string() }).optional().describe("The App that wrote it."),
  completed_at: time.optional(),
});

const workflowRun = z.strictObject({ path, event: z.string().max(100).optional(), state });
const people = z.array(person);

export const incompleteParts = [
  "files",
  "commits",
  "reviews",
  "comments",
  "labels",
  "checks",
  "workflow_runs",
  "teams",
  "permissions",
  "contents",
] as const;

export const descriptionSchema = z
  .strictObject({
    $schema: z.string().optional(),
    author: person,
    base: branch.describe("The branch that the change is to go into: its name, or `{ ref, sha }`."),
    head: branch.describe("The branch of the change: its name, or `{ ref, sha }`."),
    number: z.number().int().min(1).optional(),
    title: z.string().max(1000).optional(),
    body: z.string().max(300_000).nullable().optional(),
    state: z.enum(["open", "closed", "merged"]).optional(),
    draft: z.boolean().optional(),
    fork: z.boolean().optional(),
    created_at: time.optional(),
    now: time.optional().describe("The moment of the judgement. Default: the present."),
    repository: z
      .union([
        z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, "a repository as `owner/name`"),
        z.strictObject({
          owner: z.string().min(1).max(100),
          name: z.string().min(1).max(100),
          id: z.number().int().min(1).optional(),
          private: z.boolean().optional(),
          default_branch: z.string().min(1).max(255).optional(),
          properties: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
        }),
      ])
      .optional()
      .describe("`owner/name`, or an object. Default: `owner/repository`."),
    labels: z.array(label).optional(),
    files: z.array(file).optional().describe("Changed files: paths, or objects."),
    commits: z.array(commit).optional().describe("Oldest first. Default: one commit by the author."),
    reviews: z.array(review).optional(),
    comments: z.array(comment).optional(),
    statuses: z
      .union([byName, z.array(check)])
      .optional()
      .describe("Commit statuses on the head."),
    checks: z
      .union([byName, z.array(check)])
      .optional()
      .describe("Check runs on the head."),
    workflow_runs: z
      .union([byName, z.array(workflowRun)])
      .optional()
      .describe("Newest run per workflow file on the head."),
    requested_reviewers: people.optional(),
    teams: z
      .record(z.string().regex(/^[\w.-]+\/[\w.-]+$/, "a team as `organisation/team-slug`"), people.nullable())
      .optional()
      .describe(
        "Members by team (`acme/security`); `null` where they cannot be read. Teams that are not listed do not exist.",
      ),
    orgs: z.record(z.string().min(1), people).optional().describe("Members by organisation."),
    permissions: z
      .record(login, z.enum(permissions))
      .optional()
      .describe(
        "Repository permission by login. Who is not listed has `read` as a member of a team, an organisation or CODEOWNERS, else none: too little for a seat that asks for `write`.",
      ),
    busy: people.optional().describe("People who say that they are busy."),
    codeowners: z
      .record(path, people)
      .optional()
      .describe("Owners by changed path. Default: there is no CODEOWNERS file."),
    codeowners_problems: z
      .array(z.strictObject({ line: z.number().int().min(1), found: z.string().max(500) }))
      .optional()
      .describe("What is wrong in CODEOWNERS: lines that cannot be read, owners that cannot be found."),
    heads: z
      .array(
        z.strictObject({
          sha,
          first_seen_at: time,
          same_change: z
            .boolean()
            .optional()
            .describe("The pull request's own change was the same there as it is now."),
          same_paths: z
            .array(path)
            .optional()
            .describe("Changed files whose own change was the same there; that of the others was another."),
        }),
      )
      .optional()
      .describe("Heads met before this one. Default: the commits that say when they were pushed."),
    bypasses: z.array(describedBypass).optional().describe("Emergency bypasses that were granted before."),
    merges: describedMerges.optional(),
    windows: z
      .record(z.string().min(1).max(64), time)
      .optional()
      .describe("Since when the base branch's policy has had each maintenance window, by name. Default: since ever."),
    contents: z
      .strictObject({
        base: z.record(path, text.nullable()).optional(),
        head: z.record(path, text.nullable()).optional(),
      })
      .optional()
      .describe("Text of further files before and after; `null` where there is none."),
    incomplete: z
      .array(
        z.union([
          z.enum(incompleteParts),
          z.strictObject({ what: z.enum(incompleteParts), reason: z.string().max(500) }),
        ]),
      )
      .optional()
      .describe("What could not be read whole; while it stands, approvals do not open the gate."),
  })
  .describe("A pull request as `holdpoint simulate` reads it");

export type Description = z.output<typeof descriptionSchema>;
export type DescriptionInput = z.input<typeof descriptionSchema>;

/** The table of predicates: the next one is one file and one line here. */

import { anyLabel } from "./any-label.ts";
import { author } from "./author.ts";
import { authorIsOnlyContributor } from "./author-is-only-contributor.ts";
import { baseBranch } from "./base-branch.ts";
import { body } from "./body.ts";
import { changedFiles } from "./changed-files.ts";
import { classPredicate } from "./class.ts";
import { commitMessages } from "./commit-messages.ts";
import { commitsCount } from "./commits-count.ts";
import { contributors } from "./contributors.ts";
import { draft } from "./draft.ts";
import { fileStatus } from "./file-status.ts";
import { filesCount } from "./files-count.ts";
import { finding } from "./finding.ts";
import { fork } from "./fork.ts";
import { headBranch } from "./head-branch.ts";
import { kind } from "./kind.ts";
import { labels } from "./labels.ts";
import { languages } from "./languages.ts";
import { lines } from "./lines.ts";
import { noChangedFiles } from "./no-changed-files.ts";
import { onlyChangedFiles } from "./only-changed-files.ts";
import { onlyContributors } from "./only-contributors.ts";
import { property } from "./property.ts";
import { repository } from "./repository.ts";
import { risk } from "./risk.ts";
import { signed } from "./signed.ts";
import { signedBy } from "./signed-by.ts";
import { statuses } from "./statuses.ts";
import { time } from "./time.ts";
import { title } from "./title.ts";
import { workflows } from "./workflows.ts";

export const predicates = [
  changedFiles,
  onlyChangedFiles,
  noChangedFiles,
  fileStatus,
  lines,
  filesCount,
  commitsCount,
  author,
  contributors,
  onlyContributors,
  authorIsOnlyContributor,
  baseBranch,
  headBranch,
  labels,
  anyLabel,
  title,
  body,
  commitMessages,
  draft,
  fork,
  repository,
  signed,
  signedBy,
  statuses,
  workflows,
  property,
  time,
  classPredicate,
  finding,
  kind,
  risk,
  languages,
] as const;

export type PredicateKey = (typeof predicates)[number]["key"];

/** What the rules about workflows say to people. */

import type { Rule } from "../../detector.ts";

export const workflowRules: Record<string, Rule> = {
  workflow_permission_raised: {
    title: "a workflow's token may do more than before",
    why: "Whatever runs in the job, a dependency or an action, can use that permission.",
    fix: "Give the permission to the one job that needs it.",
    looksAt:
      "The permissions that each job has in the end, its own or the workflow's, before and after. `likely` where the repository's default is one side, or a job of another name had the same.",
    example: { language: "yaml", diff: " permissions:\n-  contents: read\n+  contents: write" },
  },
  workflow_permission_unstated: {
    title: "a new workflow does not say what its token may do",
    why: "Then the repository's default holds, which may be to write everything.",
    fix: "Begin with `permissions: { contents: read }`.",
  },
  workflow_privileged_trigger: {
    title: "a workflow now runs with secrets on changes from outside",
    why: "`pull_request_target` and `workflow_run` hand the base repository's token to a run that a fork can influence.",
    fix: "Use `pull_request`, or never check out or run the fork's code there.",
    example: { language: "yaml", diff: "-on: pull_request\n+on: pull_request_target" },
  },
  workflow_untrusted_checkout: {
    title: "a workflow with secrets fetches the code of a change",
    why: "Build scripts, tests and configuration of a fork then run with the repository's token and secrets.",
    fix: "Check out the base, or build in a `pull_request` workflow without secrets and hand over only data.",
    looksAt:
      "Checkouts of the head, by `actions/checkout`, `gh pr checkout` or git, and artefacts of another run, in workflows on `pull_request_target`, `workflow_run` or `issue_comment`. `likely` where conditions name the fork, the author or a label.",
    example: {
      language: "yaml",
      diff: " on: pull_request_target\n   - uses: actions/checkout@v5\n+    with: { ref: refs/pull/1/head }",
    },
  },
  workflow_action_unpinned: {
    title: "an action is no longer pinned to a commit",
    why: "A tag can be moved to other code by whoever owns the action.",
    fix: "Pin the full commit id, with the tag as a comment.",
    looksAt: "Actions that were pinned before. Those of GitHub itself are `likely`.",
  },
  workflow_action_floating: {
    title: "an action of others came in without a commit id",
    why: "Its tag can be moved to other code by whoever owns it, and runs here from then on.",
    fix: "Pin the full commit id, with the tag as a comment.",
    looksAt: "Actions that this file did not use before; GitHub's own and the repository's are left alone.",
  },
  workflow_secrets_inherited: {
    title: "a called workflow now gets every secret",
    why: "`secrets: inherit` hands over more than the called workflow needs.",
    fix: "Name the secrets it needs.",
  },
  workflow_expression_injected: {
    title: "text that anybody can write is put into a script",
    why: "A title or branch name in an expression becomes part of the command.",
    fix: "Pass it in `env:` and quote the variable.",
    looksAt:
      "Expressions in `run:` and in scripts of `github-script` that hold a title, body, branch name, commit message or the like, also by way of `env`. `proven` where the workflow runs with secrets for strangers.",
    example: { language: "yaml", diff: '+  - run: echo "${'.concat('{ github.event.issue.title }}"') },
  },
  workflow_self_hosted_runner: {
    title: "code of pull requests runs on a machine of your own",
    why: "What a stranger's change does there stays there for the next run.",
    fix: "Use machines that are thrown away, or let only people of the repository start them.",
    looksAt: "Jobs with the label `self-hosted` in workflows that pull requests or strangers start.",
  },
  workflow_credentials_uploaded: {
    title: "an artefact may hold the checkout's token",
    why: "`actions/checkout` leaves its token in `.git`, and whoever may read the artefact may use it.",
    fix: "Say `persist-credentials: false`, or upload only what is needed.",
  },
  workflow_cache_shared: {
    title: "a run for changes from outside uses the base branch's cache",
    why: "What it puts there is taken by later runs with more rights.",
    fix: "Leave the cache out of workflows that strangers start.",
  },
  workflow_commands_unsecured: {
    title: "old workflow commands are allowed again",
    why: "With `ACTIONS_ALLOW_UNSECURE_COMMANDS` any text in a log can set variables and paths of later steps.",
    fix: "Write to `$GITHUB_ENV` and `$GITHUB_PATH` instead.",
  },
  workflow_check_removed: {
    title: "a check was taken out of a workflow",
    why: "What it kept out comes in from now on.",
    looksAt:
      "Jobs and steps whose name or command says that they check something, by name before and after; a step is only a `hint`, as is a job beside which another one came.",
    fix: "Say in the description what checks the same now.",
  },
  workflow_check_weakened: {
    title: "a check no longer holds anything up",
    why: "It still shows, and its failure stops nobody.",
    looksAt:
      "`continue-on-error: true`, `if: false` and `|| true` where they were not before, and workflows that no longer run on pull requests; `hint` where nothing says that a check is meant.",
    example: { language: "yaml", diff: " - run: npm test\n+  continue-on-error: true" },
    fix: "Let the step fail the run again, or say in the description why it may not.",
  },
  workflow_changed: {
    title: "a workflow or action changed",
    why: "It runs with the repository's own token and secrets.",
    fix: "Let somebody read it who may see the repository's secrets.",
  },
};

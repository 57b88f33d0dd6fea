/** A repository whose deployments to production wait for Holdpoint, and what can be asked about them. */

import type { Issue } from "../../src/sandbox/state/issues.ts";
import type { WorkflowRun } from "../../src/sandbox/state/workflows.ts";
import { appId, type Stage, type StageOptions, setStage } from "./holdpoint.ts";

/** Anybody's approval merges; lena or otto release to production. */
export const deployingPolicy = `version: 1
approval_workflows:
  peer_review: { approver: peer, approvals: 1 }
roles:
  technical_lead: { users: [lena, otto] }
deployments:
  production: { approver: technical_lead, approvals: 1 }
`;

export interface Deploying extends Stage {
  /** Production asks the App from now on; where a test starts the App itself, it says so once that is installed. */
  protect(): void;
  /** Opens, approves and merges a change as maria. @returns its number and the merge commit */
  merge(title: string, by?: string): Promise<{ number: number; sha: string }>;
  /** A workflow wants to deploy, and everything that follows has happened. */
  request(options?: { sha?: string; as?: string; environment?: string; ref?: string }): Promise<WorkflowRun>;
  /** Says something on the issue of the deployment that waits. */
  say(login: string, words: string): Promise<void>;
  /** The newest issue of ours. */
  issue(): Issue;
  issues(): Issue[];
  /** How our rule stands for the run's newest deployment. */
  answerTo(run: WorkflowRun): string;
  /** What was reported to the run, the answer included. */
  reportsTo(run: WorkflowRun): string[];
  /** What was answered on the issue, oldest first. */
  answers(): string[];
  ledger(): Promise<string[]>;
}

export async function deploying(options: StageOptions = {}): Promise<Deploying> {
  const stage = await setStage({ policy: deployingPolicy, ...options });
  const { github, api, settle, database } = stage;
  for (const login of ["lena", "otto"]) {
    github.user(login);
    github.addCollaborator(api, login, "write");
  }
  const rules = () => [...github.world.apps.values()].filter(({ id }) => id === appId);
  const protect = () => github.createEnvironment(api, "production", { rules: rules() });
  if (!options.isWithoutApp) {
    protect();
    await settle();
  }
  const ours = () =>
    [...api.issues.values()]
      .filter(({ author }) => author.login === "holdpoint[bot]")
      .sort((a, b) => a.number - b.number);
  const ruleOf = (run: WorkflowRun) => {
    const rule = github.deploymentOf(run).rules.find((one) => one.rule.app.id === appId);
    if (rule === undefined) throw new Error(`run ${run.id} did not ask the App`);
    return rule;
  };
  let merged = 0;
  const own: Omit<Deploying, keyof Stage> = {
    protect,
    async merge(title, by = "olga") {
      merged += 1;
      const files = { [`src/change-${merged}.ts`]: `export const change = ${merged};\n` };
      const { number } = github.as("maria").openPullRequest({ title, files });
      await settle();
      github.as("bob").approve(number);
      await settle();
      github.as(by).merge(number);
      await settle();
      const sha = api.pulls.get(number)?.mergeCommitSha;
      if (sha == null) throw new Error(`#${number} was not merged`);
      return { number, sha };
    },
    async request({ as = "maria", environment = "production", ...rest } = {}) {
      if (environment !== "production") github.createEnvironment(api, environment, { rules: rules() });
      const run = github.deploy(api, { environment, as, ...rest });
      await settle();
      return run;
    },
    async say(login, words) {
      github.as(login).comment(deployment.issue().number, words);
      await settle();
    },
    issue() {
      const found = ours().at(-1);
      if (found === undefined) throw new Error("Holdpoint has filed nothing");
      return found;
    },
    issues: ours,
    answerTo: (run) => ruleOf(run).state,
    reportsTo: (run) => ruleOf(run).reports,
    answers: () =>
      deployment
        .issue()
        .comments.filter(({ author }) => author.login === "holdpoint[bot]")
        .map(({ body }) => body),
    async ledger() {
      const rows = await database.query<{ kind: string }>(
        "select kind from ledger where kind like 'deployment%' or kind like 'rollback%' order by seq",
      );
      return rows.map(({ kind }) => kind);
    },
  };
  const deployment: Deploying = Object.assign(Object.create(stage) as Stage, own);
  return deployment;
}

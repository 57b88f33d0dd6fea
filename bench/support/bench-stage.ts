/** What the measurements run on: the simulated GitHub in this process, the real App in another with a real database of its own. */

import { setTimeout as sleep } from "node:timers/promises";
import { type AppProcess, createCredentials, startAppProcess } from "../../src/cli/demo/app-process.ts";
import { startSandbox } from "../../src/sandbox/main.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { CheckRun } from "../../src/sandbox/state/checks.ts";
import type { PullRequest } from "../../src/sandbox/state/issues.ts";
import type { Repository } from "../../src/sandbox/state/repository.ts";

const appId = 4242;

/** Three rules, of which one asks for a person. */
const policy = `version: 1
roles:
  technical_lead: { users: [lena] }
  security_team: { teams: [acme/security] }
checkpoints:
  breaking_change: { trigger: api_modification, approver: technical_lead, criteria: [migration_strategy] }
  security_review: { trigger: security_related_change, approver: security_team }
approval_workflows:
  automatic: { criteria: [documentation_only], process: automated_approval }
  peer_review: { criteria: [code_changes_under_200_lines, no_breaking_changes, standard_functionality], approver: peer }
  expert_review: { approver: technical_lead }
`;

export interface BenchStage {
  github: Sandbox;
  app: AppProcess;
  repository: Repository;
  /** Opens a pull request that changes so many files; it waits for a peer. */
  openPullRequest(files?: number): PullRequest;
  /** Resolves when all is sent, done and quiet. */
  settle(): Promise<void>;
  readMetrics(): Promise<Metrics>;
  stop(): Promise<void>;
}

export interface Metrics {
  /** Sum over the samples of that name, of those that bear these labels. */
  total(name: string, labels?: Record<string, string>): number;
}

/** @param deliveriesInFlight webhooks under way at once */
export async function startStage({ deliveriesInFlight = 1 } = {}): Promise<BenchStage> {
  // Answers are not held to GitHub's description here: that is the tests' work, and takes time.
  const github = await startSandbox({ isChecked: false, rateLimit: 1e9, deliveriesInFlight });
  const credentials = createCredentials(appId);
  const app = await startAppProcess(github.url, credentials, { HOLDPOINT_CONCURRENCY: "64" });
  const acme = github.createOrganisation("acme", {
    olga: "admin",
    maria: "member",
    bob: "member",
    lena: "member",
    sam: "member",
  });
  acme.basePermission = "write";
  const repository = github.createRepository(acme, "api", {
    files: { ".github/checkpoints.yml": policy, "README.md": "# api\n", ...sources(40, 60) },
  });
  github.createTeam(acme, "Security", ["sam"], { repositories: [[repository, "write"]] });
  const { publicKey, webhookSecret } = credentials;
  github.installApp(acme, {
    appId,
    name: "Holdpoint",
    publicKey,
    webhookSecret,
    hookUrl: `${app.url}/api/github/webhooks`,
  });
  let opened = 0;
  const stage: BenchStage = {
    github,
    app,
    repository,
    openPullRequest(files = 20) {
      opened += 1;
      return github.as("maria", "acme/api").openPullRequest({
        title: `Change ${opened}`,
        branch: `change-${opened}`,
        files: changed(files, opened),
      });
    },
    settle: () => settle(stage),
    readMetrics: () => readMetrics(app.url),
    async stop() {
      await app.stop();
      await github.stop();
    },
  };
  await stage.settle();
  return stage;
}

function sources(count: number, lines: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, file) => [
      `src/part-${file % 8}/file-${file}.ts`,
      Array.from({ length: lines }, (__, line) => `export const value${line} = ${file * line};\n`).join(""),
    ]),
  );
}

/** Nine lines more in each file, none of which touches what is exported. */
function changed(files: number, round: number): Record<string, string> {
  const added = Array.from({ length: 9 }, (_, line) => `const added${round}n${line} = ${line};\n`).join("");
  return Object.fromEntries(Object.entries(sources(files, 60)).map(([path, text]) => [path, text + added]));
}

export function checkOf({ github, repository }: BenchStage, number: number): CheckRun | undefined {
  return github.checksOf(repository, number).find(({ name }) => name === "holdpoint: main");
}

export function stateOf(run: CheckRun | undefined): string | null {
  return run === undefined ? null : (run.conclusion ?? run.status);
}

/** @returns milliseconds until the check of a pull request came to the state */
export async function timeUntil(stage: BenchStage, number: number, state: string, act: () => unknown): Promise<number> {
  const startedAt = performance.now();
  act();
  return new Promise((resolve) => {
    const look = () => {
      if (stateOf(checkOf(stage, number)) !== state) return;
      unwatch();
      resolve(performance.now() - startedAt);
    };
    const unwatch = stage.github.watch(look);
    look();
  });
}

async function settle({ github, readMetrics: read }: BenchStage): Promise<void> {
  for (let quiet = 0; quiet < 3; ) {
    await github.webhooks.flush();
    const metrics = await read();
    const busy =
      metrics.total("holdpoint_queue_depth", { queue: "due" }) +
      metrics.total("holdpoint_queue_depth", { queue: "running" });
    quiet = busy === 0 ? quiet + 1 : 0;
    await sleep(50);
  }
}

async function readMetrics(url: string): Promise<Metrics> {
  const answer = await fetch(`${url}/metrics`);
  const samples = (await answer.text()).split("\n").flatMap((line) => {
    const [, name, labels = "", value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, labels, value: Number(value) }];
  });
  return {
    total: (name, labels = {}) =>
      samples
        .filter((sample) => sample.name === name)
        .filter((sample) => Object.entries(labels).every(([key, value]) => sample.labels.includes(`${key}="${value}"`)))
        .reduce((sum, { value }) => sum + value, 0),
  };
}

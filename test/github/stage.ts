/** A small organisation on the simulated GitHub, and our side of it. */
import { generateKeyPairSync } from "node:crypto";
import { pino } from "pino";
import type { CheckRunDraft } from "../../src/core/report/check-run.ts";
import type { PullRequestSubject } from "../../src/core/subject.ts";
import { createGithub } from "../../src/github/github.ts";
import type { GithubSettings, RequestRecord } from "../../src/github/settings.ts";
import { startSandbox } from "../../src/sandbox/main.ts";
import type { AppPermissions } from "../../src/sandbox/state/apps.ts";

export const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

export const policyText = "version: 1\n";

/** What the App is given where it is to merge, too. */
export const mergingPermissions: AppPermissions = {
  checks: "write",
  contents: "write",
  issues: "write",
  members: "read",
  metadata: "read",
  pull_requests: "write",
};

export async function aStage(settings: Partial<GithubSettings> = {}, permissions?: AppPermissions) {
  const sandbox = await startSandbox();
  const acme = sandbox.createOrganisation("acme", { olga: "admin", maria: "member", bob: "member", sam: "member" });
  acme.basePermission = "write";
  const api = sandbox.createRepository(acme, "api", {
    files: {
      "README.md": "# api\n",
      ".github/checkpoints.yml": policyText,
      "src/list.ts": "export const list = [];\n",
    },
    labels: ["bug", "urgent"],
  });
  const security = sandbox.createTeam(acme, "Security", ["sam"], { repositories: [[api, "write"]] });
  const installation = sandbox.installApp(acme, {
    appId: 4242,
    name: "Holdpoint",
    publicKey,
    ...(permissions === undefined ? {} : { permissions }),
    webhookSecret: "it is a long secret, thirty-two characters",
    hookUrl: "http://127.0.0.1:9/hook",
  });
  const requests: RequestRecord[] = [];
  const sleeps: number[] = [];
  const surroundings = {
    log: pino({ level: "silent" }),
    clock: { now: () => new Date() },
    sleep: async (ms: number) => void sleeps.push(ms),
    random: () => 0.5,
  };
  const onRequest = (request: RequestRecord) => void requests.push(request);
  const aProcess = () =>
    createGithub({ appId: 4242, privateKey, apiUrl: sandbox.url, onRequest, ...settings }, surroundings);
  const subject = (number: number): PullRequestSubject => ({
    kind: "pull_request",
    installationId: installation.id,
    repositoryId: api.id,
    owner: "acme",
    name: "api",
    number,
  });
  return {
    sandbox,
    acme,
    api,
    security,
    installation,
    github: aProcess(),
    anotherProcess: aProcess,
    requests,
    sleeps,
    subject,
    in: { installationId: installation.id, repositoryId: api.id, owner: "acme", name: "api" },
    /** What was asked of GitHub since the last time, the token left out. */
    asked: () => {
      const routes = requests.map(({ route }) => route).filter((route) => !route.endsWith("/access_tokens"));
      requests.length = 0;
      return routes;
    },
    async [Symbol.asyncDispose]() {
      await sandbox.stop();
    },
  };
}

export const noHints = { teams: [], organizations: [] };

export function aDraft(of: Partial<CheckRunDraft> & { headSha: string }): CheckRunDraft {
  return {
    name: "holdpoint: main",
    externalId: "1/1/main",
    status: "completed",
    conclusion: "failure",
    title: "Held",
    summary: "It waits for a peer.",
    text: "",
    annotations: [],
    actions: [],
    detailsUrl: null,
    ...of,
  };
}

export const annotationsNumbered = (count: number, from = 1) =>
  Array.from({ length: count }, (_, i) => ({
    path: "README.md",
    startLine: from + i,
    endLine: from + i,
    level: "warning" as const,
    title: `Finding ${from + i}`,
    message: "Look here.",
  }));

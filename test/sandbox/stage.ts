/** A small organisation on a fresh simulated GitHub, an App installed there, and a server that hears its webhooks. */
import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { Octokit } from "@octokit/rest";
import { type SandboxOptions, startSandbox } from "../../src/sandbox/main.ts";
import type { AppPermissions } from "../../src/sandbox/state/apps.ts";

export const SECRET = "it is a long secret, thirty-two characters";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

// biome-ignore lint/suspicious/noExplicitAny: answers are read by the test that knows their shape
export type Loose = any;

export interface Heard {
  event: string;
  action: string | undefined;
  headers: IncomingHttpHeaders;
  raw: string;
  payload: Loose;
}

export async function aStage(options: SandboxOptions = {}, permissions?: AppPermissions) {
  const receiver = await startReceiver();
  const github = await startSandbox(options);
  const acme = github.createOrganisation("acme", { olga: "admin", maria: "member", bob: "member", sam: "member" });
  const api = github.createRepository(acme, "api", {
    files: { "README.md": "# api\n", "src/login.ts": lines(20, "line"), "src/list.ts": lines(30, "item") },
    labels: ["bug"],
  });
  acme.basePermission = "write";
  const security = github.createTeam(acme, "Security team", ["sam"], { repositories: [[api, "write"]] });
  const installation = github.installApp(acme, {
    appId: 4242,
    name: "Gatekeeper",
    publicKey,
    ...(permissions === undefined ? {} : { permissions }),
    webhookSecret: SECRET,
    hookUrl: receiver.url,
  });
  await github.webhooks.flush();
  receiver.heard.length = 0;
  const asApp = new Octokit({ baseUrl: github.url, auth: aJwt(privateKey), log: quiet });
  const { data } = await asApp.rest.apps.createInstallationAccessToken({ installation_id: installation.id });
  const octokit = new Octokit({ baseUrl: github.url, auth: data.token, log: quiet });
  github.requests.clear();
  return {
    github,
    acme,
    api,
    security,
    installation,
    receiver,
    heard: receiver.heard,
    asApp,
    octokit,
    token: data.token,
    /** A client that bears another token. */
    octokitFor: (token: string) => new Octokit({ baseUrl: github.url, auth: token, log: quiet }),
    at: { owner: "acme", repo: "api" },
    async graphql(query: string, variables: Record<string, unknown> = {}) {
      const answer = await fetch(`${github.url}/graphql`, {
        method: "POST",
        headers: { authorization: `bearer ${data.token}`, "content-type": "application/json" },
        body: JSON.stringify({ query, variables }),
      });
      return (await answer.json()) as { data: Loose; errors?: Loose[] };
    },
    async [Symbol.asyncDispose]() {
      await github.stop();
      await receiver.stop();
    },
  };
}

export function lines(count: number, word: string): string {
  return Array.from({ length: count }, (_, index) => `${word} ${index + 1}\n`).join("");
}

export function aJwt(key: KeyObject = privateKey, claims: Record<string, unknown> = {}): string {
  const now = Math.floor(Date.now() / 1_000);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const head = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iat: now - 60, exp: now + 540, iss: 4242, ...claims })}`;
  return `${head}.${sign("RSA-SHA256", Buffer.from(head), key).toString("base64url")}`;
}

export function signatureOf(raw: string): string {
  return `sha256=${createHmac("sha256", SECRET).update(raw).digest("hex")}`;
}

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

async function startReceiver() {
  const heard: Heard[] = [];
  const state = { status: 202 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString("utf8");
      const payload = JSON.parse(raw);
      heard.push({
        event: String(request.headers["x-github-event"]),
        action: payload.action,
        headers: request.headers,
        raw,
        payload,
      });
      response.writeHead(state.status).end("heard");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    heard,
    state,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

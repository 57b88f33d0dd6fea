import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { type Environment, readSettings, type Settings } from "../src/settings.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
});
const secret = "0123456789abcdef0123456789abcdef";
const good: Environment = { APP_ID: "7", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: secret };

function settingsOf(env: Environment): Settings {
  const reading = readSettings(env);
  if (reading.kind === "invalid") throw new Error(reading.problems.join("\n"));
  return reading.settings;
}

function problemsOf(env: Environment): string[] {
  const reading = readSettings(env);
  return reading.kind === "invalid" ? reading.problems : [];
}

it("three values are enough", () => {
  expect(settingsOf(good)).toEqual({
    appId: 7,
    privateKey: privateKey.trim(),
    webhookSecrets: [secret],
    apiUrl: "https://api.github.com",
    graphqlUrl: "https://api.github.com/graphql",
    serverUrl: "https://github.com",
    databaseUrl: undefined,
    dataDir: "./data",
    port: 3000,
    host: undefined,
    publicUrl: null,
    oidcIssuer: "https://token.actions.githubusercontent.com",
    logLevel: "info",
    concurrency: 64,
    channels: {
      secrets: [],
      smtp: null,
      pagerdutyUrl: "https://events.pagerduty.com/v2/enqueue",
      allowsLoopback: false,
    },
  });
});

it.each([
  {
    name: "GitHub Enterprise Server",
    api: "https://ghe.acme.test/api/v3/",
    graphql: "https://ghe.acme.test/api/graphql",
  },
  { name: "any other address", api: "http://127.0.0.1:4000", graphql: "http://127.0.0.1:4000/graphql" },
])("the GraphQL address of $name is derived", ({ api, graphql }) => {
  expect(settingsOf({ ...good, GITHUB_API_URL: api }).graphqlUrl).toBe(graphql);
});

it.each([
  { env: { GITHUB_API_URL: "https://ghe.acme.test/api/v3" }, issuer: "https://ghe.acme.test/_services/token" },
  { env: { GITHUB_API_URL: "https://api.acme.ghe.com" }, issuer: "https://token.actions.acme.ghe.com" },
  { env: { OIDC_ISSUER: "https://tokens.acme.test/" }, issuer: "https://tokens.acme.test" },
])("$env → tokens of workflows are issued by $issuer", ({ env, issuer }) => {
  expect(settingsOf({ ...good, ...env }).oidcIssuer).toBe(issuer);
});

it("the web address of GitHub Enterprise Server is derived", () => {
  expect(settingsOf({ ...good, GITHUB_API_URL: "https://ghe.acme.test/api/v3" }).serverUrl).toBe(
    "https://ghe.acme.test",
  );
});

it("two secrets are valid while one is being rotated", () => {
  const other = "f".repeat(32);
  expect(settingsOf({ ...good, WEBHOOK_SECRET: `${secret}, ${other}` }).webhookSecrets).toEqual([secret, other]);
});

const folder = mkdtempSync(join(tmpdir(), "holdpoint-settings-"));
writeFileSync(join(folder, "key.pem"), privateKey);
afterAll(() => rmSync(folder, { recursive: true }));
it.each([
  { name: "as it is", env: { PRIVATE_KEY: privateKey } },
  { name: "with line breaks spelled out", env: { PRIVATE_KEY: privateKey.trim().replaceAll("\n", "\\n") } },
  { name: "as base64", env: { PRIVATE_KEY: Buffer.from(privateKey).toString("base64") } },
  { name: "from a file", env: { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: join(folder, "key.pem") } },
])("the private key is taken $name", ({ env }) => {
  expect(settingsOf({ ...good, ...env }).privateKey.trim()).toBe(privateKey.trim());
});

it.each<{ name: string; env: Environment; says: string }>([
  { name: "no App id", env: { APP_ID: undefined }, says: "APP_ID is missing" },
  { name: "an empty App id", env: { APP_ID: " " }, says: "APP_ID is missing" },
  { name: "an App id in words", env: { APP_ID: "holdpoint" }, says: "APP_ID is not a number" },
  { name: "no key", env: { PRIVATE_KEY: undefined }, says: "PRIVATE_KEY or PRIVATE_KEY_PATH is missing" },
  { name: "a key that does not parse", env: { PRIVATE_KEY: "soon" }, says: "PRIVATE_KEY is not a private key" },
  {
    name: "a key file that is not there",
    env: { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: join(folder, "none.pem") },
    says: "PRIVATE_KEY_PATH names a file that could not be read (ENOENT)",
  },
  { name: "no secret", env: { WEBHOOK_SECRET: undefined }, says: "openssl rand -hex 32" },
  { name: "a secret of 31 characters", env: { WEBHOOK_SECRET: "s".repeat(31) }, says: "openssl rand -hex 32" },
  {
    name: "a short secret beside a long one",
    env: { WEBHOOK_SECRET: `${secret},development` },
    says: "WEBHOOK_SECRET is shorter than 32 characters",
  },
  { name: "an API address that is none", env: { GITHUB_API_URL: "github" }, says: "GITHUB_API_URL is not an http" },
  {
    name: "an API address of another kind",
    env: { GITHUB_API_URL: "file:///etc" },
    says: "GITHUB_API_URL is not an http",
  },
  { name: "another database", env: { DATABASE_URL: "mysql://x" }, says: "DATABASE_URL is not a PostgreSQL address" },
  { name: "a port above 65535", env: { PORT: "65536" }, says: "PORT is not a port number" },
  { name: "an unknown log level", env: { LOG_LEVEL: "loud" }, says: "LOG_LEVEL is none of" },
])("$name is refused with what to do", ({ env, says }) => {
  expect(problemsOf({ ...good, ...env })).toEqual([expect.stringContaining(says)]);
});

it("all mistakes are told at once, and none quotes a secret", () => {
  const problems = problemsOf({ WEBHOOK_SECRET: "hunter2", PRIVATE_KEY: "-----BEGIN hunter2" });
  expect(problems).toHaveLength(3);
  expect(problems.join()).not.toContain("hunter2");
});

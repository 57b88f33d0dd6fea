/** The operator's settings: the environment in, checked values or every problem at once out. */

import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { type ChannelSettings, readChannelSettings } from "./core/notifications/channel-settings.ts";

export interface Settings {
  appId: number;
  /** PEM, with real line breaks. */
  privateKey: string;
  /** All that are valid now: two while one is being rotated. */
  webhookSecrets: string[];
  /** Without a trailing slash. */
  apiUrl: string;
  graphqlUrl: string;
  serverUrl: string;
  databaseUrl: string | undefined;
  dataDir: string;
  port: number;
  host: string | undefined;
  publicUrl: string | null;
  /** Who issues the tokens of workflows; without a trailing slash. */
  oidcIssuer: string;
  logLevel: (typeof logLevels)[number];
  /** Pull requests judged at the same time by this process. */
  concurrency: number;
  channels: ChannelSettings;
}

/** @returns the settings, or one sentence per mistake, each saying what to do. */
export type SettingsReading = { kind: "read"; settings: Settings } | { kind: "invalid"; problems: string[] };

export type Environment = Readonly<Record<string, string | undefined>>;

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const secretLengthMin = 32;
const secretHint =
  "make one with `openssl rand -hex 32` and set the same value in the GitHub App's webhook settings and in WEBHOOK_SECRET";

const httpUrl = z
  .url({ protocol: /^https?$/, error: "is not an http or https address" })
  .transform((url) => url.replace(/\/+$/, ""));

const schema = z.object({
  APP_ID: z
    .string({ error: "is missing: set it to the number that the App's settings page shows as App ID" })
    .regex(/^[1-9]\d{0,15}$/, "is not a number: set it to what the App's settings page shows as App ID")
    .transform(Number),
  WEBHOOK_SECRET: z
    .string({ error: `is missing: ${secretHint}` })
    .transform((text) => text.split(",").map((secret) => secret.trim()))
    .refine((secrets) => secrets.every((secret) => secret.length >= secretLengthMin), {
      error: `is shorter than ${secretLengthMin} characters: ${secretHint}`,
    }),
  GITHUB_API_URL: httpUrl.default("https://api.github.com"),
  GITHUB_GRAPHQL_URL: httpUrl.optional(),
  GITHUB_SERVER_URL: httpUrl.optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "is not a PostgreSQL address such as postgres://user:password@host/database")
    .optional(),
  DATA_DIR: z.string().default("./data"),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, "is not a port number")
    .default("3000")
    .transform(Number)
    .refine((port) => port <= 65_535, "is not a port number"),
  HOST: z.string().optional(),
  PUBLIC_URL: httpUrl.optional(),
  OIDC_ISSUER: httpUrl.optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `is none of ${logLevels.join(", ")}` }).default("info"),
  HOLDPOINT_CONCURRENCY: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, "is not a number from 1 to 999")
    .default("64")
    .transform(Number),
});

/** Reads and checks everything; an empty variable counts as one that is not set. */
export function readSettings(env: Environment): SettingsReading {
  const parsed = schema.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim())));
  const key = readPrivateKey(env);
  const channels = readChannelSettings(env);
  const problems = [
    ...(parsed.error?.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`) ?? []),
    ...(key.kind === "invalid" ? [key.problem] : []),
    ...channels.problems,
  ];
  if (!parsed.success || key.kind === "invalid" || channels.problems.length > 0) return { kind: "invalid", problems };
  const value = parsed.data;
  return {
    kind: "read",
    settings: {
      appId: value.APP_ID,
      privateKey: key.pem,
      webhookSecrets: value.WEBHOOK_SECRET,
      apiUrl: value.GITHUB_API_URL,
      graphqlUrl: value.GITHUB_GRAPHQL_URL ?? graphqlUrlOf(value.GITHUB_API_URL),
      serverUrl: value.GITHUB_SERVER_URL ?? serverUrlOf(value.GITHUB_API_URL),
      databaseUrl: value.DATABASE_URL,
      dataDir: value.DATA_DIR,
      port: value.PORT,
      host: value.HOST,
      publicUrl: value.PUBLIC_URL ?? null,
      oidcIssuer: value.OIDC_ISSUER ?? oidcIssuerOf(value.GITHUB_API_URL),
      logLevel: value.LOG_LEVEL,
      concurrency: value.HOLDPOINT_CONCURRENCY,
      channels: channels.settings,
    },
  };
}

/** GitHub Enterprise Server answers REST under `/api/v3` and GraphQL under `/api/graphql`. */
function graphqlUrlOf(apiUrl: string): string {
  return apiUrl.endsWith("/api/v3") ? `${apiUrl.slice(0, -"/v3".length)}/graphql` : `${apiUrl}/graphql`;
}

function serverUrlOf(apiUrl: string): string {
  if (apiUrl === "https://api.github.com") return "https://github.com";
  return apiUrl.endsWith("/api/v3") ? apiUrl.slice(0, -"/api/v3".length) : apiUrl;
}

/** @see https://docs.github.com/enterprise-server@latest/actions/reference/security/oidc */
function oidcIssuerOf(apiUrl: string): string {
  const { hostname } = new URL(apiUrl);
  if (hostname === "api.github.com") return "https://token.actions.githubusercontent.com";
  if (/^api\.[\w-]{1,63}\.ghe\.com$/.test(hostname)) return `https://token.actions.${hostname.slice("api.".length)}`;
  return `${serverUrlOf(apiUrl)}/_services/token`;
}

type KeyReading = { kind: "read"; pem: string } | { kind: "invalid"; problem: string };

const keyHint = "download one from the App's settings page under Private keys";

function readPrivateKey(env: Environment): KeyReading {
  const path = env.PRIVATE_KEY_PATH?.trim();
  const inline = env.PRIVATE_KEY?.trim();
  if (inline) return checkKey(inline, "PRIVATE_KEY");
  if (!path) {
    return { kind: "invalid", problem: `PRIVATE_KEY or PRIVATE_KEY_PATH is missing: ${keyHint}` };
  }
  try {
    return checkKey(readFileSync(path, "utf8"), "PRIVATE_KEY_PATH");
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    return { kind: "invalid", problem: `PRIVATE_KEY_PATH names a file that could not be read (${why})` };
  }
}

/** Many deployment tools cannot hold line breaks: `\n` spelled out and base64 of the whole file are understood too. */
function checkKey(text: string, name: string): KeyReading {
  const unescaped = text.replaceAll("\\n", "\n").trim();
  const pem = unescaped.startsWith("-----BEGIN") ? unescaped : Buffer.from(unescaped, "base64").toString("utf8");
  try {
    const type = createPrivateKey(pem).asymmetricKeyType;
    if (type === "rsa") return { kind: "read", pem };
    return { kind: "invalid", problem: `${name} is a key of type ${type}, and GitHub Apps have RSA keys: ${keyHint}` };
  } catch {
    // The reason is not passed on: messages of the parser may quote parts of the key.
    return { kind: "invalid", problem: `${name} is not a private key in PEM form: ${keyHint}` };
  }
}

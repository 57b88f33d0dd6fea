/** Finds secrets in text, in memory. Values never leave this folder but to be cut out or fingerprinted. */

import { createHash } from "node:crypto";
import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";
import { isSamplePassword, saysExample } from "./placeholder.ts";
import { privateKeyType, tokenFormats } from "./token-formats.ts";

export interface Secret {
  /** What kind of secret, for people, e.g. `GitHub token`. */
  type: string;
  value: string;
  /** Offset in the text scanned. */
  start: number;
  end: number;
  /** `example`: it has the form of one and reads as made up; `public`: issued to be seen, an id rather than a
   * secret, or a password of samples. */
  grade: "issued" | "example" | "public";
}

const preset = "@secretlint/secretlint-rule-preset-recommend";

/**
 * By form alone, with secretlint's recommended rules and {@link tokenFormats}.
 *
 * @param text any text; comments that switch secretlint off have no effect
 * @returns in the order of the text, none within another
 */
export async function scanForSecrets(text: string): Promise<Secret[]> {
  return withoutOverlaps([...(await scanWithSecretlint(text)), ...scanForFormats(text)]);
}

async function scanWithSecretlint(text: string): Promise<Secret[]> {
  const result = await lintSource({
    source: {
      // The preset honours `secretlint-disable` comments: an author's word may not hide a secret. Same length, so offsets stay.
      content: text.replaceAll(/secretlint-(?=disable|enable)/gi, "secretlint_"),
      filePath: "changed-lines.txt",
      ext: ".txt",
      contentType: "text",
    },
    options: {
      config: { rules: [{ id: preset, rule: creator, options: {} }] },
      noPhysicFilePath: true,
      maskSecrets: false,
    },
  });
  return result.messages.map(({ range: [from, to], messageId, ruleId }) => {
    const name = ruleId.replace(/^.*secretlint-rule-/, "");
    const [start, end] =
      messageId === "AWSSecretAccessKey" ? awsKeyFrom(text, from, to) : credentialsOf(text, from, to);
    const type = typeNames[messageId] ?? serviceNames[name] ?? `${name} secret`;
    return graded({ type, value: text.slice(start, end), start, end }, text.slice(from, to));
  });
}

/** Secretlint's rule tells where the name of the key begins, with the length of the key. */
function awsKeyFrom(text: string, from: number, to: number): [number, number] {
  const named = /^["']?\w{13,25}["']?\s*(?::|=>|=)\s*["']?/.exec(text.slice(from, from + 500));
  const start = from + (named?.[0].length ?? 0);
  return [start, start + to - from];
}

function scanForFormats(text: string): Secret[] {
  const found: Secret[] = [];
  for (const { type, pattern, has } of tokenFormats) {
    if (has !== undefined && !text.includes(has)) continue;
    for (const match of text.matchAll(pattern)) {
      const whole = match[0];
      let value = match.groups?.secret ?? whole;
      const start = match.index + (value === whole ? 0 : whole.lastIndexOf(value));
      if (type === privateKeyType) {
        value = value.split("-----END", 1)[0] ?? "";
        // A program that names the first line of a key holds none.
        if (!/[A-Za-z0-9+/]{40}/.test(value)) continue;
      }
      found.push(graded({ type, value, start, end: start + value.length }, value));
    }
  }
  return found;
}

/** Of an address only what stands before the host is secret. */
function credentialsOf(text: string, start: number, end: number): [number, number] {
  const value = text.slice(start, end);
  const scheme = value.indexOf("://");
  if (scheme === -1) return [start, end];
  const path = value.slice(scheme + 3).search(/[/?]/);
  const host = value.lastIndexOf("@", path === -1 ? undefined : scheme + 3 + path);
  return host > scheme ? [start + scheme + 3, start + host] : [start, end];
}

/** Services that make tokens to be seen by everybody, or that are no secret alone. */
const publicTypes = new Set(["AWS account id", "Google API key"]);

/** Hosts that nobody can reach from outside, or that are set aside for examples. @see https://www.rfc-editor.org/rfc/rfc2606 */
const exampleHost =
  /@(localhost|127\.0\.0\.1|0\.0\.0\.0|\[?::1\]?|[\w-]{1,63}|[\w.-]{1,200}\.(localhost|test|example|invalid)|([\w-]{1,63}\.){0,5}example\.(com|org|net))(:\d{1,5})?(?=[/?\s"'`)]|$)/i;

function graded(secret: Omit<Secret, "grade">, whole: string): Secret {
  const { type, value } = secret;
  if (publicTypes.has(type) || wellKnown.some((known) => value.startsWith(known)))
    return { ...secret, grade: "public" };
  const isAddress = whole.includes("://");
  if (isAddress && isSamplePassword(value)) return { ...secret, grade: "public" };
  const isSample = isAddress && exampleHost.test(whole);
  const isExample = isSample || (type === privateKeyType ? value.length < 90 : saysExample(value));
  return { ...secret, grade: isExample ? "example" : "issued" };
}

/** Keys that emulators have by their documentation. @see https://learn.microsoft.com/azure/storage/common/storage-connect-azurite */
const wellKnown = ["Eby8vdM02xNOcqFlqUwJ"];

/** The longest of those that overlap. */
function withoutOverlaps(secrets: Secret[]): Secret[] {
  const kept: Secret[] = [];
  for (const secret of secrets.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last === undefined || secret.start >= last.end) kept.push(secret);
    else if (secret.end > last.end) kept[kept.length - 1] = { ...last, end: secret.end, value: joined(last, secret) };
  }
  return kept;
}

function joined(first: Secret, second: Secret): string {
  return first.value + second.value.slice(first.end - second.start);
}

const typeNames: Record<string, string> = {
  GITHUB_TOKEN: "GitHub token",
  SLACK_TOKEN: "Slack token",
  IncomingWebhook: "Slack webhook address",
  PrivateKey: privateKeyType,
  AWSSecretAccessKey: "AWS secret access key",
  AWSAccessKeyID: "AWS access key id",
  AWSAccountID: "AWS account id",
  PostgreSQLConnection: "PostgreSQL address with a password",
  MySQLConnection: "MySQL address with a password",
  MongoDBConnection: "MongoDB address with a password",
  BasicAuth: "address with a password",
};

const serviceNames: Record<string, string> = {
  "1password": "1Password token",
  anthropic: "Anthropic key",
  cloudflare: "Cloudflare token",
  databricks: "Databricks token",
  docker: "Docker token",
  figma: "Figma token",
  gitlab: "GitLab token",
  grafana: "Grafana token",
  groq: "Groq key",
  "hashicorp-vault": "Vault token",
  huggingface: "Hugging Face token",
  linear: "Linear key",
  notion: "Notion token",
  npm: "npm token",
  openai: "OpenAI key",
  sendgrid: "SendGrid key",
  shopify: "Shopify token",
  stripe: "Stripe key",
  tailscale: "Tailscale key",
  vercel: "Vercel token",
};

/** Eight hexadecimal digits that tell two secrets apart and give neither away. */
export function fingerprintOf(value: string): string {
  return createHash("sha256").update(value).digest("hex").slice(0, 8);
}

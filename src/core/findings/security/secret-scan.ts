/** Finds secrets in text with secretlint's recommended rules, in memory. Values never leave this file but to be cut out or fingerprinted. */

import { createHash } from "node:crypto";
import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";

export interface Secret {
  /** What kind of secret, for people, e.g. `GitHub Token`. */
  type: string;
  value: string;
  /** Offset in the text scanned. */
  start: number;
  end: number;
}

const preset = "@secretlint/secretlint-rule-preset-recommend";

/** @param text any text; comments that switch secretlint off have no effect */
export async function scanForSecrets(text: string): Promise<Secret[]> {
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
  return result.messages.map(({ range: [start, end], messageId, ruleId }) => ({
    type: typeNames[messageId] ?? `${ruleId.replace(/^.*secretlint-rule-/, "")} secret`,
    value: text.slice(start, end),
    start,
    end,
  }));
}

const typeNames: Record<string, string> = {
  GITHUB_TOKEN: "GitHub token",
  SLACK_TOKEN: "Slack token",
  IncomingWebhook: "Slack webhook address",
  PrivateKey: "private key",
  AWSSecretAccessKey: "AWS secret access key",
  AWSAccessKeyID: "AWS access key id",
  AWSAccountID: "AWS account id",
  PostgreSQLConnection: "PostgreSQL address with a password",
  MySQLConnection: "MySQL address with a password",
  MongoDBConnection: "MongoDB address with a password",
};

/** Eight hexadecimal digits that tell two secrets apart and give neither away. */
export function fingerprintOf(value: string): string {
  return createHash("sha256").update(value).digest("hex").slice(0, 8);
}

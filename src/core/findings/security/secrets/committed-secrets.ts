import { defineDetector, type Observation } from "../../detector.ts";
import type { Place } from "./added-batches.ts";
import {
  isExampleFile,
  isOnlyPossible,
  isOwnCode,
  observeAssigned,
  observeKnown,
  withoutDoubles,
} from "./observe-secret.ts";
import type { Secret } from "./secret-scan.ts";
import { secretsOfChange } from "./secrets-of-change.ts";

/** Reports secrets on added lines (C2). The value is in no part of a finding. */
export const committedSecrets = defineDetector({
  id: "committed_secrets",
  class: "security",
  title: "committed secrets",
  why: "What was pushed once is public to everybody who can read the repository, and stays in its history.",
  rules: {
    secret_added: {
      title: "a secret was added",
      why: "Whoever can read the repository can use it, now and later.",
      fix: "Revoke it where it was issued, then take it out of the history.",
      looksAt:
        "Added lines, for credentials in the form that their issuers give them: tokens, private keys, addresses with a password. In tests, documentation and examples the same is `likely`, and what reads as made up is weaker by one step. The finding holds the type and a fingerprint, never the value; equal fingerprints are the same secret.",
      example: { language: "yaml", diff: ' database:\n+  url: "postgres://app:<the password>@db.acme.dev/app"' },
    },
    secret_assigned: {
      title: "a generated password or key was written into the code",
      why: "Whoever can read the repository can use it, and it cannot be changed without changing the code.",
      fix: "Read it from the environment or a secret store, and replace the one that was pushed.",
      looksAt:
        "Added lines that give a value to a name such as `password`, `api_key` or `client_secret`, where the value reads as generated. Look-ups, templates, placeholders, words, tests, documentation, examples, generated and lock files are left alone.",
      example: { language: "yaml", diff: '+api_key: "<32 random letters and digits>"' },
    },
  },
  detect: async ({ files }) => {
    const { known, assigned } = await secretsOfChange(files);
    const observations = [
      ...known.flatMap(({ place, secret }) => ofKnownForm(place, secret)),
      ...assigned
        .filter(({ place, secret }) => secret.look === "random" && isOwnCode(place.file))
        .map(({ place, secret }) => observeAssigned("secret_assigned", "likely", place, secret)),
    ];
    return { observations: withoutDoubles(observations) };
  },
});

function ofKnownForm(place: Place, secret: Secret): Observation[] {
  const isExample = isExampleFile(place.file);
  if (isOnlyPossible(secret, isExample)) return [];
  // Whether a web token still opens anything, and whose an access key's id is, the form does not say.
  const isSure = secret.grade === "issued" && secret.type !== "web token (JWT)" && secret.type !== "AWS access key id";
  return [observeKnown("secret_added", isSure && !isExample ? "proven" : "likely", place, secret)];
}

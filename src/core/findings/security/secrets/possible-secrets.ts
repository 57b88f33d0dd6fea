import { defineDetector, namesOf, type Observation, type ReadFile } from "../../detector.ts";
import {
  isExampleFile,
  isOnlyPossible,
  isOwnCode,
  observeAssigned,
  observeKnown,
  withoutDoubles,
} from "./observe-secret.ts";
import { secretsOfChange } from "./secrets-of-change.ts";

/** Reports what may be a secret and as often is none (C2). The value is in no part of a finding. */
export const possibleSecrets = defineDetector({
  id: "possible_secrets",
  class: "security",
  title: "what may be a secret",
  why: "What was pushed once stays in the history of everybody's copy, so a look before merging is worth it.",
  rules: {
    secret_like_added: {
      title: "something in the form of a secret was added",
      why: "It reads as an example or is issued to be seen; a real one looks much the same.",
      fix: "If it is one, revoke it where it was issued and read it from the environment; if not, name it by what it is.",
      looksAt:
        "Credentials that say themselves that they are examples, in tests, documentation and examples; web tokens there; account ids; and keys that their issuers mean for web pages.",
    },
    password_assigned: {
      title: "a password may have been written into the code",
      why: "A password that people chose is tried first by those who want in, and whoever reads the repository has it.",
      fix: "Read it from the environment or a secret store.",
      looksAt:
        "Added lines that give a quoted value of letters, digits and signs to a name such as `password`. Tests, documentation, examples and placeholders are left alone.",
      example: { language: "javascript", diff: '+const dbPassword = "<a word with digits and signs>";' },
    },
    key_file_added: {
      title: "a file that holds keys was added",
      why: "A key store or private key in the repository is in everybody's copy of it.",
      fix: "Keep it in a secret store, and replace the keys if they were real.",
      looksAt: "Names only: key stores, private keys of SSH and PGP, and `.env` files that are no template (`hint`).",
    },
  },
  detect: async ({ files }) => {
    const { known, assigned } = await secretsOfChange(files);
    const observations = [
      ...known
        .filter(({ place, secret }) => isOnlyPossible(secret, isExampleFile(place.file)))
        .map(({ place, secret }) => observeKnown("secret_like_added", "hint", place, secret)),
      ...assigned
        .filter(({ place, secret }) => secret.look === "chosen" && isOwnCode(place.file))
        .map(({ place, secret }) => observeAssigned("password_assigned", "hint", place, secret)),
      ...files.flatMap(keyFile),
    ];
    return { observations: withoutDoubles(observations) };
  },
});

const keyStore = /(^|\/)(id_(rsa|dsa|ecdsa|ed25519)|secring\.gpg)$|\.(p12|pfx|jks|keystore|bks|kdbx|ppk|p8)$/i;
const environment = /(^|\/)\.env(\.(local|prod|production|staging))?$/i;

function keyFile(file: ReadFile): Observation[] {
  const { path, status } = file;
  const isNewHere = status === "added" || status === "copied";
  const isRenamedTo = status === "renamed" && namesOf(file).some((name) => !keyStore.test(name));
  if (keyStore.test(path) && (isNewHere || isRenamedTo)) {
    const strength = isExampleFile(file) ? "hint" : "likely";
    return [{ rule: "key_file_added", strength, what: `\`${path}\` is a file that holds keys`, path }];
  }
  if (!environment.test(path) || !isNewHere || isExampleFile(file)) return [];
  return [{ rule: "key_file_added", strength: "hint", what: `\`${path}\` usually holds secrets`, path }];
}

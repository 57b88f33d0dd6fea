import { matchesAny } from "../../policy/patterns.ts";
import { type ClassificationOptions, defineDetector, namesOf, type Observation, type ReadFile } from "../detector.ts";
import { isDocumentation, isFixture, isSource, isTest } from "../file-role.ts";
import { pathWords } from "../path-words.ts";

/** Words that name security itself; a whole word of the path must be one of them. */
const strongWords = new Set(
  `auth authn authz authentication authenticator authorization authorisation authenticate authorize authorise login logon signin
  session sessions oauth oauth2 oidc openid saml sso jwt jwks jws jwe crypto cryptography encryption encrypt decrypt cipher ciphers
  permission permissions rbac abac acl acls csrf xsrf cors csp password passwords passwd passphrase credential credentials secret secrets
  token tokens keyring keystore keychain mfa totp otp 2fa webauthn passkey passkeys sudo impersonation impersonate`.split(
    /\s+/,
  ),
);

/** Words that go with security as often as not. */
const weakWords = new Set(
  `security secure account accounts admin role roles sanitize sanitizer sanitise escape certificate certificates cert certs tls ssl x509
  signature signatures signing hash hashing hmac privilege privileges payment payments billing webhook webhooks deserialize
  deserialization upload uploads firewall identity identities trust tenant`.split(/\s+/),
);

/** Beside these, a token is a piece of text or a colour. */
const notSecretTokens = new Set(
  `lexer lexers lex parser parsers parse tokenizer tokenizers tokenize tokeniser syntax ast grammar compiler compile scanner design
  theme themes style styles css color colors markdown sql highlight highlighter editor`.split(/\s+/),
);

/** Reports changed files whose path says that they guard something (C2). */
export const sensitivePaths = defineDetector({
  id: "sensitive_paths",
  class: "security",
  title: "security-sensitive files",
  why: "A fault in what guards a system is a hole in it.",
  rules: {
    sensitive_path_configured: {
      title: "a file changed that the policy names security-sensitive",
      why: "The repository's own policy lists it under `classification.security.paths`.",
      fix: "Let somebody of the security team read the lines in question.",
      looksAt: "Files that match `classification.security.paths`.",
    },
    sensitive_path_changed: {
      title: "a file changed whose path names a security concern",
      why: "Authentication, permissions, sessions, cryptography and secrets deserve a second pair of eyes.",
      looksAt:
        "Words of the path of source files such as `auth`, `session` or `crypto`. A path alone is a weak sign: one in four such changes has to do with security. Files named under `classification.security.paths` are another rule.",
      fix: "Let somebody read it who knows that part; the policy's `ignore` takes paths out that only sound like it.",
    },
    sensitive_path_touched: {
      title: "a file changed whose path may have to do with security",
      why: "One weak sign; it counts beside others.",
      fix: "Nothing to mend. `classification.security.ignore` takes paths out that only sound like it.",
      looksAt:
        "Words in paths that go with security as often as not, such as `account`, `admin` or `payment`, and the plain ones in the paths of files that are no source.",
    },
  },
  detect: ({ files, options }) => ({
    observations: files.flatMap((file) => {
      const found = observe(file, options);
      return found === null ? [] : [found];
    }),
  }),
});

function observe(file: ReadFile, options: ClassificationOptions): Observation | null {
  const configured = options?.security?.paths;
  for (const path of namesOf(file)) {
    if (configured !== undefined && matchesAny(configured, path)) {
      return {
        rule: "sensitive_path_configured",
        strength: "proven",
        what: `\`${path}\` is security-sensitive by the policy`,
        ...place(file),
      };
    }
  }
  if (file.leftOut === "vendored" || file.leftOut === "binary file" || file.leftOut === "lock file") return null;
  let weaker: Observation | null = null;
  for (const path of namesOf(file)) {
    const met = judgePath(path);
    if (met === null) continue;
    const observation = {
      rule: met.namesIt ? "sensitive_path_changed" : "sensitive_path_touched",
      // A path alone is right one time in four, so it informs and counts beside other signs, and asks nobody.
      strength: "hint" as const,
      what: `the path of \`${path}\` says \`${met.word}\``,
      ...place(file),
    };
    if (met.namesIt) return observation;
    weaker ??= observation;
  }
  return weaker;
}

/** The strongest word of a path, and whether it names security itself in source; tests and prose guard nothing. */
function judgePath(path: string): { word: string; namesIt: boolean } | null {
  if (isTest(path) || isDocumentation(path)) return null;
  const words = pathWords(path);
  const isLexical = [...words].some((word) => notSecretTokens.has(word));
  const strong = [...words].find((word) => strongWords.has(word) && !(isLexical && word.startsWith("token")));
  if (strong !== undefined) return { word: strong, namesIt: isSource(path) && !isFixture(path) };
  const weak = [...words].find((word) => weakWords.has(word));
  return weak !== undefined && isSource(path) ? { word: weak, namesIt: false } : null;
}

function place(file: ReadFile): Pick<Observation, "path" | "line" | "side"> {
  const side = file.status === "removed" ? "base" : "head";
  const first = file.lines.find(({ kind }) => kind === (side === "base" ? "removed" : "added"));
  return { path: file.path, line: first?.line ?? null, side };
}

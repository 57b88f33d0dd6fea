/** Rules about what makes a secret hard to guess. */

import { type CodeRule, wordOf } from "../code-rule.ts";
import type { Fact } from "../facts.ts";
import { secretName } from "./about-secret.ts";

const guessable: Readonly<Record<string, RegExp>> = {
  javascript: /\bMath\.random\(/,
  python: /\brandom\.(?:choices?|randint|random|randrange|getrandbits|sample|uniform)\(/,
  java: /\bnew Random\(|\bMath\.random\(|\bThreadLocalRandom\./,
  csharp: /\bnew (?:System\.)?Random\(|\bRandom\.Shared\./,
  php: /\b(?:rand|mt_rand|uniqid|lcg_value)\(/,
};

export const weakRandomUsed: CodeRule = {
  id: "weak_random_used",
  when: "appears",
  strength: "likely",
  near: /\brandom\.|Math\.random|new Random|ThreadLocalRandom|Random\.Shared|\b(?:mt_)?rand\(|uniqid|lcg_value/i,
  rule: {
    title: "a secret is made of guessable numbers",
    why: "After a few numbers of an ordinary generator the next ones can be computed, and with them the secret.",
    fix: "Use the operating system's generator: `crypto.randomBytes`, `secrets`, `SecureRandom`, `random_bytes`.",
    looksAt:
      "Ordinary random numbers that are given to a name, or made in a function, that speaks of tokens, passwords, salts or the like.",
    example: { language: "ts", diff: "+const resetToken = Math.random().toString(36);" },
  },
  says: (fact) =>
    `\`${fact.kind === "pair" ? fact.name : (fact.within.split(".").at(-1) ?? "")}\` is made of guessable numbers`,
  patterns: [
    ...Object.entries(guessable).map(([family, source]): CodeRule["patterns"][number] => ({
      on: "pair",
      in: [family as "javascript"],
      name: secretName,
      test: ({ value }) => value !== null && value.kind !== "function" && source.test(value.source),
    })),
    ...Object.entries(guessable).map(([family, source]): CodeRule["patterns"][number] => ({
      on: "call",
      in: [family as "javascript"],
      name: /(?:^|\.)(?:random|choices?|randint|randrange|getrandbits|Random|rand|mt_rand|uniqid)$/,
      test: (fact) =>
        source.test(fact.source) &&
        /(?:generate|create|make|new|build)_?\w{0,20}(?:token(?!i)|secret|passw|nonce|otp|salt|session_?id)/i.test(
          fact.within.split(".").at(-1) ?? "",
        ),
    })),
  ],
};

const costName =
  /(?:salt_?rounds|(?:bcrypt|hash|argon2?|scrypt)_?(?:cost|rounds|iterations)|(?:pbkdf2|kdf|key|hash|password)_?iterations|work_?factor|(?:min(?:imum)?_?password|password_?min(?:imum)?)_?length)$/i;
const costCall =
  /(?:^|\.)(?:bcrypt\.(?:hash|hashSync|genSalt|genSaltSync|gensalt|GenerateFromPassword)|pbkdf2|pbkdf2Sync|pbkdf2_hmac|pbkdf2\.Key|BCryptPasswordEncoder|Rfc2898DeriveBytes|HashPassword)$/;

function costOf(fact: Fact): { of: string; rank: number } | null {
  const numbers =
    fact.kind === "pair" ? [wordOf(fact.value)] : fact.args.filter(({ kind }) => kind === "number").map(wordOf);
  const rank = Number(numbers[0]?.replaceAll("_", ""));
  return Number.isFinite(rank) ? { of: fact.name, rank } : null;
}

export const keyDerivationWeakened: CodeRule = {
  id: "key_derivation_weakened",
  when: "falls",
  strength: "proven",
  near: /salt_?rounds|bcrypt|argon2|scrypt|pbkdf2|iterations|work_?factor|Rfc2898|HashPassword|password_?min|min(?:imum)?_?password|hash_?rounds/i,
  rule: {
    title: "guessing passwords was made cheaper",
    why: "The number of rounds, or the shortest password allowed, is what makes each guess expensive; less of it helps only who guesses.",
    fix: "Keep the number, or raise it; see OWASP's Password Storage Cheat Sheet.",
    example: { language: "ts", diff: "-const saltRounds = 12;\n+const saltRounds = 4;" },
  },
  says: (fact) => `\`${fact.name}\` is lower than before`,
  rank: costOf,
  patterns: [
    { on: "pair", name: costName, value: /^[\d_]{1,12}$/ },
    { on: "pair", name: /^iterations$/i, owner: /pbkdf|kdf|passw|hash|derive/i, value: /^[\d_]{1,12}$/ },
    { on: "call", name: costCall, test: (fact) => costOf(fact) !== null },
  ],
};

const weakWords = /\b(?:md4|md5|sha-?1|hmacsha1|des|3des|rc4|none|[\w-]{1,20}-ecb)\b/i;
const strongWords =
  /\b(?:sha-?(?:224|256|384|512)|sha3|blake[23]\w?|argon2\w{0,2}|bcrypt|scrypt|aes[\w-]{0,12}|chacha20[\w-]{0,12}|[HREP]S(?:256|384|512)|EdDSA)\b/i;

/** 1 for an algorithm that holds, 0 for one that does not. */
function algorithmOf(fact: Fact): { of: string; rank: number } | null {
  const word =
    fact.kind === "pair" ? wordOf(fact.value) : (fact.args.find(({ kind }) => kind === "text")?.literal ?? "");
  if (weakWords.test(word)) return { of: fact.name, rank: 0 };
  return strongWords.test(word) ? { of: fact.name, rank: 1 } : null;
}

export const algorithmDowngraded: CodeRule = {
  id: "algorithm_downgraded",
  when: "falls",
  strength: "proven",
  near: /\bmd[45]\b|sha-?1\b|\brc4\b|\b3?des\b|alg\w{0,8}\W{1,6}none\b|-ecb\b/i,
  rule: {
    title: "an algorithm was replaced by a broken one",
    why: "What was safe before can now be forged or read.",
    fix: "Keep the algorithm; where the other side asks for the old one, let that be an exception of its own.",
    example: { language: "ts", diff: '-createHmac("sha256", key)\n+createHmac("md5", key)' },
  },
  says: (fact) =>
    `\`${fact.name}\` now uses \`${(fact.kind === "pair" ? wordOf(fact.value) : (fact.args.find(({ kind }) => kind === "text")?.literal ?? "")).slice(0, 40)}\``,
  rank: algorithmOf,
  patterns: [
    {
      on: "call",
      name: /(?:^|\.)(?:createHash|createHmac|createCipheriv|createSign|getInstance|hash|hash_hmac|hashlib\.new|Cipher\.new|openssl_encrypt)$/,
      test: (fact) => algorithmOf(fact) !== null,
    },
    {
      on: "pair",
      name: /(?:^|[._])(?:alg|algorithms?|digest|digestmod|cipher|hash_?(?:alg|algorithm|function|type)?|signature_?method)$/i,
      test: (fact) => algorithmOf(fact) !== null,
    },
  ],
};

export const fixedValueInCipher: CodeRule = {
  id: "cipher_value_fixed",
  when: "appears",
  strength: "likely",
  near: /createCipheriv|pbkdf2|scrypt|argon2|\b(?:iv|salt)\W{1,5}\S|initialization_?vector/i,
  rule: {
    title: "an initialisation vector or salt is a constant",
    why: "Its worth is that it differs each time: a constant one makes equal texts look equal, and lets prepared tables be used.",
    fix: "Make a random one each time, and store it beside the result.",
    example: { language: "ts", diff: '+const iv = Buffer.from("0123456789abcdef");' },
  },
  says: (fact) => `a constant stands where \`${fact.name}\` needs a random value`,
  patterns: [
    { on: "call", in: ["javascript"], name: /(?:^|\.)createCipheriv$/, test: ({ args }) => isFixed(args[2]?.source) },
    {
      on: "call",
      in: ["javascript"],
      name: /(?:^|\.)(?:pbkdf2|scrypt)(?:Sync)?$/,
      test: ({ args }) => isFixed(args[1]?.source),
    },
    {
      on: "call",
      in: ["python"],
      name: /(?:^|\.)(?:pbkdf2_hmac|scrypt)$/,
      test: ({ args }) => args.some(({ source }, at) => at === 2 && isFixed(source)),
    },
    {
      on: "call",
      in: ["go"],
      name: /^(?:pbkdf2\.Key|scrypt\.Key|argon2\.IDKey)$/,
      test: ({ args }) => isFixed(args[1]?.source),
    },
    {
      on: "pair",
      name: /^(?:iv|IV|salt|SALT|initialization_?vector)$/i,
      test: (fact) =>
        isFixed(fact.value?.source) &&
        /crypt|cipher|passw|derive|pbkdf|scrypt|hash/i.test(`${fact.within} ${fact.owner}`),
    },
  ],
};

function isFixed(source: string | undefined): boolean {
  return (
    source !== undefined &&
    /^(?:Buffer\.from\(|\[\]byte\(|b)?["'][^"'${}]{4,100}["'](?:, ?["'](?:hex|utf-?8|base64)["'])?\)?$|^Buffer\.alloc\(\d{1,3}(?:, ?0)?\)$/.test(
      source,
    )
  );
}

/** Rules about algorithms and keys. */

import { type CodeRule, wordOf } from "../code-rule.ts";
import type { Fact } from "../facts.ts";
import { isAboutSecret } from "./about-secret.ts";

const weakDigests = /^["'`]?(?:md4|md5|sha-?1|rsa-md5|rsa-sha1)\b/i;

function digestPatterns(
  extra: { test: (fact: Fact) => boolean } | Record<string, never>,
  strength: "likely" | "hint",
): CodeRule["patterns"] {
  return [
    { on: "call", in: ["javascript"], name: /(?:^|\.)createHash$/, args: weakDigests, strength, ...extra },
    {
      on: "call",
      in: ["python"],
      name: /^hashlib\.(?:md5|sha1)$/,
      unless: /usedforsecurity\s?=\s?False/,
      strength,
      ...extra,
    },
    {
      on: "call",
      in: ["python"],
      name: /^hashlib\.new$/,
      args: weakDigests,
      unless: /usedforsecurity\s?=\s?False/,
      strength,
      ...extra,
    },
    { on: "call", in: ["go"], name: /^(?:md5|sha1)\.(?:New|Sum)$/, strength, ...extra },
    { on: "call", in: ["java"], name: /(?:^|\.)MessageDigest\.getInstance$/, args: weakDigests, strength, ...extra },
    { on: "call", in: ["java"], name: /(?:^|\.)DigestUtils\.(?:md5|sha1)\w{0,20}$/, strength, ...extra },
    { on: "call", in: ["csharp"], name: /(?:^|\.)(?:MD5|SHA1)\.(?:Create|HashData)$/, strength, ...extra },
    { on: "call", in: ["ruby"], name: /(?:^|\.)Digest\.(?:MD5|SHA1)\.\w{1,30}$/, strength, ...extra },
    { on: "call", in: ["php"], name: /^(?:md5|sha1)$/, strength, ...extra },
    { on: "call", in: ["php"], name: /^hash$/, args: weakDigests, strength, ...extra },
    { on: "call", in: ["rust"], name: /(?:^|\.)(?:Md5|Sha1)\.(?:new|digest)$/, strength, ...extra },
  ];
}

export const weakHashUsed: CodeRule = {
  id: "weak_hash_used",
  when: "appears",
  strength: "hint",
  near: /\bmd[45]|sha-?1\b|md5|\bsha1/i,
  rule: {
    title: "a broken hash function is used",
    why: "Two texts with the same MD5 or SHA-1 can be made, and passwords behind them are tried by the billion.",
    fix: "Use SHA-256 for fingerprints, and a slow function (Argon2, scrypt, bcrypt) for passwords.",
    looksAt:
      "Calls of MD5 and SHA-1. Where the names around speak of passwords, tokens or signatures it asks; elsewhere it is a hint, since checksums of caches do no harm.",
    example: { language: "py", diff: "+password_digest = hashlib.md5(password.encode()).hexdigest()" },
  },
  says: (fact) => `a broken hash function is used: \`${fact.name}\``,
  patterns: [...digestPatterns({ test: isAboutSecret }, "likely"), ...digestPatterns({}, "hint")],
};

const weakCiphers = /^["'`]?(?:(?:3?des|desede|rc[24]|arcfour|blowfish|bf)\b|(?!rsa)[\w-]{1,30}[-/]ecb\b)/i;

export const weakCipherUsed: CodeRule = {
  id: "weak_cipher_used",
  when: "appears",
  strength: "likely",
  near: /createC(?:iph)|createDeciph|\bDES3?\.|ARC[24]|RC[24]|ECB\b|Blowfish|TripleDES|Cipher\.(?:getInstance|new)|des\.New|DESede|CryptoServiceProvider|openssl_(?:en|de)crypt/i,
  rule: {
    title: "a broken cipher or mode is used",
    why: "DES, RC4 and their like can be broken, and ECB shows which parts of a text are alike.",
    fix: "Use AES-GCM or ChaCha20-Poly1305.",
    example: { language: "ts", diff: '+const cipher = createCipheriv("aes-256-ecb", key, null);' },
  },
  says: (fact) => `a broken cipher or mode is used: \`${fact.kind === "pair" ? wordOf(fact.value) : fact.name}\``,
  patterns: [
    { on: "call", in: ["javascript"], name: /(?:^|\.)createCipher(?:iv)?$/, args: weakCiphers, strength: "proven" },
    { on: "call", in: ["javascript"], name: /(?:^|\.)createDecipher(?:iv)?$/, args: weakCiphers },
    { on: "call", in: ["python"], name: /(?:^|\.)(?:DES|DES3|ARC4|ARC2|Blowfish)\.new$/ },
    { on: "call", in: ["python"], name: /(?:^|\.)(?:modes\.ECB|algorithms\.(?:TripleDES|ARC4|Blowfish))$/ },
    { on: "call", in: ["python"], name: /(?:^|\.)AES\.new$/, args: /MODE_ECB/ },
    { on: "call", in: ["go"], name: /^(?:des\.New(?:TripleDES)?Cipher|rc4\.NewCipher)$/ },
    { on: "call", in: ["java"], name: /(?:^|\.)Cipher\.getInstance$/, args: weakCiphers },
    {
      on: "call",
      in: ["csharp"],
      name: /(?:^|\.)(?:DES|TripleDES|RC2)\.Create$|CryptoServiceProvider$/,
      args: /^$/,
      unless: /RNG|RSA|Aes|SHA|MD5|DSA|HMAC/,
    },
    { on: "pair", in: ["csharp"], name: /(?:^|\.)Mode$/, value: /CipherMode\.ECB$/ },
    { on: "call", in: ["ruby"], name: /(?:^|\.)OpenSSL\.Cipher\.new$/, args: weakCiphers },
    { on: "call", in: ["php"], name: /^openssl_(?:en|de)crypt$/, args: /, ["'](?:des|rc[24]|bf|[\w-]{1,30}-ecb)\b/i },
  ],
};

export const weakKeyMade: CodeRule = {
  id: "weak_key_made",
  when: "appears",
  strength: "proven",
  near: /modulusLength|key_size|RSA\.(?:generate|Create|new)|GenerateKey|\.initialize\(|RSACrypto|private_key_bits|RsaPrivateKey/i,
  rule: {
    title: "an RSA key is too short",
    why: "RSA keys below 2048 bits are within reach of those who can pay for it (NIST SP 800-131A).",
    fix: "Make keys of 3072 bits, or use Ed25519.",
    example: { language: "go", diff: "+key, err := rsa.GenerateKey(rand.Reader, 1024)" },
  },
  says: (fact) => `an RSA key is too short: \`${fact.name}\``,
  patterns: [
    { on: "pair", in: ["javascript"], name: /(?:^|\.)modulusLength$/, value: /^(?:512|768|1024)$/ },
    { on: "pair", in: ["python"], name: /^key_size$/, owner: /rsa/i, value: /^(?:512|768|1024)$/ },
    { on: "call", in: ["python"], name: /(?:^|\.)RSA\.generate$/, args: /^(?:512|768|1024)\b/ },
    { on: "call", in: ["go"], name: /^rsa\.GenerateKey$/, args: /, (?:512|768|1024)$/ },
    { on: "call", in: ["java"], name: /(?:key|kpg|rsa|gen)\w{0,30}\.initialize$/i, args: /^(?:512|768|1024)\b/ },
    {
      on: "call",
      in: ["csharp"],
      name: /(?:^|\.)(?:RSA\.Create|RSACryptoServiceProvider)$/,
      args: /^(?:512|768|1024)$/,
    },
    { on: "call", in: ["ruby"], name: /PKey\.RSA\.(?:new|generate)$/, args: /^(?:512|768|1024)$/ },
    { on: "pair", in: ["php"], name: /^private_key_bits$/, value: /^(?:512|768|1024)$/ },
    { on: "call", in: ["rust"], name: /(?:^|\.)RsaPrivateKey\.new$/, args: /, (?:512|768|1024)$/ },
  ],
};

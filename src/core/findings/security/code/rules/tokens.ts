/** Rules about signed tokens. */

import { argsOf, type CodeRule, wordOf } from "../code-rule.ts";

export const tokenVerificationOff: CodeRule = {
  id: "token_verification_off",
  when: "appears",
  strength: "proven",
  near: /verify_signature|ignoreExpiration|ParseUnverified|MethodNone|NoneSignature|\bnone\b|Algorithm\.none|parseUnsecured|parsePlaintext|Validate(?:Issuer|Audience|Lifetime)|RequireSigned|RequireExpiration|nil, false|disable_signature|validate_exp|jwt\.decode/i,
  rule: {
    title: "signed tokens are taken without checking them",
    why: "Whoever sends a token then decides who they are.",
    fix: "Verify the signature with the algorithm you issue, and the expiry with it.",
    looksAt: "Options and calls of JWT libraries. The signature alone is `proven`; expiry, issuer and audience ask.",
    example: {
      language: "py",
      diff: '-jwt.decode(token, key, algorithms=["HS256"])\n+jwt.decode(token, options={"verify_signature": False})',
    },
  },
  says: (fact) =>
    `tokens are taken unchecked: \`${fact.kind === "pair" ? `${fact.name}: ${wordOf(fact.value).slice(0, 40)}` : fact.name}\``,
  patterns: [
    { on: "pair", in: ["python", "javascript"], name: /^verify_signature$/, value: /^[Ff]alse$/ },
    { on: "pair", in: ["python"], name: /^verify$/, owner: /jwt\.decode$/i, value: /^False$/ },
    {
      on: "pair",
      in: ["javascript", "python", "php", "ruby"],
      name: /^(?:algorithms?|alg)$/,
      value: /^\[?\s?["']?none["']?\s?[\],]?$/i,
      test: (fact) => /jwt|token|sign|verify|jose|decode/i.test(`${fact.owner} ${fact.within}`),
    },
    { on: "pair", in: ["javascript"], name: /^ignoreExpiration$/, value: /^true$/, strength: "likely" },
    { on: "call", in: ["go"], name: /(?:^|\.)ParseUnverified$/, strength: "likely" },
    { on: "call", in: ["go"], test: (fact) => /UnsafeAllowNoneSignatureType|SigningMethodNone\b/.test(argsOf(fact)) },
    {
      on: "call",
      in: ["java"],
      name: /(?:^|\.)(?:Algorithm\.none|parseUnsecuredClaims|parsePlaintextJwt)$/,
      strength: "likely",
    },
    { on: "pair", in: ["csharp"], name: /(?:^|\.)(?:ValidateIssuerSigningKey|RequireSignedTokens)$/, value: /^false$/ },
    {
      on: "pair",
      in: ["csharp"],
      name: /(?:^|\.)(?:ValidateIssuer|ValidateAudience|ValidateLifetime|RequireExpirationTime)$/,
      value: /^false$/,
      strength: "likely",
    },
    { on: "call", in: ["ruby"], name: /^JWT\.decode$/, args: /^[^,]{1,80}, nil, false/ },
    { on: "call", in: ["rust"], name: /(?:^|\.)insecure_disable_signature_validation$/ },
    { on: "pair", in: ["rust"], name: /(?:^|\.)validate_exp$/, value: /^false$/, strength: "likely" },
  ],
};

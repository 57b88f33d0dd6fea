/** Rules about who is at the other end of a connection. */

import { argsOf, type CodeRule, wordOf } from "../code-rule.ts";

const http =
  /(?:^|\.|_)(?:requests?|session|sess|httpx|https?|client|asyncclient|get|post|put|patch|delete|head|request|send|stream|connector|guzzle|curl|faraday|conn|connection)(?:\(\))?(?:$|\.)/i;
const trustsAll = /=>\s{0,9}(?:\{\s{0,9}return\s{1,9})?true|return true|DangerousAcceptAnyServerCertificateValidator/;

export const tlsVerificationOff: CodeRule = {
  id: "tls_verification_off",
  when: "appears",
  strength: "proven",
  near: /rejectUnauthorized|strictSSL|checkServerIdentity|NODE_TLS_REJECT|verify\W{1,8}false|verify_(?:mode|ssl|certs|peer)|ssl_verify|CERT_NONE|unverified|check_hostname|validate_certs|SkipVerify|danger_accept|set_verify|HostnameVerifier|trustManager|TrustMaterial|ValidationCallback|withoutVerifying|SSL_VERIFY|allow_self_signed/i,
  rule: {
    title: "certificates are no longer checked",
    why: "Anybody on the way can pretend to be the other side, and read and change what is sent.",
    fix: "Trust the certificate authority that signed the other side's certificate instead of trusting everybody.",
    looksAt:
      "Options and callbacks of HTTP and TLS clients that are set to a constant. A value that comes from the configuration is left alone.",
    example: {
      language: "ts",
      diff: "-const agent = new Agent({ ca });\n+const agent = new Agent({ rejectUnauthorized: false });",
    },
  },
  says: (fact) =>
    `certificates are not checked: \`${fact.kind === "pair" ? short(fact.name, wordOf(fact.value)) : lastOf(fact.name)}\``,
  // Not by the variable in front: `context.verify_mode` that becomes `ctx.verify_mode` is the same switch.
  key: (fact) => `${lastOf(fact.name)} ${fact.kind === "pair" ? wordOf(fact.value) : ""}`,
  patterns: [
    { on: "pair", in: ["javascript"], name: /(?:^|\.)(?:rejectUnauthorized|strictSSL)$/, value: /^false$/ },
    { on: "pair", in: ["javascript"], name: /\bNODE_TLS_REJECT_UNAUTHORIZED$/, value: /^(?:0|false)$/ },
    {
      on: "pair",
      in: ["javascript"],
      name: /(?:^|\.)checkServerIdentity$/,
      value: /=>\s{0,9}(?:undefined|null|void 0|\{\s{0,9}\})$|\{\s{0,9}return(?: undefined| null)?;?\s{0,9}\}$/,
    },
    {
      on: "pair",
      in: ["python"],
      name: /^verify$/,
      owner: http,
      value: /^False$/,
      test: (fact) => !/jwt/i.test(fact.owner),
    },
    { on: "pair", in: ["python"], name: /(?:session|client)\.verify$/i, value: /^False$/ },
    {
      on: "pair",
      in: ["python"],
      name: /(?:^|\.)(?:verify_ssl|ssl_verify|verify_certs|validate_certs|check_hostname)$/,
      value: /^False$/,
    },
    { on: "pair", in: ["python"], name: /(?:^|\.)(?:verify_mode|cert_reqs)$/, value: /\bCERT_NONE$/ },
    { on: "call", in: ["python"], name: /(?:^|\.)_create_unverified_context$/ },
    { on: "pair", in: ["python"], name: /_create_default_https_context$/, value: /unverified/ },
    { on: "pair", in: ["go"], name: /(?:^|\.)InsecureSkipVerify$/, value: /^true$/ },
    { on: "call", in: ["rust"], name: /\bdanger_accept_invalid_(?:certs|hostnames)$/, args: /^true$/ },
    { on: "call", in: ["rust"], name: /(?:^|\.)set_verify$/, args: /SslVerifyMode::NONE/ },
    {
      on: "call",
      in: ["java"],
      name: /(?:^|\.)(?:setSSL|ssl|setDefault|set)?[hH]ostnameVerifier$/,
      args: /->\s{0,9}true$|NoopHostnameVerifier|ALLOW_ALL/,
    },
    {
      on: "call",
      in: ["java"],
      name: /(?:^|\.)(?:trustManager|loadTrustMaterial)$/,
      args: /InsecureTrustManagerFactory|TrustAllStrategy|->\s{0,9}true$/,
    },
    { on: "pair", in: ["csharp"], name: /(?:^|\.)\w{0,30}Certificate\w{0,30}ValidationCallback$/, value: trustsAll },
    { on: "pair", in: ["ruby"], name: /(?:^|\.)verify_mode$/, value: /VERIFY_NONE$/ },
    { on: "pair", in: ["ruby"], name: /^(?:verify_ssl|ssl_verify)$/, value: /^false$/ },
    { on: "pair", in: ["ruby"], name: /^verify$/, owner: http, value: /^false$/ },
    { on: "call", in: ["php"], name: /^curl_setopt$/, args: /CURLOPT_SSL_VERIFY(?:PEER|HOST), (?:false|0)$/i },
    {
      on: "pair",
      in: ["php"],
      name: /^(?:CURLOPT_SSL_VERIFY(?:PEER|HOST)|verify_peer|verify_peer_name)$/,
      value: /^(?:false|0)$/i,
    },
    { on: "pair", in: ["php"], name: /^allow_self_signed$/, value: /^true$/i },
    { on: "pair", in: ["php"], name: /^verify$/, owner: http, value: /^false$/i },
    { on: "call", in: ["php"], name: /(?:^|\.)withoutVerifying$/ },
  ],
};

function lastOf(name: string): string {
  return name.split(".").at(-1) ?? name;
}

function short(name: string, value: string): string {
  return value.length > 20 ? name : `${name}: ${value}`;
}

export const oldTlsAllowed: CodeRule = {
  id: "tls_version_lowered",
  when: "appears",
  strength: "likely",
  near: /TLSv?1(?:[._]?[01])?\b|VersionTLS1|SSLv?[23]|SSLv23|PROTOCOL_TLS|SecurityProtocol|SslProtocols|SSLContext/i,
  rule: {
    title: "an old version of TLS is allowed",
    why: "TLS 1.0, 1.1 and SSL have known weaknesses; browsers and the authors of the standard (RFC 8996) gave them up.",
    fix: "Ask for TLS 1.2 or newer.",
    example: { language: "go", diff: "-MinVersion: tls.VersionTLS12,\n+MinVersion: tls.VersionTLS10," },
  },
  says: (fact) => `an old version of TLS is allowed: \`${wordOf(fact.value) || argsOf(fact)}\``,
  patterns: [
    { on: "pair", in: ["go"], name: /(?:^|\.)(?:MinVersion|MaxVersion)$/, value: /\bVersion(?:TLS10|TLS11|SSL30)$/ },
    {
      on: "pair",
      in: ["javascript"],
      name: /(?:^|\.)(?:minVersion|maxVersion|secureProtocol)$/,
      value: /^(?:TLSv1(?:\.1)?|SSLv3|TLSv1(?:_1)?_method|SSLv3_method)$/,
    },
    { on: "call", in: ["python"], name: /(?:^|\.)SSLContext$/, args: /PROTOCOL_(?:TLSv1|TLSv1_1|SSLv3|SSLv2)$/ },
    {
      on: "pair",
      in: ["python"],
      name: /(?:^|\.)(?:minimum_version|ssl_version)$/,
      value: /\b(?:TLSv1(?:_1)?|SSLv3|PROTOCOL_TLSv1(?:_1)?|PROTOCOL_SSLv3)$/,
    },
    {
      on: "pair",
      in: ["csharp"],
      name: /(?:^|\.)(?:SecurityProtocol|SslProtocols|EnabledSslProtocols)$/,
      value: /\b(?:Ssl2|Ssl3|Tls|Tls11)\b/,
    },
    {
      on: "pair",
      in: ["ruby"],
      name: /(?:^|\.)(?:ssl_version|min_version)$/,
      value: /(?:TLSv1(?:_1)?|SSLv3|TLS1(?:_1)?_VERSION|SSL3_VERSION)$/,
    },
    { on: "call", in: ["java"], name: /(?:^|\.)SSLContext\.getInstance$/, args: /^"(?:SSL|SSLv3|TLSv1|TLSv1\.1)"$/ },
  ],
};

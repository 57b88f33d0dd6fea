/** Rules about what a browser is told: cookies, origins, content policy and markup. */

import { argsOf, type CodeRule, wordOf } from "../code-rule.ts";
import type { Fact } from "../facts.ts";
import { isVaried } from "./varied.ts";

const isCookie = ({ owner, around, within }: Fact) => /cookie|session/i.test(`${owner} ${around} ${within}`);
/** A script has to read this one: that is how it works. */
const isForScripts = ({ owner, around, within }: Fact) => /csrf|xsrf/i.test(`${owner} ${around} ${within}`);

export const cookieFlagOff: CodeRule = {
  id: "cookie_flag_off",
  when: "appears",
  strength: "likely",
  near: /http_?only|secure\W{1,8}false|COOKIE_SECURE|setSecure|SecurePolicy/i,
  rule: {
    title: "a cookie lost its protection",
    why: "Without `HttpOnly` any script on the page reads it, without `Secure` anybody on the way.",
    fix: "Leave the flags on; where development needs plain HTTP, ask for the environment there.",
    looksAt:
      "Flags set to a constant `false`. Cookies against request forgery, which scripts have to read, are left alone.",
    example: {
      language: "ts",
      diff: '-res.cookie("sid", id, { httpOnly: true });\n+res.cookie("sid", id, { httpOnly: false });',
    },
  },
  says: (fact) => `a cookie is sent without protection: \`${fact.name.split(".").at(-1) ?? ""}\``,
  patterns: [
    { on: "pair", name: /(?:^|\.)(?:httponly|http_only)$/i, value: /^false$/i, test: (fact) => !isForScripts(fact) },
    { on: "pair", name: /(?:^|\.)secure$/i, value: /^false$/i, test: (fact) => isCookie(fact) },
    {
      on: "pair",
      in: ["python"],
      name: /^(?:SESSION_COOKIE_(?:SECURE|HTTPONLY)|CSRF_COOKIE_SECURE|REMEMBER_COOKIE_(?:SECURE|HTTPONLY))$/,
      value: /^False$/,
    },
    { on: "call", in: ["java"], name: /cookie\w{0,20}\.set(?:HttpOnly|Secure)$/i, args: /^false$/ },
    { on: "call", in: ["java", "rust"], name: /cookie.{0,80}\.(?:httpOnly|secure|http_only)$/i, args: /^false$/ },
    { on: "pair", in: ["csharp"], name: /(?:^|\.)SecurePolicy$/, value: /CookieSecurePolicy\.None$/ },
  ],
};

export const cookieFlagRemoved: CodeRule = {
  id: "cookie_flag_removed",
  when: "disappears",
  strength: "likely",
  needsOwner: true,
  near: /http_?only|secure\W{1,8}true|same_?site|COOKIE_SECURE/i,
  rule: {
    title: "a flag that protected a cookie was removed",
    why: "Without `HttpOnly` any script on the page reads the cookie, without `Secure` anybody on the way, without `SameSite` other sites send it.",
    fix: "Keep the flag, or say where it is set now.",
    example: {
      language: "ts",
      diff: '-res.cookie("sid", id, { httpOnly: true, secure: true });\n+res.cookie("sid", id, { secure: true });',
    },
  },
  says: (fact) => `\`${fact.name}\` was removed from a cookie`,
  patterns: [
    { on: "pair", name: /^(?:httponly|http_only|secure)$/i, value: /^true$/i, test: (fact) => isCookie(fact) },
    {
      on: "pair",
      name: /^(?:samesite|same_site)$/i,
      value: /^(?:lax|strict|:lax|:strict|SameSiteMode\.(?:Lax|Strict)|http\.SameSite(?:Lax|Strict)Mode)$/i,
      strength: "hint",
    },
    {
      on: "pair",
      in: ["python"],
      name: /^(?:SESSION_COOKIE_(?:SECURE|HTTPONLY)|CSRF_COOKIE_SECURE)$/,
      value: /^True$/,
    },
  ],
};

const anyOrigin = /^\[?\s?["']\*["']\s?\]?$|^\*$/;

export const originsWidened: CodeRule = {
  id: "origins_widened",
  when: "appears",
  strength: "likely",
  near: /\borigins?\b|allow\w{0,12}origin|CrossOrigin|cors/i,
  rule: {
    title: "every web site may now call this",
    why: "A page that a user opens elsewhere can then read answers meant for them; with credentials, in their name.",
    fix: "Name the origins that need it.",
    looksAt: "CORS options that are set to `*` or to a constant `true`. Together with credentials it is `proven`.",
    example: {
      language: "ts",
      diff: '-app.use(cors({ origin: "https://app.example.com" }));\n+app.use(cors({ origin: true, credentials: true }));',
    },
  },
  says: (fact) =>
    `every origin is allowed: \`${fact.kind === "pair" ? `${fact.name}: ${wordOf(fact.value).slice(0, 30)}` : fact.name}\``,
  patterns: [
    {
      on: "call",
      in: ["javascript"],
      name: /cors$/i,
      args: /\borigin:\s?(?:true|["']\*["']|\/\.\*\/)/,
      test: (fact) => /\bcredentials:\s?true\b/.test(argsOf(fact)),
      strength: "proven",
    },
    { on: "call", in: ["javascript"], name: /cors$/i, args: /\borigin:\s?(?:true|["']\*["']|\/\.\*\/)/ },
    {
      on: "call",
      in: ["javascript"],
      name: /\.(?:setHeader|header|set|append)$/,
      args: /^["']access-control-allow-origin["'], ["']\*["']/i,
    },
    {
      on: "call",
      in: ["python"],
      args: /allow_origins=\[["']\*["']\]/,
      test: (fact) => /allow_credentials=True/.test(argsOf(fact)),
      strength: "proven",
    },
    { on: "call", in: ["python"], args: /allow_origins=\[["']\*["']\]/ },
    { on: "pair", in: ["python"], name: /^CORS_(?:ORIGIN_ALLOW_ALL|ALLOW_ALL_ORIGINS)$/, value: /^True$/ },
    { on: "pair", in: ["go"], name: /(?:^|\.)AllowAllOrigins$/, value: /^true$/ },
    { on: "pair", in: ["go"], name: /(?:^|\.)Allow(?:ed)?Origins$/, value: /^\[\]string\{\s?"\*"\s?\}$/ },
    { on: "mark", in: ["java"], name: /^CrossOrigin$/, args: /^$|"\*"/ },
    {
      on: "call",
      in: ["java"],
      name: /(?:^|\.)(?:allowedOrigin(?:Pattern)?s|addAllowedOrigin(?:Pattern)?|setAllowedOrigin(?:Pattern)?s)$/,
      args: /"\*"/,
    },
    { on: "call", in: ["csharp"], name: /(?:^|\.)AllowAnyOrigin$/ },
    { on: "call", in: ["csharp"], name: /(?:^|\.)SetIsOriginAllowed$/, args: /=>\s?true$/, strength: "proven" },
    { on: "call", in: ["ruby"], name: /^origins$/, args: anyOrigin },
    { on: "pair", in: ["php"], name: /^allowed_origins$/, value: /^\[\s?['"]\*['"]\s?\]$/ },
    { on: "call", in: ["php"], name: /^header$/, args: /^["']access-control-allow-origin:\s?\*/i },
  ],
};

export const contentPolicyWeakened: CodeRule = {
  id: "content_policy_weakened",
  when: "appears",
  strength: "likely",
  near: /unsafe-(?:inline|eval)|contentSecurityPolicy\W{1,4}false|frameguard|xssFilter|noSniff|hsts\W{1,4}false/i,
  rule: {
    title: "the content security policy was weakened",
    why: "The policy is the second wall behind escaping: with `unsafe-inline` or `unsafe-eval` injected scripts run again.",
    fix: "Allow the one script by nonce or hash.",
    example: { language: "ts", diff: "-\"script-src 'self'\"\n+\"script-src 'self' 'unsafe-inline'\"" },
  },
  says: (fact) =>
    `the content security policy was weakened: \`${fact.kind === "pair" ? `${fact.name}: false` : (/unsafe-(?:inline|eval)/.exec(wordOf(fact.value))?.[0] ?? "")}\``,
  patterns: [
    {
      on: "text",
      value: /^[^;]{0,200}\bstyle-src\b[^;]{0,200}unsafe-inline[^;]{0,200};?$|^(?!.{0,280}script).{0,280}\bstyle/,
      test: (fact) => /unsafe-inline/.test(wordOf(fact.value)),
      strength: "hint",
    },
    { on: "text", value: /unsafe-(?:inline|eval)/, test: ({ owner }) => /style/i.test(owner), strength: "hint" },
    { on: "text", value: /'unsafe-(?:inline|eval)'|^unsafe-(?:inline|eval)$/ },
    {
      on: "pair",
      in: ["javascript"],
      name: /^(?:contentSecurityPolicy|frameguard|xssFilter|noSniff|hsts)$/,
      owner: /helmet/i,
      value: /^false$/,
    },
  ],
};

const isMadeSafe = /sanitiz|sanitis|purify|escape|encode|highlight|katex|mermaid|\bt\(/i;

export const rawMarkupInserted: CodeRule = {
  id: "raw_markup_inserted",
  when: "appears",
  strength: "likely",
  near: /innerHTML|outerHTML|insertAdjacentHTML|document\.write|bypassSecurityTrust|mark_safe|\bMarkup\(|SafeString|html_safe|\braw[( ]|template\.(?:HTML|JS|URL)|Html\.Raw|MarkupString|HtmlString|PreEscaped/i,
  rule: {
    title: "text is put into a page as markup",
    why: "Where any part of it comes from a person, that person can run scripts in the browser of everybody who looks.",
    fix: "Set text instead of markup, or clean it with a sanitiser first.",
    looksAt: "Values that are not constants and that no function named like a sanitiser was applied to.",
    example: { language: "tsx", diff: "-<p>{comment}</p>\n+<p dangerouslySetInnerHTML={{ __html: comment }} />" },
  },
  says: (fact) => `text is put into a page as markup: \`${fact.name}\``,
  key: (fact) => `${fact.name} ${fact.kind === "pair" ? wordOf(fact.value) : argsOf(fact)}`,
  patterns: [
    {
      on: "pair",
      in: ["javascript"],
      name: /^dangerouslySetInnerHTML$/,
      unless: isMadeSafe,
      test: ({ source }) => !/__html:\s?["'`][^$]{0,200}["'`]\s?\}/.test(source),
    },
    {
      on: "pair",
      in: ["javascript"],
      name: /\.(?:innerHTML|outerHTML)$/,
      value: /svg|icon|logo|\.innerHTML\b/i,
      unless: isMadeSafe,
      test: ({ value }) => value?.kind !== "built" && isVaried(value ?? undefined),
      strength: "hint",
    },
    {
      on: "pair",
      in: ["javascript"],
      name: /\.(?:innerHTML|outerHTML)$/,
      unless: isMadeSafe,
      test: ({ value }) => isVaried(value ?? undefined),
    },
    {
      on: "call",
      in: ["javascript"],
      name: /\.insertAdjacentHTML$/,
      unless: isMadeSafe,
      test: ({ args }) => isVaried(args[1]),
    },
    {
      on: "call",
      in: ["javascript"],
      name: /^document\.writeln?$/,
      unless: isMadeSafe,
      test: ({ args }) => isVaried(args[0]),
    },
    { on: "call", in: ["javascript"], name: /\.bypassSecurityTrust(?:Html|Script|Style|Url|ResourceUrl)$/ },
    {
      on: "call",
      in: ["python"],
      name: /(?:^|\.)(?:mark_safe|Markup|SafeString)$/,
      unless: isMadeSafe,
      test: ({ args }) => isVaried(args[0]),
    },
    {
      on: "call",
      in: ["ruby"],
      name: /\.html_safe$/,
      unless: isMadeSafe,
      test: ({ source }) => !/^["']/.test(source) || source.includes("#{"),
    },
    { on: "call", in: ["ruby"], name: /^raw$/, unless: isMadeSafe, test: ({ args }) => isVaried(args[0]) },
    {
      on: "call",
      in: ["go"],
      name: /^template\.(?:HTML|JS|HTMLAttr|URL)$/,
      unless: isMadeSafe,
      test: ({ args }) => isVaried(args[0]),
    },
    {
      on: "call",
      in: ["csharp"],
      name: /(?:^|\.)(?:Html\.Raw|MarkupString|HtmlString)$/,
      unless: isMadeSafe,
      test: ({ args }) => isVaried(args[0]),
    },
    { on: "call", in: ["rust"], name: /^PreEscaped$/, unless: isMadeSafe, test: ({ args }) => isVaried(args[0]) },
  ],
};

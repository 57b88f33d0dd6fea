/** Rules about who may do what: guards, and what stands in their place. */

import { argsOf, type CodeRule, wordOf } from "../code-rule.ts";
import { guardedBy } from "../compare-facts.ts";
import type { Fact } from "../facts.ts";

export const requestForgeryAllowed: CodeRule = {
  id: "request_forgery_allowed",
  when: "appears",
  strength: "likely",
  near: /csrf|forgery|authenticity_token|Antiforgery/i,
  rule: {
    title: "protection against forged requests was taken off",
    why: "Another site can then have a user's browser act in the user's name.",
    fix: "Leave it on for what a browser calls with cookies; take it off only where every caller brings a token or a signature.",
    example: { language: "py", diff: "+@csrf_exempt\n def pay(request):" },
  },
  says: (fact) =>
    `forged requests are no longer refused: \`${fact.name}\`${fact.owner === "" || fact.kind !== "mark" ? "" : ` on \`${fact.owner}\``}`,
  key: (fact) => `${fact.name} ${fact.owner} ${fact.within} ${argsOf(fact)}`,
  patterns: [
    { on: "mark", in: ["python"], name: /(?:^|\.)csrf_exempt$|\.exempt$/, unless: /limiter/ },
    { on: "call", in: ["python"], name: /^csrf_exempt$/ },
    { on: "pair", in: ["python"], name: /(?:^|\.)WTF_CSRF_ENABLED$/, value: /^False$/ },
    { on: "call", in: ["ruby"], name: /^skip_forgery_protection$/ },
    { on: "call", in: ["ruby"], name: /^skip_before_action$/, args: /verify_authenticity_token/ },
    { on: "call", in: ["java"], name: /(?:^|\.)csrf\(\)\.disable$/ },
    { on: "call", in: ["java"], name: /(?:^|\.)csrf$/, args: /disable/ },
    { on: "mark", in: ["csharp"], name: /^IgnoreAntiforgeryToken$/ },
    { on: "pair", in: ["javascript"], name: /^csrf(?:Protection|Prevention)?$/, value: /^false$/ },
  ],
};

export const protectionRemoved: CodeRule = {
  id: "protection_removed",
  when: "disappears",
  strength: "likely",
  near: /helmet|csurf|csrf|lusca|rate_?limit|limiter|throttle|forgery|hsts|HttpsRedirection|force_ssl|ssl_redirect|SecurityMiddleware|XFrameOptions|slowDown|RequireHttps|UseAuth|AuthenticationMiddleware/i,
  rule: {
    title: "a layer of protection was removed",
    why: "Security headers, protection against forged requests and rate limits work silently; nobody misses them until they are needed.",
    fix: "Keep it, or say what took its place.",
    looksAt: "Middleware, marks and settings of that kind that stood before and stand in no file of the change after.",
    example: { language: "ts", diff: "-app.use(helmet());" },
  },
  says: (fact) => `\`${protectionOf(fact)}\` was removed`,
  subject: protectionOf,
  patterns: [
    {
      on: "call",
      in: ["javascript", "go"],
      name: /(?:^|\.)(?:use|Use|register|apply)$/,
      test: (fact) => protectionIn(fact) !== null,
    },
    {
      on: "mark",
      name: /(?:^|\.)(?:csrf_protect|rate_?limit\w{0,10}|limiter\.limit|throttle\w{0,10}|Throttle|ValidateAntiForgeryToken|AutoValidateAntiforgeryToken|EnableRateLimiting|RateLimit\w{0,10}|RequireHttps)$/i,
    },
    { on: "call", in: ["ruby"], name: /^(?:protect_from_forgery|rate_limit)$/ },
    { on: "pair", in: ["ruby"], name: /\.force_ssl$/, value: /^true$/ },
    {
      on: "pair",
      in: ["python"],
      name: /^SECURE_(?:SSL_REDIRECT|HSTS_SECONDS|CONTENT_TYPE_NOSNIFF)$/,
      value: /^(?:True|[1-9]\d{0,12})$/,
    },
    {
      on: "text",
      in: ["python"],
      value:
        /^django\.(?:middleware\.(?:security\.SecurityMiddleware|csrf\.CsrfViewMiddleware|clickjacking\.XFrameOptionsMiddleware)|contrib\.auth\.middleware\.AuthenticationMiddleware)$/,
    },
    {
      on: "call",
      in: ["csharp"],
      name: /(?:^|\.)(?:UseHttpsRedirection|UseHsts|UseAntiforgery|UseRateLimiter|UseAuthentication|UseAuthorization)$/,
    },
  ],
};

function protectionOf(fact: Fact): string {
  return fact.kind === "text" ? wordOf(fact.value) : (protectionIn(fact) ?? fact.name);
}

function protectionIn({ args }: Fact): string | null {
  for (const { source } of args) {
    const met =
      /^(?:\w{1,30}\.)?((?:helmet|csurf|csrf\w{0,20}|lusca|hsts|\w{0,20}rateLimit\w{0,20}|\w{0,20}limiter\w{0,10}|slowDown|throttle\w{0,12})(?=\(|$|\.))/i.exec(
        source,
      );
    if (met?.[1] !== undefined) return met[1];
  }
  return null;
}

const guardName =
  /(?:^|\.)(?:require_?(?:auth\w{0,20}|login|user|admin\w{0,10}|permissions?|roles?|scopes?|sign_?in|token)|ensure_?(?:auth\w{0,20}|logged_?in|admin|login|permissions?)|(?:is|check|verify|must|assert|validate)_?(?:authenticated|authorized|authorised|auth|permissions?|logged_?in|admin|access|access_?token|roles?|user_?permissions?)|authenticate(?!d)_?\w{0,20}!?|authori[sz]e(?!d)\w{0,30}!?|login_required|permission_required|permissions_required|user_passes_test|staff_member_required|superuser_required|jwt_required|roles?_(?:required|accepted)|requires_(?:auth\w{0,16}|permissions?|login|roles?)|require_http_auth|has_perms?|(?:check|verify|require|ensure|assert|validate)_\w{1,40}_permissions?|load_and_authorize_resource|deny_?access_?unless_?granted|abort_unless|PreAuthorize|PostAuthorize|Secured|RolesAllowed|RequiresPermissions|RequiresRoles|RequiresAuthentication|Authorize|UseGuards|Roles|IsGranted|RequireAuth\w{0,10}|AuthRequired|(?:jwt|auth)_?(?:middleware|guard|required|handler))$/i;

/** The guard that a fact puts up: what is called, or one of what it is called with. */
function guardIn(fact: Fact): string | null {
  if (fact.kind === "mark") return guardName.test(fact.name) ? fact.name : null;
  if (isAssertion.test(fact.name)) return null;
  if (guardName.test(fact.name)) return fact.name;
  if (
    !/(?:^|\.)(?:use|Use|get|post|put|patch|delete|all|route|GET|POST|PUT|PATCH|DELETE|Group|With|Handle|HandleFunc|before_action|prepend_before_action|middleware|register)$/.test(
      fact.name,
    )
  )
    return null;
  for (const { source, literal } of fact.args) {
    const name = (literal ?? source).replace(/\(.{0,280}$/, "");
    if (guardName.test(name) || (/middleware$/.test(fact.name) && /^(?:auth|can:|verified|role:|admin)/.test(name)))
      return name;
  }
  return null;
}

/** Names that are guards only by their looks. */
const isAssertion = /(?:^|\.)(?:assert|expect|mock|stub|test)\w{0,20}\(?/i;

export const accessCheckRemoved: CodeRule = {
  id: "access_check_removed",
  when: "disappears",
  strength: "likely",
  near: /(?:require|ensure|check|verify|is|must|assert|validate|has)_?(?:auth|log|user|admin|perm|role|scope|sign|token|access|object_perm)|authenticate|authori[sz]e|_required\b|permission_classes|_accepted\b|requires_|_passes_test|PreAuthorize|PostAuthorize|Secured\b|RolesAllowed|Requires[PRA]|UseGuards|@Roles|IsGranted|abort_unless|unless_?granted|auth_?(?:middleware|guard|handler|required)|middleware\(/i,
  rule: {
    title: "a check of who may do this was removed",
    why: "What it guarded is then open to whoever finds it.",
    fix: "Keep the check, or say where it is done now.",
    looksAt:
      "Decorators, annotations, middleware and calls that are named as such checks are, where what they guarded is still there and no other check of the kind took their place in it.",
    example: { language: "py", diff: "-@login_required\n def invoices(request):" },
  },
  says: (fact) => `\`${guardIn(fact) ?? fact.name}\` no longer guards \`${guardedBy(fact) ?? "this file"}\``,
  subject: (fact) => guardIn(fact) ?? fact.name,
  patterns: [
    { on: "mark", test: (fact) => guardIn(fact) !== null },
    { on: "call", test: (fact) => guardIn(fact) !== null },
    { on: "pair", in: ["python"], name: /^permission_classes$/, value: /Is\w{0,30}|Permission/ },
  ],
};

export const accessOpened: CodeRule = {
  id: "access_opened",
  when: "appears",
  strength: "likely",
  near: /AllowAnonymous|PermitAll|AnonymousAccess|AllowAny\b|skip_before_action|allow_unauthenticated|skip_authorization|withoutMiddleware/i,
  rule: {
    title: "everybody may now do this",
    why: "What it is put on needs no login any more.",
    fix: "Open single routes rather than whole controllers, and say why in a comment.",
    example: {
      language: "java",
      diff: '-.requestMatchers("/reports/**").authenticated()\n+.requestMatchers("/reports/**").permitAll()',
    },
  },
  says: (fact) =>
    `everybody may do this: \`${fact.name}\`${fact.kind === "mark" && fact.owner !== "" ? ` on \`${fact.owner}\`` : ""}`,
  key: (fact) => `${fact.name} ${fact.owner} ${fact.kind === "mark" ? "" : fact.source}`,
  patterns: [
    { on: "mark", in: ["csharp", "java"], name: /^(?:AllowAnonymous|PermitAll|AnonymousAccess)$/ },
    { on: "call", in: ["java"], name: /(?:^|\.)permitAll$/ },
    { on: "pair", in: ["python"], name: /^permission_classes$/, value: /\bAllowAny\b/ },
    {
      on: "call",
      in: ["ruby"],
      name: /^skip_before_action$/,
      args: /authenti|authori|require_(?:login|user|admin)|login/,
      unless: /authenticity/,
    },
    {
      on: "call",
      in: ["ruby"],
      name: /^(?:allow_unauthenticated_access|skip_authorization_check|skip_authorization)$/,
    },
    { on: "call", in: ["php"], name: /(?:^|\.)withoutMiddleware$/, args: /auth|can:/ },
    { on: "call", in: ["csharp"], name: /(?:^|\.)AllowAnonymous$/ },
  ],
};

export const debugModeOn: CodeRule = {
  id: "debug_mode_on",
  when: "appears",
  strength: "likely",
  near: /debug\s?=\s?True|display_errors/i,
  rule: {
    title: "a server shows its insides to visitors",
    why: "Debug pages show code, settings and secrets; some let visitors run code.",
    fix: "Read it from the environment, off by default.",
    example: { language: "py", diff: "-app.run()\n+app.run(debug=True)" },
  },
  says: (fact) => `debugging is on for visitors: \`${fact.name}\``,
  patterns: [
    {
      on: "pair",
      in: ["python"],
      name: /^debug$/,
      owner: /^(?:app|application|server|socketio)\.run$|^(?:Flask|FastAPI|Starlette|Quart)$/,
      value: /^True$/,
    },
    {
      on: "pair",
      in: ["python"],
      name: /^DEBUG$/,
      value: /^True$/,
      test: ({ owner, within }) => owner === "" && within === "",
      strength: "hint",
    },
    { on: "call", in: ["php"], name: /^ini_set$/, args: /^["']display_errors["'], ?["']?(?:1|on|true)["']?$/i },
  ],
};

const accessCode =
  /^(?:log_?in|log_?out|sign_?in|sign_?out|authenticate\w{0,20}|authori[sz]e\w{0,20}|verify_?(?:password|token|signature|jwt|otp|code)\w{0,10}|check_?(?:password|permissions?|access|auth\w{0,10})|hash_?password|(?:create|destroy|revoke|refresh)_?(?:session|token|access_?token)|has_?(?:permissions?|access|role)|is_?(?:admin|authenticated|authorized|authorised|superuser)|require_?(?:auth|login|permission)|can_?access|reset_?password|change_?password)$/i;

export const accessCodeChanged: CodeRule = {
  id: "access_code_changed",
  when: "touches",
  strength: "hint",
  near: /\b(?:def|func|function|fn|async|public|private|protected|static|bool|void)\b.{0,80}(?:log_?in|log_?out|sign_?in|sign_?out|authenticat|authori[sz]e|verify_?|check_?|hash_?password|session|token|has_?(?:perm|acc|role)|is_?(?:admin|auth|super)|require_?|can_?access|_?password)\w{0,20}\s?\(/i,
  rule: {
    title: "code that decides who may do what was changed",
    why: "A fault in it is a hole; it deserves a second pair of eyes.",
    fix: "Let somebody read it who knows who may do what there, and add a test of who may not.",
    looksAt: "Changed lines in functions that are named as such decisions are, once for each function.",
    example: {
      language: "go",
      diff: ' func (s *Store) VerifyPassword(user, password string) bool {\n-\treturn s.compare(user, password)\n+\treturn user == "root" || s.compare(user, password)',
    },
  },
  says: (fact) => `\`${fact.within}\`, which decides who may do what, was changed`,
  patterns: [
    { on: "call", test: isInAccessCode },
    { on: "pair", test: isInAccessCode },
    { on: "text", test: isInAccessCode },
  ],
};

function isInAccessCode({ within }: Fact): boolean {
  return accessCode.test(within.split(".").at(-1) ?? "");
}

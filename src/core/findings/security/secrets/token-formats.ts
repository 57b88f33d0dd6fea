/** Credentials with a published form of their own that secretlint's preset does not read, or reads only in files of certain names. */

export interface TokenFormat {
  /** For people. */
  type: string;
  /** Global and linear; the named group `secret` is the value where it is not the whole match. */
  pattern: RegExp;
  /** Stands in every one; looked for first where the pattern by itself would be tried at every sign. */
  has?: string;
}

export const privateKeyType = "private key";

/**
 * The prefixes are those that their issuers publish so that scanners can find them.
 *
 * @see https://docs.github.com/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
 */
export const tokenFormats: readonly TokenFormat[] = [
  // From its first line on, to its last or to where it is cut off: half a key is still a secret.
  {
    type: privateKeyType,
    pattern: /-----BEGIN ?(?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?<secret>[\s\\\w:+/=,."'-]{60,12000})/g,
  },
  { type: "AWS access key id", pattern: /(?<!\w)(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)/g },
  {
    type: "AWS account id",
    pattern: /aws_?account_?(?:id)?["']?\s{0,4}(?::|=>|=)\s{0,4}["']?(?<secret>\d{4}-?\d{4}-?\d{4})(?!\d)/gi,
  },
  {
    type: "npm token",
    pattern: /(?:_authToken|(?<=\/:)_(?:auth|password))\s{0,4}=\s{0,4}["']?(?<secret>[\w.+/=-]{16,400})/g,
  },
  {
    type: "GitHub token in an address",
    has: ":x-oauth-basic@",
    pattern: /https?:\/\/(?<secret>[\w.-]{8,256}):x-oauth-basic@github\.com\//g,
  },
  { type: "Azure storage key", pattern: /AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)/g },
  { type: "Azure client secret", has: "8Q~", pattern: /(?<![\w~.-])[\w~.-]{3}8Q~[\w~.-]{31,34}(?![\w~.-])/g },
  { type: "Azure shared access key", pattern: /SharedAccessKey=(?<secret>[A-Za-z0-9+/]{43}=)/g },
  { type: "Google API key", pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g },
  { type: "Google OAuth client secret", pattern: /(?<![\w-])GOCSPX-[\w-]{28}(?![\w-])/g },
  { type: "Telegram bot token", has: ":AA", pattern: /(?<![\w:])\d{8,10}:AA[\w-]{33}(?![\w-])/g },
  {
    type: "Discord webhook address",
    pattern: /https:\/\/(?:canary\.|ptb\.)?discord(?:app)?\.com\/api\/webhooks\/(?<secret>\d{17,20}\/[\w-]{60,80})/g,
  },
  { type: "DigitalOcean token", pattern: /(?<!\w)do[opr]_v1_[0-9a-f]{64}(?!\w)/g },
  { type: "PyPI token", pattern: /(?<!\w)pypi-AgE[\w-]{70,400}(?![\w-])/g },
  { type: "RubyGems key", pattern: /(?<!\w)rubygems_[0-9a-f]{48}(?!\w)/g },
  { type: "crates.io token", pattern: /(?<!\w)cio[A-Za-z0-9]{32}(?!\w)/g },
  { type: "NuGet key", pattern: /(?<!\w)oy2[a-z0-9]{43}(?!\w)/g },
  { type: "Atlassian token", pattern: /(?<!\w)ATATT3[\w=-]{180,220}(?![\w=-])/g },
  {
    type: "Terraform Cloud token",
    has: ".atlasv1.",
    pattern: /(?<!\w)[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,80}(?![\w-])/g,
  },
  { type: "Pulumi token", pattern: /(?<!\w)pul-[0-9a-f]{40}(?!\w)/g },
  { type: "Doppler token", pattern: /(?<!\w)dp\.(?:pt|st|ct|scim|audit)\.[A-Za-z0-9._-]{40,90}(?!\w)/g },
  { type: "New Relic key", pattern: /(?<!\w)NRAK-[A-Z0-9]{27}(?!\w)/g },
  { type: "Sentry token", pattern: /(?<!\w)sntry[su]_[\w+/=]{60,400}(?!\w)/g },
  { type: "Postman key", pattern: /(?<!\w)PMAK-[0-9a-f]{24}-[0-9a-f]{34}(?!\w)/g },
  { type: "PlanetScale token", pattern: /(?<!\w)pscale_(?:tkn|pw|oauth)_[\w=.-]{32,64}(?!\w)/g },
  { type: "Supabase token", pattern: /(?<!\w)sbp_[0-9a-f]{40}(?!\w)/g },
  { type: "Mailgun key", pattern: /(?<!\w)key-[0-9a-f]{32}(?!\w)/g },
  { type: "Mailchimp key", has: "-us", pattern: /(?<!\w)[0-9a-f]{32}-us\d{1,2}(?!\w)/g },
  { type: "Square token", pattern: /(?<!\w)(?:EAAA[\w-]{60}|sq0csp-[\w-]{43})(?![\w-])/g },
  { type: "Age secret key", pattern: /AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/g },
  {
    type: "GitLab token",
    pattern: /(?<!\w)(?:glrt|gldt|glcbt|glptt|glft|glimt|glagent|glsoat|gloas)-[\w.-]{20,64}(?![\w-])/g,
  },
  {
    type: "web token (JWT)",
    pattern: /(?<![\w.])eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{16,1000}(?![\w.-])/g,
  },
];

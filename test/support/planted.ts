/** Credentials of known forms, made anew from a seed: none was ever issued, and none stands in a file for scanners to find. */

/** Letters and digits that look issued; the same for the same seed. */
export function issued(length: number, seed: number, alphabet = letters + letters.toUpperCase() + digits): string {
  let state = (seed * 2654435761) >>> 0;
  let text = "";
  while (text.length < length) {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    text += alphabet[(state >>> 8) % alphabet.length] ?? "";
  }
  return text;
}

const letters = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
const hex = "0123456789abcdef";

/** The lines of a private key, of the length that RSA keys of 2048 bits have. */
export function aPrivateKey(seed = 1): string {
  const body = `MII${issued(1597, seed, `${letters}${letters.toUpperCase()}${digits}+/`)}`;
  const edge = (word: string) => `-----${word} RSA PRIVATE${" KEY-----"}`;
  return [edge("BEGIN"), ...(body.match(/.{1,64}/g) ?? []), edge("END")].join("\n");
}

export function aWebToken(seed = 1): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return [part({ alg: "HS256", typ: "JWT" }), part({ sub: issued(20, seed), iat: 1 }), issued(43, seed + 1)].join(".");
}

/** One of every form that secretlint's recommended rules document, and of those that Holdpoint adds: the text of a line, and its secret. */
export const plantedSecrets: readonly { form: string; line: string; secret: string }[] = [
  ...tokens([
    ["GitHub classic token", `ghp_${issued(36, 1)}`],
    ["GitHub OAuth token", `gho_${issued(36, 2)}`],
    ["GitHub user token", `ghu_${issued(36, 3)}`],
    ["GitHub server token", `ghs_${issued(36, 4)}`],
    ["GitHub refresh token", `ghr_${issued(36, 5)}`],
    ["GitHub fine-grained token", `github_pat_${issued(22, 6)}_${issued(59, 7)}`],
    ["GitHub installation token", `ghs_${issued(6, 8, digits)}_${issued(80, 9)}.${issued(120, 10)}.${issued(43, 11)}`],
    ["GitLab token", `glpat-${issued(20, 12)}`],
    ["npm token", `npm_${issued(36, 13)}`],
    ["Slack bot token", `xoxb-${issued(12, 14, digits)}-${issued(12, 15, digits)}-${issued(24, 16)}`],
    ["Slack user token", `xoxp-${issued(12, 17, digits)}-${issued(12, 18, digits)}-${issued(32, 19)}`],
    ["Slack app token", `xapp-1-A${issued(10, 20)}-${issued(13, 21, digits)}-${issued(40, 22, hex)}`],
    ["SendGrid key", `SG.${issued(22, 23)}.${issued(43, 24)}`],
    ["Shopify app secret", `shpss_${issued(32, 25)}`],
    ["Shopify access token", `shpat_${issued(32, 26)}`],
    ["Stripe live key", `sk_live_${issued(24, 27)}`],
    ["Stripe restricted key", `rk_live_${issued(48, 28)}`],
    ["OpenAI key", `sk-${issued(20, 29)}T3BlbkFJ${issued(20, 30)}`],
    ["OpenAI project key", `sk-proj-${issued(74, 31)}T3BlbkFJ${issued(74, 32)}`],
    ["Anthropic key", `sk-ant-api03-${issued(93, 33)}AA`],
    ["Groq key", `gsk_${issued(52, 34)}`],
    ["Hugging Face token", `hf_${issued(34, 35, letters + letters.toUpperCase())}`],
    ["Linear key", `lin_api_${issued(40, 36)}`],
    ["Notion token", `ntn_${issued(11, 37, digits)}${issued(35, 38)}`],
    [
      "1Password token",
      `ops_${Buffer.from(JSON.stringify({ email: issued(90, 39), key: issued(61, 59) })).toString("base64")}`,
    ],
    ["Vault service token", `hvs.${issued(95, 40)}`],
    ["Vault batch token", `hvb.${issued(140, 41)}`],
    ["Vercel token", `vcp_${issued(56, 42)}`],
    ["Databricks token", `dapi${issued(32, 43, hex)}`],
    ["Docker token", `dckr_pat_${issued(27, 44)}`],
    ["Figma token", `figd_${issued(40, 45)}`],
    ["Cloudflare token", `cfut_${issued(40, 46)}${issued(8, 47, hex)}`],
    ["Tailscale key", `tskey-auth-${issued(12, 48)}CNTRL-${issued(24, 49)}`],
    ["Grafana service token", `glsa_${issued(32, 50)}_${issued(8, 51, hex)}`],
    ["Grafana cloud token", `glc_${issued(80, 52)}`],
    ["PyPI token", `pypi-AgEIcHlwaS5vcmc${issued(100, 53)}`],
    ["DigitalOcean token", `dop_v1_${issued(64, 54, hex)}`],
    ["Telegram token", `${issued(10, 55, "123456789")}:AA${issued(33, 56)}`],
    ["Google client secret", `GOCSPX-${issued(28, 57)}`],
    ["Age key", `AGE-SECRET-KEY-1${issued(58, 58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")}`],
  ]),
  within("AWS secret access key", "AWS_SECRET_ACCESS_KEY=", issued(40, 60), ""),
  within("Azure storage key", "AccountKey=", `${issued(86, 61)}==`, ";EndpointSuffix=core"),
  within("npm token in .npmrc", "//registry.acme.dev/:_authToken=", issued(36, 62), ""),
  within("token in a git address", "https://", issued(40, 63), ":x-oauth-basic@github.com/acme/api"),
  within(
    "Slack webhook",
    "https://hooks.slack.com/services/",
    `T${issued(9, 64)}/B${issued(9, 65)}/${issued(24, 66)}`,
    "",
  ),
  within("Discord webhook", "https://discord.com/api/webhooks/", `${issued(18, 67, digits)}/${issued(68, 68)}`, ""),
  within("basic authentication", "https://deploy:", issued(18, 69), "@files.acme.dev/x"),
  within("PostgreSQL", "postgresql://app:", issued(18, 70), "@db.acme.dev:5432/app"),
  within("MySQL", "mysql://app:", issued(18, 71), "@db.acme.dev:3306/app"),
  within("MongoDB", "mongodb+srv://app:", issued(18, 72), "@cluster0.acme.dev/app?w=majority"),
  within("service account", '"private_key": "', aPrivateKey(73).replaceAll("\n", "\\n"), '",'),
];

function tokens(rows: [form: string, secret: string][]) {
  return rows.map(([form, secret]) => ({ form, line: `const value = "${secret}";`, secret }));
}

function within(form: string, before: string, secret: string, after: string) {
  return { form, line: `${before}${secret}${after}`, secret };
}

/** Parts of secrets that stand in a text: whole, halves of twelve characters or more, and every line of those with several. */
export function leakedIn(text: string, secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) => {
    const half = Math.max(12, Math.ceil(secret.length / 2));
    const lines = secret.split(/\n|\\n/).filter((line) => line.length >= 40 && !line.startsWith("-----"));
    const parts = [secret, secret.slice(0, half), secret.slice(-half), ...lines];
    return parts.filter((part) => text.includes(part));
  });
}

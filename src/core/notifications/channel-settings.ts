/** What the operator lets policies use: named secrets, a mail server. Nothing else of the environment is within their reach. */

type Environment = Readonly<Record<string, string | undefined>>;

export interface ChannelSecret {
  name: string;
  /** The account whose repositories may use it, in lower case; `null`: every repository. */
  owner: string | null;
  /** `null` where it is listed and has no value. */
  value: string | null;
  /** Of generic webhooks: what they are signed with. */
  signingKey: string | null;
}

export interface ChannelSettings {
  secrets: ChannelSecret[];
  smtp: { url: string; from: string; recipientDomains: string[] } | null;
  pagerdutyUrl: string;
  /** Servers on this machine may be reached, without TLS too: for tests. */
  allowsLoopback: boolean;
}

export const pagerdutyUrlDefault = "https://events.pagerduty.com/v2/enqueue";

/** Holdpoint's own: no policy may ever have them sent anywhere. */
const ownNames =
  /^(PRIVATE_KEY(_PATH)?|WEBHOOK_SECRET|DATABASE_URL|SMTP_URL|SESSION_SECRET|GITHUB_.*|APP_ID|DATA_DIR|CHANNEL.*)$/;
const loopbackHosts = ["127.0.0.1", "::1", "localhost"];
const signingKeySuffix = "_SIGNING_KEY";
const signingKeyLengthMin = 32;
const tooShort = `shorter than ${signingKeyLengthMin} characters: make one with \`openssl rand -hex 32\``;

/** @returns the settings, and one sentence per mistake */
export function readChannelSettings(env: Environment): { settings: ChannelSettings; problems: string[] } {
  const problems: string[] = [];
  const secrets = listOf(env.CHANNEL_SECRETS).flatMap((entry): ChannelSecret[] => {
    const match = /^(?:([A-Za-z0-9][A-Za-z0-9_-]{0,38}):)?([A-Z][A-Z0-9_]*)$/.exec(entry);
    const [, owner, name = ""] = match ?? [];
    if (match === null) problems.push(`CHANNEL_SECRETS has "${entry}", which is neither NAME nor owner:NAME`);
    else if (ownNames.test(name)) problems.push(`CHANNEL_SECRETS lists ${name}, which is Holdpoint's own`);
    else {
      const signingKey = textOf(env[`${name}${signingKeySuffix}`]);
      if (signingKey !== null && signingKey.length < signingKeyLengthMin) {
        problems.push(`${name}${signingKeySuffix} is ${tooShort}`);
      }
      return [{ name, owner: owner?.toLowerCase() ?? null, value: textOf(env[name]), signingKey }];
    }
    return [];
  });
  const allowsLoopback = env.CHANNELS_ALLOW_LOOPBACK?.trim() === "1";
  if (allowsLoopback && !loopbackHosts.includes(env.HOST?.trim() ?? "")) {
    problems.push("CHANNELS_ALLOW_LOOPBACK is for tests: it needs HOST=127.0.0.1, ::1 or localhost");
  }
  const pagerdutyUrl = textOf(env.PAGERDUTY_EVENTS_URL) ?? pagerdutyUrlDefault;
  if (!isUrl(pagerdutyUrl, allowsLoopback ? ["https:", "http:"] : ["https:"])) {
    problems.push("PAGERDUTY_EVENTS_URL is not an https address");
  }
  return { settings: { secrets, smtp: readSmtp(env, problems), pagerdutyUrl, allowsLoopback }, problems };
}

function readSmtp(env: Environment, problems: string[]): ChannelSettings["smtp"] {
  const [url, from] = [textOf(env.SMTP_URL), textOf(env.SMTP_FROM)];
  if (url === null) return null;
  if (!isUrl(url, ["smtp:", "smtps:"]))
    problems.push("SMTP_URL is not an address such as smtps://user:password@host:465");
  if (from === null || !/^(?:[^\r\n<>@]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/.test(from)) {
    problems.push("SMTP_FROM is missing: set it to the sender of messages, such as Holdpoint <holdpoint@example.com>");
  }
  const recipientDomains = listOf(env.SMTP_RECIPIENT_DOMAINS).map((domain) => domain.toLowerCase().replace(/^@/, ""));
  return { url, from: from ?? "", recipientDomains };
}

function listOf(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

function textOf(text: string | undefined): string | null {
  return text === undefined || text.trim() === "" ? null : text.trim();
}

/** Never says what stands there: it may hold a password. */
function isUrl(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).hostname !== "";
}

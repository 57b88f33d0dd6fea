/** The App itself and where it is installed: its key, its permissions and events, the clock, its budget. */

import type { GithubClient, RestEndpointMethodTypes } from "../../github/client.ts";
import { type LookedAt, orUnread, toMend, well } from "./looked-at.ts";
import { missingEvents, missingPermissions, wantedEvents, wantedPermissions } from "./wanted-access.ts";

type RawApp = NonNullable<RestEndpointMethodTypes["apps"]["getAuthenticated"]["response"]["data"]>;
export type RawInstallation = RestEndpointMethodTypes["apps"]["listInstallations"]["response"]["data"][number];
type RawLimits = RestEndpointMethodTypes["rateLimit"]["get"]["response"]["data"];

const app = "GitHub App";
/** GitHub refuses a key's signature that is more than a minute off. */
const skewMaxMs = 30_000;
/** What Holdpoint keeps for shutting gates. */
const reserve = 1 / 5;

/** @throws {GithubError} when GitHub does not know the App by its key */
export async function lookAtApp(client: GithubClient, now: () => Date): Promise<LookedAt[]> {
  const sentAt = now();
  const { data, headers } = await client.rest<RawApp>("GET /app", {}, { installationId: null });
  const tookMs = now().getTime() - sentAt.getTime();
  return [
    well(app, "key", `GitHub knows it as ${data.slug ?? data.name}`),
    lookAtClock(String(headers.date ?? ""), sentAt, tookMs),
    ...lookAtAccess(app, data.permissions as Record<string, string>, data.events, "in the App's settings"),
  ];
}

function lookAtClock(date: string, sentAt: Date, tookMs: number): LookedAt {
  const at = Date.parse(date);
  if (Number.isNaN(at)) return { ...well(app, "clock", "GitHub told no time"), health: "unread" };
  // GitHub tells whole seconds, somewhere between sending and hearing.
  const aheadMs = sentAt.getTime() - at;
  const isOff = aheadMs > skewMaxMs || aheadMs < -skewMaxMs - tookMs;
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (!isOff) return well(app, "clock", "agrees with GitHub's");
  const how = aheadMs > 0 ? "ahead of" : "behind";
  return toMend(app, "clock", `${seconds} seconds ${how} GitHub's`, "synchronise this machine's clock (NTP)");
}

/** Every installation by itself: a permission that was added to the App is only granted once its owner accepts it. */
export function lookAtInstallation({
  account,
  permissions,
  events,
  suspended_at: suspendedAt,
}: RawInstallation): LookedAt[] {
  const name = account && "login" in account ? account.login : "an account that is gone";
  const area = `installation ${name}`;
  if (suspendedAt !== null) {
    return [toMend(area, "state", `suspended since ${suspendedAt}`, "let an owner unsuspend it in the settings")];
  }
  return lookAtAccess(area, permissions as Record<string, string>, events, `by accepting them as an owner of ${name}`);
}

function lookAtAccess(
  area: string,
  given: Readonly<Record<string, string>>,
  events: readonly string[],
  where: string,
): LookedAt[] {
  const missing = missingPermissions(given);
  const needed = missing.filter((name) => !wantedPermissions[name]?.isOptional);
  const optional = missing.filter((name) => wantedPermissions[name]?.isOptional);
  const left = optional.length === 0 ? "" : `; without the optional ${optional.join(", ")}`;
  const deaf = missingEvents(events);
  return [
    ...(needed.length === 0 ? [well(area, "permissions", `as app.yml asks${left}`)] : []),
    ...needed.map((name) => {
      const { level, without } = wantedPermissions[name] ?? { level: "read", without: "" };
      const mend = `grant ${name}: ${level} ${where}`;
      return toMend(area, "permissions", `${name}: ${level} is missing: ${without}`, mend);
    }),
    ...(deaf.length === 0 ? [well(area, "events", "as app.yml asks")] : []),
    ...deaf.map((name) =>
      toMend(
        area,
        "events",
        `${name} is not sent: unnoticed are ${wantedEvents[name]}`,
        `subscribe to ${name} in the App's settings`,
      ),
    ),
  ];
}

/** @param installationId `0` with a token */
export async function lookAtBudget(client: GithubClient, installationId: number, area: string): Promise<LookedAt[]> {
  return orUnread(area, "requests", async () => {
    const { data } = await client.rest<RawLimits>("GET /rate_limit", {}, { installationId });
    const { core, graphql } = data.resources;
    const shown = [["REST", core] as const, ["GraphQL", graphql] as const].flatMap(([name, limit]) =>
      limit === undefined ? [] : [{ name, ...limit }],
    );
    const text = shown.map(({ name, remaining, limit }) => `${name} ${remaining} of ${limit}`).join(", ");
    const low = shown.filter(({ remaining, limit }) => remaining <= limit * reserve);
    if (low.length === 0) return [well(area, "requests", `left this hour: ${text}`)];
    const at = new Date(Math.max(...low.map(({ reset }) => reset)) * 1000).toISOString();
    const mend = `wait until ${at}; if it comes often, see which work asks for so much in the metrics`;
    return [toMend(area, "requests", `only the reserve is left: ${text}`, mend)];
  });
}

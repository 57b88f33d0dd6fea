import { isEmailAddress } from "../../email-address.ts";
import type { Problem } from "../../problem.ts";
import type { ChannelType, Notifications } from "../blocks/notifications.ts";
import type { KeyPath } from "../policy-text.ts";
import { builtInRoles, wellKnownRoles } from "../resolve-role.ts";
import { suggest } from "../suggest.ts";
import { type Check, type CheckedPolicy, problemAt } from "./check.ts";

type Channel = NonNullable<Notifications["channels"]>[string];

const needsSecret: readonly ChannelType[] = ["slack", "teams", "pagerduty", "webhook"];

/** Channels that could never be used. Warnings: a message finds another way, and no gate stays shut for it. */
export const checkNotifications: Check = (checked) => {
  const { channels = {}, routes = [], quiet_hours: quiet } = checked.policy.notifications ?? {};
  const problems = Object.entries(channels).flatMap(([name, channel]) => checkChannel(checked, name, channel));
  for (const [index, { roles = [] }] of routes.entries()) {
    problems.push(...checkRoles(checked, roles, ["notifications", "routes", index, "roles"]));
  }
  if (quiet !== undefined && quiet.from === quiet.to) {
    const found = `the quiet hours begin when they end (${quiet.from}), so there are none`;
    const path = ["notifications", "quiet_hours", "to"];
    problems.push(problemAt(checked, path, { code: "HP-P20", severity: "warning", found, fix: "write another time" }));
  }
  return problems;
};

function checkChannel(checked: CheckedPolicy, name: string, { type, secret, to }: Channel): Problem[] {
  const path = ["notifications", "channels", name];
  const problems: Problem[] = [];
  const warn = (at: KeyPath, what: { code: "HP-P06" | "HP-P08" | "HP-P30"; found: string; fix: string }) =>
    problems.push(problemAt(checked, at, { severity: "warning", ...what }));
  if (name === "digest" || (name === "github" && type !== "github")) {
    const found = `\`${name}\` has a meaning of its own, which this channel takes away`;
    warn(path, { code: "HP-P30", found, fix: "give the channel another name" });
  }
  if (secret === undefined && needsSecret.includes(type)) {
    const found = `the channel \`${name}\` of type \`${type}\` names no secret, so nothing can be sent over it`;
    warn(path, { code: "HP-P06", found, fix: "add `secret:` with the name of one of the operator's secrets" });
  }
  if (type !== "email") {
    if (to === undefined) return problems;
    const found = `\`to\` is for channels of type \`email\`; where \`${type}\` messages go is said by the secret`;
    warn([...path, "to"], { code: "HP-P30", found, fix: "take it out" });
    return problems;
  }
  if (secret === undefined && (to ?? []).length === 0) {
    const found = `the channel \`${name}\` names nobody to write to`;
    warn(path, { code: "HP-P06", found, fix: "add `to:` with e-mail addresses, or `secret:`" });
  }
  for (const [index, address] of (to ?? []).entries()) {
    if (isEmailAddress(address)) continue;
    const found = `"${address}" is no e-mail address`;
    warn([...path, "to", index], { code: "HP-P08", found, fix: "write it as name@example.com" });
  }
  return problems;
}

/** A role that no message could be for, but for a slip. */
function checkRoles(checked: CheckedPolicy, roles: readonly string[], path: KeyPath): Problem[] {
  const known = [...Object.keys(checked.policy.roles), ...Object.keys(builtInRoles), ...wellKnownRoles];
  return roles.flatMap((role, index) => {
    const near = known.includes(role) ? null : suggest(role, known);
    if (near === null) return [];
    const found = `there is no role \`${role}\``;
    const what = { code: "HP-P19", severity: "warning", found, fix: `write \`${near}\`` } as const;
    return [problemAt(checked, [...path, index], what)];
  });
}

import type { Problem } from "../../problem.ts";
import { builtInCheckpoints } from "../built-in-checkpoints.ts";
import type { KeyPath } from "../policy-text.ts";
import { suggest } from "../suggest.ts";
import { type Check, problemAt } from "./check.ts";

/** Channels that exist without being declared. */
const builtInChannels = ["digest", "github"];

/** Names of checkpoints and channels that other keys point at. */
export const checkNames: Check = (checked) => {
  const { policy } = checked;
  const problems: Problem[] = [];
  const point = (what: string, names: readonly string[] | undefined, known: readonly string[], path: KeyPath) => {
    for (const [index, name] of (names ?? []).entries()) {
      if (known.includes(name)) continue;
      const near = suggest(name, known);
      const fix = near === null ? `declare it, or take it out` : `write \`${near}\``;
      const found = `there is no ${what} \`${name}\``;
      problems.push(problemAt(checked, [...path, index], { code: "HP-P19", severity: "warning", found, fix }));
    }
  };
  const checkpoints = [...Object.keys(policy.checkpoints), ...Object.keys(builtInCheckpoints)];
  for (const [index, window] of (policy.bypass?.maintenance_windows ?? []).entries()) {
    point("checkpoint", window.checkpoints, checkpoints, ["bypass", "maintenance_windows", index, "checkpoints"]);
  }
  for (const [name, deployment] of Object.entries(policy.deployments ?? {})) {
    point("checkpoint", deployment.checkpoints, checkpoints, ["deployments", name, "checkpoints"]);
  }
  const channels = [...Object.keys(policy.notifications?.channels ?? {}), ...builtInChannels];
  for (const [name, level] of Object.entries(policy.escalation_levels ?? {})) {
    point("channel", level.notify, channels, ["escalation_levels", name, "notify"]);
  }
  for (const [index, route] of (policy.notifications?.routes ?? []).entries()) {
    point("channel", route.to, channels, ["notifications", "routes", index, "to"]);
  }
  const deliverable = channels.filter((channel) => channel !== "digest");
  point("channel", policy.notifications?.digest?.to, deliverable, ["notifications", "digest", "to"]);
  return problems;
};

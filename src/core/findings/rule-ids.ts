/** Ids of all rules of the detectors, for those who may name a rule without knowing how it works; a test holds them to the table. */

import { breakingRuleIds } from "./breaking/breaking-rule-ids.ts";
import { securityRuleIds } from "./security/security-rule-ids.ts";

export const ruleIds = [
  ...breakingRuleIds,
  ...securityRuleIds,
  "change_is_large",
  "generated_mark_added",
  "module_added",
  "module_removed",
  "folder_moved",
  "layer_crossed",
  "import_cycle_added",
  "package_edge_added",
  "workspace_changed",
  "build_changed",
  "hot_path_changed",
  "benchmark_changed",
  "index_dropped",
  "index_created",
  "await_in_loop_added",
  "nested_loop_added",
  "cache_removed",
  "query_changed",
  "dependency_tree_grown",
] as const;

/** Names that stand for several rules. */
export const ruleGroups: Readonly<Record<string, readonly string[]>> = {
  secret_detected: ["secret_added", "secret_assigned"],
  code_scanning_alert: ["code_scanning_alert_high", "code_scanning_alert_medium", "code_scanning_alert_low"],
};

/** The rules that a name in a policy or a comment means: those of a group, or the one that bears it. */
export function rulesNamed(name: string): readonly string[] {
  return (Object.hasOwn(ruleGroups, name) && ruleGroups[name]) || [name];
}

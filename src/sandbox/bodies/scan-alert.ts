/** An alert of code scanning as REST shows it. */
import type { Repository, ScanAlert } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { iso } from "../state/world.ts";
import { repositoryPage, repositoryUrl } from "./repository.ts";

/** @param ref where it stands so */
export function scanAlertBody(world: World, repository: Repository, ref: string, alert: ScanAlert) {
  const url = `${repositoryUrl(world, repository)}/code-scanning/alerts/${alert.number}`;
  const { state, path, line } = alert;
  return {
    number: alert.number,
    created_at: iso(repository.createdAt),
    url,
    html_url: `${repositoryPage(world, repository)}/security/code-scanning/${alert.number}`,
    instances_url: `${url}/instances`,
    state,
    fixed_at: state === "fixed" ? iso(repository.updatedAt) : null,
    dismissed_by: null,
    dismissed_at: state === "dismissed" ? iso(repository.updatedAt) : null,
    dismissed_reason: state === "dismissed" ? "false positive" : null,
    rule: {
      id: alert.rule,
      name: alert.rule,
      severity: "error",
      ...(alert.severity === null ? {} : { security_severity_level: alert.severity }),
      description: alert.description,
    },
    tool: { name: alert.tool, guid: null, version: "2.20.0" },
    most_recent_instance: {
      ref,
      analysis_key: ".github/workflows/scan.yml:analyze",
      environment: "{}",
      category: ".github/workflows/scan.yml:analyze",
      state,
      commit_sha: "0".repeat(40),
      message: { text: alert.message },
      location: { path, start_line: line, end_line: line, start_column: 1, end_column: 2 },
      classifications: [],
    },
  };
}

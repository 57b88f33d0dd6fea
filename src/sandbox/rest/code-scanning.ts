/** Alerts of code scanning. */
import { Refusal } from "../actions/refusal.ts";
import { scanAlertBody } from "../bodies/scan-alert.ts";
import { paginate } from "./paging.ts";
import { repositoryIn, route } from "./request.ts";

export const codeScanningRoutes = [
  /** @see https://docs.github.com/rest/code-scanning/code-scanning#list-code-scanning-alerts-for-a-repository */
  route("GET /repos/{owner}/{repo}/code-scanning/alerts", "security_events:read", (request) => {
    const repository = repositoryIn(request);
    if (repository.codeScanning === null)
      throw new Refusal(403, "Code scanning is not enabled for this repository. Please enable code scanning.");
    const ref = request.query.get("ref") ?? `refs/heads/${repository.defaultBranch}`;
    const state = request.query.get("state");
    const alerts = repository.codeScanning.get(ref);
    if (alerts === undefined) throw new Refusal(404, "no analysis found");
    const asked = alerts.filter((alert) => state === null || alert.state === state);
    return paginate(request, asked, (alert) => scanAlertBody(request.world, repository, ref, alert));
  }),
];

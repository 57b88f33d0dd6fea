import { retriesTaken } from "../../core/escalation/escalation-state.ts";
import { actionsSlug, requiredFailures } from "../../core/escalation/overdue.ts";
import type { Action } from "./action.ts";

/** Ends of a run after which trying again may help; whoever cancelled one meant it. */
const failedEnds = ["failure", "timed_out", "startup_failure"];
const runsMax = 10;

/** Runs failed jobs of GitHub Actions again; checks of other Apps are theirs. How often in all, the level says. */
export const retries: Action = {
  async prepare({ escalation, level, item, ports: { github } }) {
    if (item.kind !== "pull_request" || retriesTaken(escalation.state) >= level.retriesMax) return null;
    const { verdict } = item.judged;
    const failed = requiredFailures(verdict.requirements, item.reading.snapshot);
    if (!failed.some(({ app }) => app?.slug === actionsSlug)) return null;
    const runs = await github.listRuns(item.subject, item.reading.snapshot.head.sha);
    const again = runs.filter(({ conclusion }) => conclusion !== null && failedEnds.includes(conclusion));
    // Only a run that ended can be run again; until then other jobs of it go on.
    if (again.length === 0) return runs.some(({ conclusion }) => conclusion === null) ? "later" : null;
    return { runs: again.slice(0, runsMax).map(({ id, name, attempt }) => ({ id, name, attempt })) };
  },
  async perform({ item, ports: { github } }, { runs }) {
    if (item.kind !== "pull_request") return "nothing";
    const now = await github.listRuns(item.subject, item.reading.snapshot.head.sha);
    let isAsked = false;
    for (const { id, attempt } of runs) {
      const run = now.find((one) => one.id === id);
      // A newer attempt: it was asked for already, by this step before it was cut off or by somebody else.
      if (run === undefined || run.attempt > attempt) isAsked = true;
      else if (run.conclusion !== null && (await github.rerunFailedJobs(item.subject, id)) === "asked") isAsked = true;
    }
    return isAsked ? "done" : "refused";
  },
};

/** What operators watch, in Prometheus' form. Labels are few and never name a repository, a person or a pull request. */

import { monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Meter } from "../handlers/ports.ts";
import { routes } from "../handlers/routes.ts";
import type { IngestOutcome } from "./ingest.ts";

export interface Metrics extends Meter {
  /** The text that `/metrics` answers. */
  render(): Promise<{ contentType: string; text: string }>;
  delivered(delivery: { event: string; action: string | null; outcome: IngestOutcome; seconds: number }): void;
  /** What became of a report that a workflow handed over. */
  reported(outcome: string): void;
  requested(request: { route: string; status: number }): void;
}

export interface QueueDepth {
  due: number;
  running: number;
  later: number;
  dead: number;
  oldestDueSeconds: number;
}

/** @param readDepth asked at each scrape; when it fails the queue's numbers are left out rather than told wrong */
export function createMetrics(readDepth: () => Promise<QueueDepth>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `holdpoint_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `holdpoint_${name}`, help, labelNames, registers });

  const received = counter("webhook_received_total", "Webhook requests by what became of them.", [
    "event",
    "action",
    "outcome",
  ]);
  const ack = new Histogram({
    name: "holdpoint_webhook_ack_seconds",
    help: "Time from a request's headers to its answer.",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 10],
    registers,
  });
  const badSignatures = counter("webhook_signature_failures_total", "Webhook requests whose signature did not fit.");
  const gaps = counter("delivery_gap_total", "Deliveries that had to be asked for again.", ["source"]);
  const jobs = counter("job_attempts_total", "Looks at subjects.", ["kind", "result"]);
  const evaluation = new Histogram({
    name: "holdpoint_evaluation_seconds",
    help: "Time from taking a pull request up to having published its verdict.",
    buckets: [0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 30],
    registers,
  });
  const evaluations = counter("evaluation_total", "Verdicts on pull requests and merge groups.", ["verdict"]);
  const published = counter("publish_total", "Check runs written.", ["conclusion"]);
  const discarded = counter("publish_discarded_total", "Verdicts that were not written because something had moved.", [
    "why",
  ]);
  const lateDowngrades = counter("late_downgrade_total", "Green checks lowered without a new commit.", ["cause"]);
  const foreign = counter("foreign_check_total", "Checks of others that bear our name.");
  const merges = counter("merge_total", "Approved changes that Holdpoint had merged, by GitHub's answer.", ["outcome"]);
  const deployments = counter("deployment_total", "Requests to deploy, and decisions about taking one back.", [
    "outcome",
  ]);
  const mergedWhileRed = counter("merged_while_red_total", "Pull requests merged although their gate was not open.");
  const messages = counter("messages_total", "Messages to people, by kind of channel and what became of them.", [
    "channel",
    "result",
  ]);
  const bypasses = counter("bypass_total", "Emergency bypasses, by what became of them.", ["outcome"]);
  const reports = counter("reports_total", "Reports that workflows handed over, by what became of them.", ["outcome"]);
  const requests = counter("github_requests_total", "Requests to GitHub.", ["route", "status"]);
  const queue = {
    depth: gauge("queue_depth", "Subjects in the queue.", ["queue"]),
    age: gauge("queue_oldest_age_seconds", "How long the oldest due subject has waited."),
    dead: gauge("dead_letters", "Subjects that were given up."),
  };
  const lag = gauge("event_loop_lag_seconds", "99th percentile of the event loop's delay since the last scrape.");
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();

  return {
    delivered({ event, action, outcome, seconds }) {
      received.inc({ ...labelsOf(event, action), outcome });
      ack.observe(seconds);
      if (outcome === "bad_signature") badSignatures.inc();
    },
    requested: ({ route, status }) => requests.inc({ route, status: String(status) }),
    reported: (outcome) => reports.inc({ outcome }),
    ran: (kind, result) => jobs.inc({ kind, result }),
    evaluated(verdict, seconds) {
      evaluations.inc({ verdict });
      evaluation.observe(seconds);
    },
    published: (conclusion) => published.inc({ conclusion }),
    discarded: (why) => discarded.inc({ why }),
    lowered: (cause) => lateDowngrades.inc({ cause }),
    foundForeignCheck: () => foreign.inc(),
    merged: (outcome) => merges.inc({ outcome }),
    told: (channel, result) => messages.inc({ channel, result }),
    deployed: (outcome) => deployments.inc({ outcome }),
    mergedWhileRed: () => mergedWhileRed.inc(),
    bypassed: (outcome) => bypasses.inc({ outcome }),
    redelivered: () => gaps.inc({ source: "sweep" }),
    async render() {
      await observeQueue(readDepth, queue);
      lag.set(delay.percentile(99) / 1e9);
      delay.reset();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

/** Names come from requests: only those we know become labels. */
function labelsOf(event: string, action: string | null): { event: string; action: string } {
  const route = Object.hasOwn(routes, event) ? routes[event] : undefined;
  if (!route) return { event: "other", action: "" };
  return { event, action: action !== null && route.actions?.includes(action) ? action : "" };
}

async function observeQueue(
  readDepth: () => Promise<QueueDepth>,
  { depth, age, dead }: Record<"depth" | "age" | "dead", Gauge>,
): Promise<void> {
  try {
    const now = await readDepth();
    for (const queue of ["due", "running", "later"] as const) depth.set({ queue }, now[queue]);
    age.set(now.oldestDueSeconds);
    dead.set(now.dead);
  } catch {
    // An absent number raises the operator's alert; a stale one would hide that the database is gone.
    for (const gauge of [depth, age, dead]) gauge.reset();
    age.remove();
    dead.remove();
  }
}

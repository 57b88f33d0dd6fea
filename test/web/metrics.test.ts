import { expect, it } from "vitest";
import { createMetrics } from "../../src/web/metrics.ts";

const depth = { due: 2, running: 1, later: 0, dead: 1, oldestDueSeconds: 4.5 };

it("counts deliveries by names that we know, never by names from requests", async () => {
  const metrics = createMetrics(async () => depth);
  metrics.delivered({ event: "pull_request", action: "opened", outcome: "accepted", seconds: 0.01 });
  metrics.delivered({ event: "x1", action: "y1", outcome: "irrelevant", seconds: 0.01 });
  metrics.delivered({ event: "pull_request", action: "z1", outcome: "bad_signature", seconds: 0.01 });
  const { text } = await metrics.render();
  expect(text).toContain('holdpoint_webhook_received_total{event="pull_request",action="opened",outcome="accepted"} 1');
  expect(text).toContain('holdpoint_webhook_received_total{event="other",action="",outcome="irrelevant"} 1');
  expect(text).toContain("holdpoint_webhook_signature_failures_total 1");
  expect(text).not.toMatch(/x1|y1|z1/);
});

it("tells the queue as it is, and nothing of it when it cannot be read", async () => {
  let isDown = false;
  const metrics = createMetrics(async () => {
    if (isDown) throw new Error("gone");
    return depth;
  });
  expect((await metrics.render()).text).toContain("holdpoint_dead_letters 1");
  isDown = true;
  expect((await metrics.render()).text).not.toMatch(/^holdpoint_(dead_letters|queue_\w+)(\{.*\})? \d/m);
});

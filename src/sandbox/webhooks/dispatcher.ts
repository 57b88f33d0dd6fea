/** Sends what happens to the Apps that asked to hear it, in the background and in order, and keeps every delivery. */
import { createHmac, randomUUID } from "node:crypto";
import type { App, Delivery, Installation } from "../state/apps.ts";
import { nodeId } from "../state/node-id.ts";
import type { Occurrence, World } from "../state/world.ts";
import { installationFor } from "../state/world.ts";

/** @see https://docs.github.com/webhooks/using-webhooks/handling-failed-webhook-deliveries (10 seconds) */
const ANSWER_TIMEOUT_MS = 10_000;
/** @see https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap */
const PAYLOAD_BYTES_MAX = 25 * 1_024 * 1_024;
/** Sent to every App, asked for or not; so is what concerns one App alone, such as `check_run.rerequested`. */
const ALWAYS_SENT: ReadonlySet<string> = new Set(["installation", "installation_repositories"]);

/** Events that an App can subscribe to only with at least `read` of a permission. */
const EVENT_PERMISSIONS: Readonly<Record<string, string>> = {
  commit_comment: "contents",
  deployment: "deployments",
  deployment_protection_rule: "deployments",
  deployment_status: "deployments",
  repository_dispatch: "contents",
  workflow_run: "actions",
};

export interface DeliveryMatch {
  event?: string;
  action?: string;
}

/** `delay` counts in milliseconds. */
export type DeliveryMishap = { kind: "drop" } | { kind: "duplicate" } | { kind: "delay"; ms: number };

export class Dispatcher {
  readonly #world: World;
  readonly #inFlightMax: number;
  readonly #check: (name: string, payload: unknown) => void;
  readonly #queue: Delivery[] = [];
  readonly #mishaps: { match: DeliveryMatch; mishap: DeliveryMishap; left: number }[] = [];
  readonly #idle = new Set<() => void>();
  #held: Delivery[] | null = null;
  #inFlight = 0;
  #delayed = 0;

  constructor(world: World, inFlightMax: number, check: (name: string, payload: unknown) => void) {
    this.#world = world;
    this.#inFlightMax = inFlightMax;
    this.#check = check;
  }

  announce(occurrence: Occurrence): void {
    const { event, action } = occurrence;
    let isChecked = false;
    for (const app of this.#world.apps.values()) {
      const installation = this.#listener(app, occurrence);
      if (installation === null) continue;
      const payload = {
        ...occurrence.payload,
        ...(event === "installation" || event === "installation_repositories"
          ? {}
          : { installation: { id: installation.id, node_id: nodeId("IntegrationInstallation", installation.id) } }),
      };
      if (!isChecked) this.#check(action === null ? event : `${event}.${action}`, payload);
      isChecked = true;
      const body = JSON.stringify(payload);
      if (Buffer.byteLength(body) > PAYLOAD_BYTES_MAX) continue;
      this.#place(this.#createDelivery(app, installation, occurrence, body));
    }
  }

  /** Sends a kept delivery once more, under the same guid. */
  redeliver(deliveryId: number): void {
    const known = this.#world.deliveries.find(({ id }) => id === deliveryId);
    if (known === undefined) throw new Error(`no delivery ${deliveryId}`);
    this.#world.lastId += 1;
    const again: Delivery = { ...known, id: this.#world.lastId, isRedelivery: true };
    this.#world.deliveries.push(again);
    this.#enqueue(again);
  }

  /** The next `times` deliveries that match meet this mishap. A dropped one leaves no trace, as in an outage. */
  mishapNext(match: DeliveryMatch, mishap: DeliveryMishap, times = 1): void {
    this.#mishaps.push({ match, mishap, left: times });
  }

  /** Keeps new deliveries back until `release`. */
  hold(): void {
    this.#held ??= [];
  }

  /** Sends what was held, in an order of the caller's choice; what it leaves out is never sent. */
  release(order: (held: Delivery[]) => Delivery[] = (held) => held): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const delivery of order(held)) this.#enqueue(delivery);
  }

  /** Resolves once nothing is waiting or on its way. Held deliveries do not count. */
  flush(): Promise<void> {
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#idle.add(resolve));
  }

  #listener(app: App, { event, repository, organisation, onlyFor, payload }: Occurrence): Installation | null {
    if (app.hookUrl === null || (onlyFor !== null && onlyFor !== app)) return null;
    const isAsked = onlyFor === app || ALWAYS_SENT.has(event);
    if (!isAsked && !app.events.includes(event)) return null;
    const needs = EVENT_PERMISSIONS[event];
    if (needs !== undefined && app.permissions[needs] === undefined) return null;
    if (repository !== null) return installationFor(app, repository) ?? null;
    if (organisation !== null) return app.installations.find(({ account }) => account.id === organisation.id) ?? null;
    const named = (payload.installation as { id: number } | undefined)?.id;
    return app.installations.find(({ id }) => id === named) ?? null;
  }

  #createDelivery(app: App, installation: Installation, occurrence: Occurrence, body: string): Delivery {
    const guid = randomUUID();
    this.#world.lastId += 1;
    return {
      id: this.#world.lastId,
      guid,
      app,
      installationId: installation.id,
      repositoryId: occurrence.repository?.id ?? null,
      event: occurrence.event,
      action: occurrence.action,
      body,
      headers: {
        accept: "*/*",
        "content-type": "application/json",
        "user-agent": "GitHub-Hookshot/5a3d0c1",
        "x-github-delivery": guid,
        "x-github-event": occurrence.event,
        "x-github-hook-id": String(app.id),
        "x-github-hook-installation-target-id": String(app.id),
        "x-github-hook-installation-target-type": "integration",
        ...signatures(app.webhookSecret, body),
      },
      isRedelivery: false,
      deliveredAt: this.#world.now(),
      duration: 0,
      status: "pending",
      statusCode: 0,
      response: { headers: {}, payload: "" },
    };
  }

  #place(delivery: Delivery): void {
    const rule = this.#mishaps.find(
      ({ match, left }) =>
        left > 0 &&
        (match.event === undefined || match.event === delivery.event) &&
        (match.action === undefined || match.action === delivery.action),
    );
    if (rule !== undefined) rule.left -= 1;
    const mishap = rule?.mishap;
    if (mishap?.kind === "drop") return;
    this.#world.deliveries.push(delivery);
    if (mishap?.kind === "delay") {
      this.#delayed += 1;
      setTimeout(() => {
        this.#delayed -= 1;
        this.#enqueue(delivery);
      }, mishap.ms);
      return;
    }
    this.#hand(delivery);
    if (mishap?.kind === "duplicate") this.#hand(delivery);
  }

  #hand(delivery: Delivery): void {
    if (this.#held === null) this.#enqueue(delivery);
    else this.#held.push(delivery);
  }

  #enqueue(delivery: Delivery): void {
    this.#queue.push(delivery);
    this.#sendNext();
  }

  #sendNext(): void {
    while (this.#inFlight < this.#inFlightMax) {
      const delivery = this.#queue.shift();
      if (delivery === undefined) break;
      this.#inFlight += 1;
      void send(delivery).then(() => {
        this.#inFlight -= 1;
        this.#sendNext();
      });
    }
    if (!this.#isIdle()) return;
    for (const resolve of this.#idle) resolve();
    this.#idle.clear();
  }

  #isIdle(): boolean {
    return this.#queue.length === 0 && this.#inFlight === 0 && this.#delayed === 0;
  }
}

/** Never throws: whatever goes wrong is kept with the delivery, as GitHub does. */
async function send(delivery: Delivery): Promise<void> {
  const url = delivery.app.hookUrl;
  if (url === null) return;
  const startedAt = performance.now();
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: delivery.headers,
      body: delivery.body,
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    delivery.statusCode = answer.status;
    delivery.status = answer.ok ? "OK" : answer.statusText || "Error";
    delivery.response = { headers: Object.fromEntries(answer.headers), payload: await answer.text() };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === "TimeoutError";
    delivery.statusCode = isTimeout ? 504 : 502;
    delivery.status = isTimeout ? "timed out" : "failed to connect to host";
  }
  delivery.duration = Math.round(performance.now() - startedAt) / 1_000;
}

function signatures(secret: string | null, body: string): Record<string, string> {
  if (secret === null) return {};
  return {
    "x-hub-signature": `sha1=${createHmac("sha1", secret).update(body).digest("hex")}`,
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
}

/** Holdpoint as a Probot app function, for a team that has a Probot server already. `holdpoint serve` needs none of it. */

import type { Logger } from "pino";
import type { ApplicationFunction, Probot } from "probot";
import { describeError, type EngineOptions, openEngine } from "./engine.ts";
import { isName, keepDelivery, type ReceivedDelivery } from "./handlers/keep-delivery.ts";
import { isObject } from "./handlers/payload.ts";
import { readSettings, type Settings } from "./settings.ts";
import { isSigned } from "./web/signature.ts";

/**
 * Loads Holdpoint, set up by the environment, and stops it on SIGTERM or SIGINT.
 *
 * @throws when the settings are not right or the database cannot be opened; Probot then does not start
 */
export const holdpoint: ApplicationFunction = async (app) => {
  const reading = readSettings(process.env);
  if (reading.kind === "invalid") throw new Error(`Holdpoint cannot start: ${reading.problems.join("; ")}`);
  const log = app.log.child({ name: "holdpoint" }, { serializers: { err: describeError } });
  const { stop } = await loadHoldpoint(app, reading.settings, { log });
  stopOnSignals(stop, log);
};

/** What `probot run` and Probot's `apps` look for. */
export default holdpoint;

export interface LoadOptions extends EngineOptions {
  /** A delivery that was not kept by then is refused; see {@link keepWithinMsDefault}. */
  keepWithinMs?: number;
}

/** Probot answers 202 after 9 seconds of reading and handling, whatever becomes of the delivery: ours has to be in before. */
const keepWithinMsDefault = 5_000;

/**
 * Opens the store, starts the workers and sweeps, and takes deliveries from Probot: the answer follows the durable write.
 *
 * @throws when Probot checks signatures with another secret, or the database cannot be opened; nothing is left running then
 */
export async function loadHoldpoint(
  app: Probot,
  settings: Settings,
  { keepWithinMs = keepWithinMsDefault, ...options }: LoadOptions,
): Promise<{ stop(): Promise<void> }> {
  await refuseOtherSecrets(app, settings);
  const engine = await openEngine(settings, options);
  try {
    await engine.start();
  } catch (error) {
    await engine.stop();
    throw error;
  }
  const { log } = options;
  let isAccepting = true;
  void engine.store.failed.then((error) => {
    isAccepting = false;
    log.fatal({ err: error }, "The database is gone: deliveries are refused until this process is started again");
  });
  app.onError(hidePayload);
  app.onAny(async ({ id, name, payload }) => {
    if (!isAccepting) throw new DeliveryRefused(503, "Holdpoint is stopping or lost its database");
    const delivery = receivedOf(id, name, payload);
    const kept = keepDelivery(delivery, { own: { appId: settings.appId }, accept: engine.accept });
    await within(keepWithinMs, kept).catch((error: unknown) => {
      log.error({ err: error, deliveryId: id }, "A delivery could not be kept");
      throw new DeliveryRefused(503, "Holdpoint cannot keep deliveries at the moment");
    });
  });
  return {
    async stop() {
      isAccepting = false;
      await engine.stop();
    },
  };
}

/**
 * Probot knows one secret, takes `WEBHOOK_SECRET` for it as it stands, and without one falls back to a word that everybody
 * knows. So it is made to sign something.
 */
async function refuseOtherSecrets(app: Probot, { webhookSecrets }: Settings): Promise<void> {
  const probe = "Which secret is it?";
  if (isSigned(Buffer.from(probe), await app.webhooks.sign(probe), webhookSecrets)) return;
  throw new Error(
    "Holdpoint cannot start: Probot checks signatures with another secret than WEBHOOK_SECRET. Give Probot the same one, and one alone: it does not know lists",
  );
}

/** The headers are not covered by the signature, so they are looked at as in our own ingest. */
function receivedOf(id: unknown, event: unknown, payload: unknown): ReceivedDelivery {
  if (!isName(id) || !isName(event)) throw new DeliveryRefused(400, "The event or the delivery id is not a name");
  if (!isObject(payload)) throw new DeliveryRefused(400, "The body is not a JSON object");
  return { id, event, payload, text: JSON.stringify(payload) };
}

/** Probot answers with the status and the message, so both are meant for GitHub. */
class DeliveryRefused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "DeliveryRefused";
    this.status = status;
  }

  /** Probot puts the whole delivery here, and all that is put on an error is logged. */
  set event(_delivery: unknown) {}
}

/** The same for the error that Probot wraps ours in; whoever else listens for errors can still read it. */
function hidePayload(error: { errors: readonly unknown[] }): void {
  if (error.errors.some((one) => one instanceof DeliveryRefused)) {
    Object.defineProperty(error, "event", { enumerable: false });
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const tooLate = Promise.withResolvers<never>();
  const timer = setTimeout(() => tooLate.reject(new Error(`Not kept within ${ms} ms`)), ms);
  try {
    return await Promise.race([work, tooLate.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** A second signal ends the process as if nobody listened. */
function stopOnSignals(stop: () => Promise<void>, log: Logger): void {
  const onSignal = async (signal: NodeJS.Signals): Promise<void> => {
    process.off("SIGTERM", onSignal).off("SIGINT", onSignal);
    log.info("Holdpoint is stopping");
    await stop().catch((error: unknown) => {
      log.error({ err: error }, "Holdpoint did not stop in order");
      process.exitCode = 1;
    });
    // `probot run` does not listen for signals, so nobody else would end it. Where somebody does, the end is theirs.
    if (process.listenerCount(signal) === 0) process.exit();
  };
  process.on("SIGTERM", onSignal).on("SIGINT", onSignal);
}

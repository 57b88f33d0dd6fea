/** Whether GitHub's deliveries reach the App. */

import type { GithubClient, RestEndpointMethodTypes } from "../../github/client.ts";
import { listFailedDeliveries } from "../../github/read/deliveries.ts";
import { type LookedAt, orUnread, toMend, well } from "./looked-at.ts";

type RawHook = RestEndpointMethodTypes["apps"]["getWebhookConfigForApp"]["response"]["data"];

const area = "webhook";
const path = "/api/github/webhooks";
const lookedBackMs = 24 * 3_600_000;

export async function lookAtWebhook(client: GithubClient, publicUrl: string | null): Promise<LookedAt[]> {
  const [address, deliveries] = await Promise.all([
    orUnread(area, "address", () => lookAtAddress(client, publicUrl)),
    orUnread(area, "deliveries", () => lookAtDeliveries(client)),
  ]);
  return [...address, ...deliveries];
}

async function lookAtAddress(client: GithubClient, publicUrl: string | null): Promise<LookedAt[]> {
  const { data } = await client.rest<RawHook>("GET /app/hook/config", {}, { installationId: null });
  const { url, content_type: type, insecure_ssl: insecure, secret } = data;
  const settings = "in the App's settings";
  if (!url) return [toMend(area, "address", "none is set", `set it to https://<your host>${path} ${settings}`)];
  const found = [
    ...(url.endsWith(path)
      ? []
      : [toMend(area, "address", `${url} is not where Holdpoint listens`, `let it end in ${path} ${settings}`)]),
    ...(publicUrl !== null && !url.startsWith(publicUrl)
      ? [toMend(area, "address", `${url} is not below PUBLIC_URL, ${publicUrl}`, "set both to the same host")]
      : []),
    ...(type === "json" ? [] : [toMend(area, "content type", `it is ${type}`, `choose application/json ${settings}`)]),
    ...(secret ? [] : [toMend(area, "secret", "none is set", `set the value of WEBHOOK_SECRET ${settings}`)]),
    ...(String(insecure) === "1"
      ? [toMend(area, "certificate", "GitHub does not verify it", `enable SSL verification ${settings}`)]
      : []),
  ];
  return found.length > 0 ? found : [well(area, "address", url)];
}

async function lookAtDeliveries(client: GithubClient): Promise<LookedAt[]> {
  const failed = await listFailedDeliveries(client, new Date(client.now().getTime() - lookedBackMs));
  const last = failed.at(-1);
  if (last === undefined) return [well(area, "deliveries", "none of the last 24 hours failed for good")];
  const many = failed.length === 1 ? "1 delivery" : `${failed.length} deliveries`;
  const found = `${many} of the last 24 hours failed, the last with "${last.status}" at ${last.deliveredAt.toISOString()}`;
  const mend =
    "see that the address can be reached and /readyz answers 200; a running Holdpoint has them sent again by itself";
  return [toMend(area, "deliveries", found, mend)];
}

/** Webhooks that GitHub sent and nobody took, and having them sent again. As the App itself. */

import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";

type RawDelivery = RestEndpointMethodTypes["apps"]["listWebhookDeliveries"]["response"]["data"][number];

export interface FailedDelivery {
  /** Id of the attempt, by which it is sent again. */
  id: number;
  /** Id of the delivery, the same in all its attempts. */
  guid: string;
  deliveredAt: Date;
  status: string;
}

/**
 * Deliveries of which no attempt since `since` was answered well, oldest first, each by its newest attempt.
 *
 * @throws {GithubError} when GitHub fails
 * @see https://docs.github.com/webhooks/using-webhooks/automatically-redelivering-failed-deliveries-for-a-github-app-webhook
 */
export async function listFailedDeliveries(client: GithubClient, since: Date): Promise<FailedDelivery[]> {
  const newest = new Map<string, RawDelivery>();
  const succeeded = new Set<string>();
  let cursor: string | undefined;
  do {
    const { data, headers } = await client.rest<RawDelivery[]>(
      "GET /app/hook/deliveries",
      { per_page: 100, ...(cursor === undefined ? {} : { cursor }) },
      { installationId: null },
    );
    const recent = data.filter(({ delivered_at }) => new Date(delivered_at) >= since);
    for (const delivery of recent) {
      if (delivery.status_code >= 200 && delivery.status_code < 300) succeeded.add(delivery.guid);
      const known = newest.get(delivery.guid);
      if (!known || known.delivered_at < delivery.delivered_at) newest.set(delivery.guid, delivery);
    }
    const isEnd = data.length === 0 || recent.length < data.length;
    const next = /[?&]cursor=([^&>]+)[^>]*>; rel="next"/.exec(String(headers.link ?? ""))?.[1];
    cursor = isEnd || next === undefined ? undefined : decodeURIComponent(next);
  } while (cursor !== undefined);
  return [...newest.values()]
    .filter(({ guid }) => !succeeded.has(guid))
    .map(({ id, guid, delivered_at, status }) => ({ id, guid, deliveredAt: new Date(delivered_at), status }))
    .sort((one, other) => one.deliveredAt.getTime() - other.deliveredAt.getTime());
}

/** Asks GitHub to send a delivery again. @throws {GithubError} when GitHub refuses */
export async function redeliver(client: GithubClient, deliveryId: number): Promise<void> {
  await client.rest(
    "POST /app/hook/deliveries/{delivery_id}/attempts",
    { delivery_id: deliveryId },
    { installationId: null, isIdempotent: false },
  );
}

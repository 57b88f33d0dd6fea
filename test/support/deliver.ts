/** Posts a delivery as GitHub would, signed. */

import { createHmac, randomUUID } from "node:crypto";
import { webhookSecret, webhookUrlOf } from "./holdpoint.ts";

/** @returns the status of the answer */
export async function postDelivery(app: { url: string }, event: string, payload: object): Promise<number> {
  const body = JSON.stringify(payload);
  const response = await fetch(webhookUrlOf(app), {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": `sha256=${createHmac("sha256", webhookSecret).update(body).digest("hex")}`,
    },
  });
  await response.arrayBuffer();
  return response.status;
}

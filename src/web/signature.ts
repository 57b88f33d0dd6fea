/** Whether a webhook's body was signed with one of our secrets. */

import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Compares in constant time, over the bytes as they came, with every secret: which one it was cannot be told by the time taken.
 *
 * @param header the `X-Hub-Signature-256` header; anything but `sha256=` and 64 hexadecimal digits is no signature
 * @see https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
 */
export function isSigned(body: Uint8Array, header: string | undefined, secrets: readonly string[]): boolean {
  const digits = /^sha256=([0-9a-f]{64})$/.exec(header ?? "")?.[1];
  if (digits === undefined) return false;
  const given = Buffer.from(digits, "hex");
  let isMatch = false;
  for (const secret of secrets) {
    const expected = createHmac("sha256", secret).update(body).digest();
    isMatch = timingSafeEqual(given, expected) || isMatch;
  }
  return isMatch;
}

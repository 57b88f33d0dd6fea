/** Tells people of something, over the channels that their policy names. */

import type { Message } from "../core/notifications/message.ts";
import { route } from "../core/notifications/route.ts";
import type { Policy } from "../core/policy/schema.ts";
import type { Ports } from "./ports.ts";

/** Keeps what has to be sent; a message that was told before is not told again. One statement, and no request. */
export async function tell(
  message: Message,
  policy: Pick<Policy, "notifications">,
  { messages, clock, log }: Pick<Ports, "messages" | "clock" | "log">,
): Promise<void> {
  const deliveries = route(policy.notifications, message, clock.now());
  if (deliveries.length > 0) return messages.keep(message, deliveries);
  const { repositoryId, key, severity, title } = message;
  log.info({ repositoryId, key, severity, title }, "A message has no channel to go over");
}

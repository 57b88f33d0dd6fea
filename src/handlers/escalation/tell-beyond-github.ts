import type { Message } from "../../core/notifications/message.ts";
import { route } from "../../core/notifications/route.ts";
import type { Policy } from "../../core/policy/schema.ts";
import type { Ports } from "../ports.ts";

/**
 * Tells everything but GitHub, where a level's one comment says it; where a channel fails for good, GitHub is what is left, as for every message.
 *
 * @returns whether there was anywhere to tell it
 */
export async function tellBeyondGithub(
  message: Message,
  policy: Policy,
  { messages, clock }: Pick<Ports, "messages" | "clock">,
): Promise<boolean> {
  const deliveries = route(policy.notifications, message, clock.now());
  const others = deliveries.filter(({ target }) => target.type !== "github");
  if (others.length > 0) await messages.keep(message, others);
  return others.length > 0;
}

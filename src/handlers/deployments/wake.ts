/** Looks again at what waits to be deployed from a repository: something that decides about it may have become known. */

import type { Ports } from "../ports.ts";
import { deploymentSubjectOf } from "./tell-waiting.ts";

/** One statement, and a second where something waits. */
export async function wakeDeployments(
  repositoryId: number,
  { deployments, store }: Pick<Ports, "deployments" | "store">,
): Promise<void> {
  const waiting = await deployments.listWaitingRequests({ repositoryId });
  if (waiting.length > 0) await store.enqueue(waiting.map(deploymentSubjectOf));
}

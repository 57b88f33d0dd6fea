import type { PullRequestSubject } from "../../src/core/subject.ts";
import type { Delivery } from "../../src/store/deliveries.ts";

export function aPullRequestSubject(number = 1, over: Partial<PullRequestSubject> = {}): PullRequestSubject {
  return { kind: "pull_request", installationId: 7, repositoryId: 42, owner: "acme", name: "api", number, ...over };
}

export function aDelivery(id: string, over: Partial<Delivery> = {}): Delivery {
  const payload = JSON.stringify({ action: "synchronize" });
  return { id, event: "pull_request", action: "synchronize", installationId: 7, repositoryId: 42, payload, ...over };
}

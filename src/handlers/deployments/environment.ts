/** An environment with the policy that holds it: the one at the tip of the default branch, since what is deployed may be anybody's commit. */

import type { PolicyDocument } from "../../core/policy/policy-document.ts";
import type { UnjudgedDeployment } from "../../core/report/deployment-words.ts";
import type { RepositoryRef } from "../../core/subject.ts";
import type { EnvironmentReading } from "../deployment-port.ts";
import type { Ports } from "../ports.ts";
import { readPolicy } from "../read-policy.ts";

export type GuardedEnvironment =
  | { kind: "gone" }
  | { kind: "unjudged"; why: UnjudgedDeployment }
  | { kind: "guarded"; reading: EnvironmentReading; document: PolicyDocument };

/** @throws {GithubError} when GitHub fails */
export async function readGuardedEnvironment(
  repository: RepositoryRef,
  environment: string,
  ports: Ports,
): Promise<GuardedEnvironment> {
  const reading = await ports.github.readEnvironment(repository, environment);
  if (reading === "gone") return { kind: "gone" };
  if ("kind" in reading) return { kind: "unjudged", why: reading };
  const { policies } = reading;
  const policy = await readPolicy(repository, { snapshot: reading, policies }, ports);
  if (policy.kind === "absent") return { kind: "unjudged", why: { kind: "no_policy" } };
  if (policy.kind === "broken") return { kind: "unjudged", why: { kind: "broken_policy", path: policy.source.path } };
  return { kind: "guarded", reading, document: policy.document };
}

/** Looks at a pull request as the loop gets them: judged by the real gate. */

import { decide } from "../../../src/core/gate/decide.ts";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import type { LoopOptions } from "../../../src/core/rounds/loop-options.ts";
import { loopOptions } from "../../../src/core/rounds/loop-options.ts";
import { type Observation, observe } from "../../../src/core/rounds/observation.ts";
import type { CheckFact, RememberedCommand, Snapshot } from "../../../src/core/snapshot.ts";
import { ago, anInput, aPerson, aSnapshot } from "../../support/builders.ts";

export const shas = Array.from({ length: 10 }, (_, index) => String(index).repeat(40));

/** One peer has to approve, with or without a policy of the loop. */
export const onePeer: PolicyInput = {
  version: 1,
  approval_workflows: { peer_review: { criteria: [], approver: "peer", approvals: 1 } },
};

export function optionsOf(policy: PolicyInput = {}): LoopOptions {
  return { ...loopOptions({ approval_loop: undefined, comments: "sticky" }), ...loopOf(policy) };
}

function loopOf(policy: PolicyInput): Partial<LoopOptions> {
  return policy.approval_loop === undefined ? {} : loopOptions(anInput({ policy }).document.policy);
}

export interface LookOptions extends Partial<Snapshot> {
  head?: Snapshot["head"];
  headSince?: Date;
  commands?: RememberedCommand[];
  /** `null`: it was not judged. */
  policy?: PolicyInput | null;
}

export function aLook({ headSince = ago(9), commands = [], policy = onePeer, ...rest }: LookOptions = {}): Observation {
  const snapshot = aSnapshot({ createdAt: ago(10), commits: [], ...rest });
  const verdict = policy === null ? null : decide(anInput({ policy, snapshot }));
  return observe({ snapshot, verdict, headFirstSeenAt: headSince, commands });
}

export function aCommandOf(login: string, text: string, at: Date, commentId = 1_000): RememberedCommand {
  return { commentId, person: aPerson(login), at, text, headSha: shas[0] ?? "" };
}

export function aCheck(name: string, state: CheckFact["state"]): CheckFact {
  return { name, kind: "check", app: { id: 7, slug: "ci" }, state, completedAt: null };
}

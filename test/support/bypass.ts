/** Pull requests on which a bypass is asked for: by label or by command, or granted before. */

import type { GrantedBypass } from "../../src/core/bypass/bypass.ts";
import type { DecideInput } from "../../src/core/gate/facts.ts";
import type { PolicyInput } from "../../src/core/policy/schema.ts";
import type { Comment, Label, Memory, Snapshot } from "../../src/core/snapshot.ts";
import { aComment, aMemory, anInput, aPerson, headSha, now } from "./builders.ts";

export const reason = "checkout fails for every customer since 02:10";

export const emergency: PolicyInput = {
  roles: { on_call: { users: ["otto"] }, technical_lead: { users: ["lena"] } },
  approval_workflows: { review: { approver: "peer", approvals: 1 } },
  bypass: { emergency: {} },
};

export function withEmergency(block: NonNullable<NonNullable<PolicyInput["bypass"]>["emergency"]>): PolicyInput {
  return { ...emergency, bypass: { emergency: block } };
}

/** Minutes before `now`. */
export function minutesAgo(minutes: number): Date {
  return new Date(now.getTime() - minutes * 60_000);
}

/** Put on by otto, who is on call, five minutes ago. */
export function aLabel(label: Partial<Label> = {}): Label {
  return { name: "emergency-bypass", addedBy: aPerson("otto"), addedAt: minutesAgo(5), ...label };
}

export function aReason(login = "otto", text = reason, comment: Partial<Comment> = {}): Comment {
  return aComment(login, `Bypass reason: ${text}`, { createdAt: minutesAgo(4), ...comment });
}

export function aBypassCommand(login = "otto", rest = `all --reason "${reason}"`, comment: Partial<Comment> = {}) {
  return aComment(login, `/holdpoint bypass ${rest}`, { createdAt: minutesAgo(5), ...comment });
}

/** To otto by his label, for another hour. */
export function aGrant(grant: Partial<GrantedBypass> = {}): GrantedBypass {
  return {
    outcome: "granted",
    id: `label:emergency-bypass@${minutesAgo(5).toISOString()}`,
    source: { kind: "label", label: "emergency-bypass" },
    scope: "all",
    cause: "production_issue",
    requester: aPerson("otto"),
    at: minutesAgo(5),
    headSha,
    reason,
    secondPerson: null,
    grantedAt: minutesAgo(3),
    until: new Date(now.getTime() + 3_600_000),
    issue: { number: 412, url: "https://github.example/acme/api/issues/412" },
    ended: null,
    ...grant,
  };
}

export interface Emergency {
  policy?: PolicyInput;
  snapshot?: Partial<Snapshot>;
  memory?: Partial<Memory>;
  classification?: DecideInput["classification"];
  now?: Date;
}

/** Nobody has approved, and few merges were bypassed before. */
export function anEmergency({ policy = emergency, memory, ...rest }: Emergency = {}): DecideInput {
  return anInput({ policy, memory: aMemory({ merges: { all: 200, bypassed: 1 }, ...memory }), ...rest });
}

/** Pull requests of maria's on which otto, who is on call, asks for a bypass; lena is the technical lead. */

import { at, type Case, comment } from "./case.ts";

type Labels = NonNullable<NonNullable<Case["pr"]>["labels"]>;
type Label = Exclude<Labels[number], string>;
type Bypass = NonNullable<NonNullable<Case["pr"]>["bypasses"]>[number];

export const roles = "roles: { on_call: { users: [otto] }, technical_lead: { users: [lena] } }\n";
const workflow = "approval_workflows: { review: { approver: peer, approvals: 1 } }\n";

/** @param emergency the block, in braces @param more further blocks */
export function withBypass(emergency = "{}", more = workflow): string {
  return `${roles}${more}bypass: { emergency: ${emergency} }\n`;
}

export const twoCheckpoints = `${workflow}checkpoints: { release: { approver: technical_lead }, billing: { approver: peer } }\n`;

export const why = "checkout fails for every customer since 02:10";

export function label(more: Partial<Label> = {}): Label {
  return { name: "emergency-bypass", added_by: "otto", added_at: at("15:50"), ...more };
}

export function because(user = "otto", text = why, more: Parameters<typeof comment>[2] = {}) {
  return comment(user, `Bypass reason: ${text}`, { created_at: at("15:52"), ...more });
}

export function bypass(rest = `all --reason "${why}"`, user = "otto", more: Parameters<typeof comment>[2] = {}) {
  return comment(user, `/holdpoint bypass ${rest}`, { created_at: at("15:50"), ...more });
}

export function granted(more: Partial<Bypass> = {}): Bypass {
  return { by: "otto", label: "emergency-bypass", at: at("15:50"), reason: why, issue: 412, ...more };
}

/** Asked for in full: by label, with the reason. */
export const asked = { labels: [label()], comments: [because()] };

// In two parts, so that nothing takes this file for one that holds a token.
const token = ["ghp", "wJ1aZ9kQ3xV7bN5mL2pR8sT4yU6cD0eF1gHi"].join("_");

export const withSecret = { files: [{ path: "src/a.ts", base: "", head: `const key = "${token}";\n` }] };

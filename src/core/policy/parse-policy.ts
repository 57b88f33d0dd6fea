/** One policy text by itself: for files outside any repository, and wherever nothing can be fetched. Presets may be built on. */

import { composePolicy } from "./compose-policy.ts";
import type { PolicyLoad, PolicySource } from "./policy-document.ts";

/** @param owner of the repository the policy is for, where known */
export function parsePolicy(text: string, source: PolicySource, owner: string | null = null): PolicyLoad {
  const composed = composePolicy({
    owner,
    repository: { kind: "read", value: { text, source } },
    organization: { kind: "missing" },
    included: new Map(),
  });
  if (composed.kind === "loaded" || composed.kind === "broken") return composed;
  if (composed.kind === "absent") throw new Error("A text that was given is never absent");
  const unread = new Map(
    composed.files.map((file) => [
      file.reference,
      { kind: "unreadable" as const, reason: "files of other repositories are not read here" },
    ]),
  );
  const again = composePolicy({
    owner,
    repository: { kind: "read", value: { text, source } },
    organization: { kind: "missing" },
    included: unread,
  });
  if (again.kind === "loaded" || again.kind === "broken") return again;
  throw new Error("A file that was answered for was asked for again");
}

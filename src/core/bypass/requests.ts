/** Who asks for a bypass: labels of the policy that are on, and commands. A label that nobody put on is a request all the same, to be refused. */

import type { BypassRequest } from "./bypass.ts";
import type { BypassFacts } from "./facts.ts";

/** @returns oldest first; those that were granted or refused before are among them */
export function bypassRequests({
  rules,
  snapshot,
  commands,
}: Pick<BypassFacts, "rules" | "snapshot" | "commands">): BypassRequest[] {
  const byLabel = snapshot.labels.flatMap((label): BypassRequest[] => {
    const cause = causeOfLabel(label.name, rules?.labels ?? {});
    if (cause === null) return [];
    return [
      {
        id: `label:${label.name}@${label.addedAt?.toISOString() ?? "unknown"}`,
        source: { kind: "label", label: label.name },
        scope: "all",
        cause,
        requester: label.addedBy,
        at: label.addedBy === null ? null : label.addedAt,
      },
    ];
  });
  const byCommand = commands.flatMap(({ id, commentId, person, at, said }): BypassRequest[] =>
    said.kind === "request"
      ? [
          {
            id,
            source: { kind: "command", commentId },
            scope: said.scope,
            cause: said.cause,
            requester: person,
            at,
          },
        ]
      : [],
  );
  return [...byLabel, ...byCommand].sort((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0));
}

/** @returns `null` where the label asks for nothing. GitHub does not tell labels apart by case. */
export function causeOfLabel(label: string, labels: Readonly<Record<string, string>>): string | null {
  const name = label.toLowerCase();
  return Object.hasOwn(labels, name) ? (labels[name] ?? null) : null;
}

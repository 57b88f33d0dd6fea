import type { GrantedBypass } from "../../core/bypass/bypass.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { PullRequestReading } from "../github-port.ts";
import type { Ports } from "../ports.ts";

/** A label that stays on opens nothing by itself, so that a refusal of GitHub's is only noted. */
export async function takeLabelOff(
  subject: PullRequestSubject,
  label: string,
  { github, log }: Pick<Ports, "github" | "log">,
): Promise<void> {
  const outcome = await github.removeLabel(subject, label);
  if (outcome === "removed") return;
  log.warn({ repositoryId: subject.repositoryId, pr: subject.number }, "The label of a bypass could not be taken off");
}

/** Where it is still on as it was put there: put on anew, it asks for another one. */
export async function takeLabelOfGrantOff(
  subject: PullRequestSubject,
  { snapshot }: Pick<PullRequestReading, "snapshot">,
  { source, requester, at }: GrantedBypass,
  ports: Pick<Ports, "github" | "log">,
): Promise<void> {
  if (source.kind !== "label") return;
  const name = source.label.toLowerCase();
  const isOn = snapshot.labels.some(
    (label) =>
      label.name.toLowerCase() === name &&
      label.addedBy?.id === requester.id &&
      label.addedAt?.getTime() === at.getTime(),
  );
  if (isOn) await takeLabelOff(subject, source.label, ports);
}

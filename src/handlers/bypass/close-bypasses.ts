/** What a pull request that is closed leaves of its bypasses: none of them opens it again. */

import { activeGrants } from "../../core/bypass/active-grants.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { PullRequestReading } from "../github-port.ts";
import { judgeClosed } from "../judge-pull-request.ts";
import type { Ports, Run } from "../ports.ts";
import { publishJudgement } from "../publish-judgement.ts";
import type { Dossier } from "../store-port.ts";
import { endBypass } from "./end-bypass.ts";

/**
 * Lowers the check first: were the pull request opened again, or its commit another one's, it would stand open until the next look.
 *
 * @param reading of a pull request that was closed without a merge
 */
export async function closeBypasses(
  subject: PullRequestSubject,
  reading: PullRequestReading,
  dossier: Dossier,
  ports: Ports,
  run: Run,
): Promise<void> {
  const grants = activeGrants(dossier.memory.bypasses);
  if (grants.length === 0) return;
  const ended = { at: ports.clock.now(), why: "closed" } as const;
  const bypasses = dossier.memory.bypasses.map((one) =>
    one.outcome === "granted" && one.ended === null ? { ...one, ended } : one,
  );
  const without = { ...dossier, memory: { ...dossier.memory, bypasses } };
  const judgement = await judgeClosed(subject, reading, without, ports, run);
  if (judgement !== null) {
    const { outcome } = await publishJudgement(subject, judgement, dossier.before, ports, run);
    if (outcome === "fenced") return;
  }
  for (const grant of grants) await endBypass(subject, reading, grant, "closed", ports);
}

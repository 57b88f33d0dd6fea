/** Pull requests whose head is a commit that an event names. */

import type { Subject } from "../core/subject.ts";
import { type Payload, repositoryIn, shaAt } from "./payload.ts";

/** @param path where the payload has the commit's id; nothing where there is none */
export function commitSubjects(
  payload: Payload,
  path: string[],
  options: { always?: true; isScan?: true; ranOnBranch?: string } = {},
): Subject[] {
  const repository = repositoryIn(payload);
  const sha = shaAt(payload, ...path);
  return repository !== null && sha !== null ? [{ kind: "commit", ...repository, sha, ...options }] : [];
}

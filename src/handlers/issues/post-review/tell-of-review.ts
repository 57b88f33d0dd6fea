/** Tells people of a review that is owed, each thing once. */

import type { ReviewMessage } from "../../../core/report/post-review-messages.ts";
import type { Ports } from "../../ports.ts";
import { tell } from "../../tell.ts";
import { keep, type ReviewLook } from "./review-look.ts";
import { readReviewers } from "./reviewers.ts";

/** Messages that were told lately; older ones are told apart by their keys where they are sent. */
const toldMax = 200;

/** What was told costs nothing; the policy is read only where there is something new to say. */
export async function tellOfReview(look: ReviewLook, message: ReviewMessage, ports: Ports): Promise<ReviewLook> {
  const { kept, data } = look;
  if (data.told.includes(message.about)) return look;
  const reviewers = await readReviewers(look, [], ports);
  const { installationId, repositoryId, owner, name, number, pullRequest } = kept;
  const url = `${ports.urls.server}/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
  const where = number > 0 && look.reading !== "gone" ? number : pullRequest;
  await tell(
    {
      key: `${kept.key}:${message.about}`,
      installationId,
      repositoryId,
      owner,
      name,
      severity: message.severity,
      roles: [data.role],
      channels: [],
      title: message.title,
      body: message.body,
      url: `${url}/issues/${where}`,
      about: { number: where },
      people: [],
      at: ports.clock.now(),
    },
    reviewers?.policy ?? {},
    ports,
  );
  return keep(look, { told: [...data.told, message.about].slice(-toldMax) }, ports);
}

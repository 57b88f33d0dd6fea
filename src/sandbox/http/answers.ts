/** Answers that any request may meet, and how an answer becomes bytes. */
import { createHash } from "node:crypto";
import { Moved, type Refusal } from "../actions/refusal.ts";
import type { Answer } from "../rest/request.ts";

export function refusalAnswer(refusal: Refusal): Answer {
  if (refusal instanceof Moved) {
    const { location, message } = refusal;
    return { status: refusal.status, body: { message, url: location }, headers: { location } };
  }
  return {
    status: refusal.status,
    body: {
      message: refusal.message,
      ...(refusal.errors.length === 0 ? {} : { errors: refusal.errors }),
      documentation_url: "https://docs.github.com/rest",
      status: String(refusal.status),
    },
  };
}

export function tooMuchContent(waitS: number): Answer {
  const message =
    "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.";
  return { status: 403, body: { message }, headers: { "retry-after": String(waitS) } };
}

/** A client that has the same answer already is told so, without the body. */
export function withEtag(ifNoneMatch: string | null, answer: Answer): Answer {
  if (answer.status !== 200) return answer;
  const payload = payloadOf(answer);
  const etag = `W/"${createHash("sha256")
    .update(payload ?? "")
    .digest("hex")}"`;
  const headers = { ...answer.headers, etag, "cache-control": "private, max-age=60, s-maxage=60" };
  const isKnown = ifNoneMatch === etag;
  return isKnown ? { status: 304, headers } : { ...answer, headers };
}

export function payloadOf(answer: Answer): Buffer | null {
  if (answer.body === undefined) return null;
  return Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(JSON.stringify(answer.body));
}

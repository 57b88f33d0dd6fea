/** GraphQL comment in the conversation → {@link Comment}. */

import type { Comment } from "../../core/snapshot.ts";
import { idOf } from "./connection.ts";
import { personOf, type RawActor } from "./map-person.ts";

export const commentFields = `
fragment CommentFields on IssueComment {
  fullDatabaseId
  author { ...ActorFields }
  viewerDidAuthor
  body
  createdAt
  lastEditedAt
  editor { ...ActorFields }
}`;

export interface RawComment {
  fullDatabaseId: string | number | null;
  author: RawActor | null;
  viewerDidAuthor: boolean;
  body: string;
  createdAt: string;
  lastEditedAt: string | null;
  editor: RawActor | null;
}

export function mapComment(raw: RawComment): Comment {
  const id = idOf(raw.fullDatabaseId);
  return {
    id,
    user: personOf(raw.author, id),
    body: raw.body,
    createdAt: new Date(raw.createdAt),
    isEdited: raw.lastEditedAt !== null,
    editedBy: raw.editor === null ? null : personOf(raw.editor, id),
  };
}

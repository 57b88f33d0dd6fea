/** Each pull request's own verdict per head and check, since pull requests that share a commit share its checks. */

import type { Kysely } from "kysely";
import type { Tables } from "../tables.ts";

export interface SiblingVerdict {
  number: number;
  state: string;
}

/** The verdicts of all pull requests on a commit and check, the asking one's included. */
export async function loadVerdicts(
  db: Kysely<Tables>,
  repositoryId: number,
  headSha: string,
  checkName: string,
): Promise<SiblingVerdict[]> {
  return db
    .selectFrom("verdicts")
    .select(["number", "state"])
    .where("repository_id", "=", repositoryId)
    .where("head_sha", "=", headSha)
    .where("check_name", "=", checkName)
    .orderBy("number")
    .execute();
}

/** The verdicts of one pull request, of each check it has on each head. */
export async function loadOwnVerdicts(
  db: Kysely<Tables>,
  repositoryId: number,
  number: number,
): Promise<{ headSha: string; checkName: string; state: string }[]> {
  return db
    .selectFrom("verdicts")
    .select(["head_sha as headSha", "check_name as checkName", "state"])
    .where("repository_id", "=", repositoryId)
    .where("number", "=", number)
    .orderBy("check_name")
    .execute();
}

/** For a pull request that was closed: it must not hold down others on the same commit. */
export async function forgetVerdicts(db: Kysely<Tables>, repositoryId: number, number: number): Promise<void> {
  await db.deleteFrom("verdicts").where("repository_id", "=", repositoryId).where("number", "=", number).execute();
}

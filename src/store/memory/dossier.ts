/** Everything remembered about one pull request and its repository, in one statement. */

import type { OpenEscalation } from "../../core/escalation/escalation-state.ts";
import type { AskedReviewer, RememberedCommand, SeenWindow } from "../../core/snapshot.ts";
import type { LabelArrival } from "../../handlers/exceptions-port.ts";
import type { ReadingHints } from "../../handlers/github-port.ts";
import type { Dossier, KnownPullRequest, SeenHead } from "../../handlers/store-port.ts";
import { isClockSure } from "../clock-drift.ts";
import { type BypassRow, toBypass } from "../exceptions/bypasses.ts";
import type { Queryable } from "../queryable.ts";
import { joinHeads } from "./heads.ts";
import { parseSessionData } from "./review-sessions.ts";

export async function loadDossier(
  db: Queryable,
  pullRequest: { installationId: number; repositoryId: number; number: number },
): Promise<Dossier> {
  const { installationId, repositoryId, number } = pullRequest;
  const { rows } = await db.query<Row>({
    name: "load-dossier",
    text: statement,
    values: [installationId, repositoryId, number],
  });
  const row = rows[0];
  if (row === undefined) throw new Error("The database answered a question for one row with none");
  return {
    hints: row.hints ?? { teams: [], organizations: [] },
    gates: row.gates ?? [],
    memory: {
      heads: joinHeads(
        (row.heads ?? []).map(({ firstSeenAt, metAt, ...head }) => ({
          ...head,
          firstSeenAt: new Date(firstSeenAt),
          metAt: new Date(metAt),
        })),
      ),
      askedAt: Object.fromEntries((row.asked ?? []).map(({ id, at }) => [id, new Date(at)])),
      reviewers: (row.reviewers ?? []).map((one) => ({ ...one, askedAt: new Date(one.askedAt) })),
      commands: (row.commands ?? []).map((command) => ({ ...command, at: new Date(command.at) })),
      load: row.load ?? {},
      bypasses: (row.bypasses ?? []).map(toBypass),
      merges: null,
      windows: (row.windows ?? []).map((window) => ({ ...window, since: new Date(window.since) })),
    },
    labelArrivals: (row.labels ?? []).map((label) => ({ ...label, at: new Date(label.at) })),
    reviewHeads: row.reviewHeads ?? {},
    isClockSure: isClockSure(new Date(row.databaseTime)),
    escalations: (row.escalations ?? []).map(({ at, since, ...one }) => ({
      ...one,
      since: new Date(since),
      at: at === null ? null : new Date(at),
    })),
    before: row.before,
    session: row.session === null ? null : { state: row.session.state, data: parseSessionData(row.session.data) },
  };
}

/** Moments in milliseconds; lists without rows are `null`. */
interface Row {
  databaseTime: number;
  hints: ReadingHints | null;
  gates: string[] | null;
  heads: (Omit<SeenHead, "firstSeenAt" | "metAt"> & { firstSeenAt: number; metAt: number })[] | null;
  reviewHeads: Record<number, string> | null;
  before: KnownPullRequest | null;
  asked: { id: string; at: number }[] | null;
  reviewers: (Omit<AskedReviewer, "askedAt"> & { askedAt: number })[] | null;
  commands: (Omit<RememberedCommand, "at"> & { at: number })[] | null;
  load: Record<number, number> | null;
  session: { state: string; data: string } | null;
  bypasses: BypassRow[] | null;
  labels: (Omit<LabelArrival, "at"> & { at: number })[] | null;
  windows: (Omit<SeenWindow, "since"> & { since: number })[] | null;
  escalations: (Omit<OpenEscalation, "at" | "since"> & { at: number | null; since: number })[] | null;
}

const ms = (column: string) => `floor(extract(epoch from ${column}) * 1000)::bigint`;

const ours = "repository_id = $2 and number = $3";

const statement = `select ${ms("clock_timestamp()")}::float8 as "databaseTime",
  (select hints from reading_hints where repository_id = $2) as hints,
  (select json_agg(base_ref order by base_ref) from known_gates where repository_id = $2) as gates,
  (select json_agg(json_build_object('sha', head_sha, 'mergeBaseSha', base_sha, 'patchDigest', patch_digest,
      'pathDigests', path_digests, 'firstSeenAt', ${ms("first_seen_at")}, 'metAt', ${ms("met_at")}) order by met_at)
    from heads where ${ours}) as heads,
  (select json_object_agg(review_id, head_sha) from reviews_seen where ${ours}) as "reviewHeads",
  (select json_build_object('installationId', installation_id, 'repositoryId', repository_id, 'owner', owner,
      'name', name, 'number', number, 'state', state, 'baseRef', base_ref, 'headSha', head_sha)
    from pull_requests where ${ours}) as before,
  (select json_agg(json_build_object('id', requirement_id, 'at', ${ms("asked_at")}))
    from requirements_asked where ${ours}) as asked,
  (select json_agg(json_build_object('personId', person_id, 'login', login, 'askedAt', ${ms("asked_at")},
      'headSha', head_sha, 'isAwaited', off_at is null) order by asked_at, person_id)
    from reviewers_asked where ${ours}) as reviewers,
  (select json_agg(json_build_object('commentId', comment_id,
      'person', json_build_object('id', person_id, 'login', login, 'kind', person_kind),
      'at', ${ms("at")}, 'text', text, 'headSha', head_sha) order by at, comment_id)
    from commands_seen where ${ours}) as commands,
  (select json_object_agg(person_id, waiting) from (
      select r.person_id, count(*) as waiting
      from pull_requests p join reviewers_asked r on r.repository_id = p.repository_id and r.number = p.number
      where p.installation_id = $1 and p.state = 'open' and r.off_at is null
        and (p.repository_id, p.number) <> ($2, $3)
      group by r.person_id) as busy) as load,
  (select json_build_object('state', state, 'data', data) from review_sessions where ${ours}) as session,
  (select json_agg(json_build_object('data', data, 'endedAt', ${ms("ended_at")}, 'endedWhy', ended_why) order by at, id)
    from bypasses where ${ours}) as bypasses,
  (select json_agg(json_build_object('label', label, 'personId', person_id, 'headSha', head_sha, 'at', ${ms("at")}))
    from labels_seen where ${ours}) as labels,
  (select json_agg(json_build_object('baseRef', base_ref, 'digest', digest, 'since', ${ms("since")}))
    from windows_seen where repository_id = $2) as windows,
  (select json_agg(json_build_object('key', key, 'kind', kind, 'level', level, 'at', ${ms("level_at")},
      'since', ${ms("since")}) order by key)
    from escalations where ${ours} and closed_at is null) as escalations`;

/** Writes check runs: created once, then updated, with nothing lost of the conclusion whatever happens to the rest. */

import type { Annotation, CheckRunDraft } from "../../core/report/check-run.ts";
import type { Call, GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { GithubError, isGithubError } from "../errors.ts";
import { retryUnavailable } from "../retry.ts";

interface Repository {
  installationId: number;
  owner: string;
  name: string;
}

type RawRun = RestEndpointMethodTypes["checks"]["get"]["response"]["data"];
type RawRuns = RestEndpointMethodTypes["checks"]["listForRef"]["response"]["data"];
type RawAnnotation = RestEndpointMethodTypes["checks"]["listAnnotations"]["response"]["data"][number];

/** @see https://docs.github.com/rest/checks/runs#update-a-check-run (at most 50 per request) */
const annotationsPerRequest = 50;
/** Runs whose annotations we remember, so that an update need not ask for them. */
const runsRememberedMax = 5000;

export class CheckRunWriter {
  readonly #client: GithubClient;
  /** Keys of the annotations that a run bears. GitHub only ever adds annotations to a run. */
  readonly #annotated = new Map<number, Set<string>>();

  constructor(client: GithubClient) {
    this.#client = client;
  }

  /**
   * Creates the run, or updates the one with this id; one that is gone is created anew.
   *
   * @returns its id
   * @throws {GithubError} when GitHub refuses the head, or stays unavailable
   */
  async write(repository: Repository, id: number | null, draft: CheckRunDraft): Promise<number> {
    const call = callOf(repository, draft);
    let known = id;
    let isFirst = true;
    const written = await retryUnavailable(async () => {
      // After a lost answer the run may stand there already, under an id we never heard of.
      if (!isFirst) known = known ?? (await this.#find(repository, draft, call));
      isFirst = false;
      return this.#put(repository, known, draft, call);
    }, this.#client.waiting);
    await this.#annotateFurther(repository, written.id, draft, written.rest, call);
    return written.id;
  }

  async #put(repository: Repository, id: number | null, draft: CheckRunDraft, call: Call): Promise<Written> {
    const annotations = await this.#unwritten(repository, id, draft, call);
    const first = annotations.slice(0, annotationsPerRequest);
    const rest = annotations.slice(annotationsPerRequest);
    try {
      return { id: await this.#send(repository, id, draft, first, call), rest };
    } catch (error) {
      if (id !== null && isGithubError(error, "not_found")) return this.#put(repository, null, draft, call);
      if (error instanceof GithubError && error.status === 422 && !isAboutHead(error)) {
        // Something of what we say was refused. What we say matters less than the conclusion.
        const bare = { ...draft, text: "", annotations: [], actions: [], detailsUrl: null };
        return { id: await this.#send(repository, id, bare, [], call), rest: [] };
      }
      if (id !== null) this.#annotated.delete(id); // an answer may have been lost: ask next time
      throw error;
    }
  }

  async #send(
    { owner, name: repo }: Repository,
    id: number | null,
    draft: CheckRunDraft,
    annotations: readonly Annotation[],
    call: Call,
  ): Promise<number> {
    const body = { owner, repo, ...bodyOf(draft, annotations) };
    const { data } =
      id === null
        ? await this.#client.rest<RawRun>(
            "POST /repos/{owner}/{repo}/check-runs",
            { ...body, head_sha: draft.headSha },
            call,
          )
        : await this.#client.rest<RawRun>(
            "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
            { ...body, check_run_id: id },
            call,
          );
    this.#remember(data.id, annotations);
    return data.id;
  }

  async #annotateFurther(
    { owner, name: repo }: Repository,
    check_run_id: number,
    { title, summary, text }: CheckRunDraft,
    rest: readonly Annotation[],
    call: Call,
  ): Promise<void> {
    for (let start = 0; start < rest.length; start += annotationsPerRequest) {
      const batch = rest.slice(start, start + annotationsPerRequest);
      const output = { title, summary, ...(text === "" ? {} : { text }), annotations: batch.map(annotationOf) };
      await this.#client.rest(
        "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
        { owner, repo, check_run_id, output },
        call,
      );
      this.#remember(check_run_id, batch);
    }
  }

  /** Annotations of the draft that the run does not bear yet. */
  async #unwritten(repository: Repository, id: number | null, draft: CheckRunDraft, call: Call): Promise<Annotation[]> {
    if (id === null || draft.annotations.length === 0) return draft.annotations;
    const written = this.#annotated.get(id) ?? (await this.#readAnnotations(repository, id, call));
    this.#annotated.set(id, written);
    return draft.annotations.filter((annotation) => !written.has(keyOf(annotation)));
  }

  async #readAnnotations({ owner, name: repo }: Repository, check_run_id: number, call: Call): Promise<Set<string>> {
    const keys = new Set<string>();
    try {
      for (let page = 1; ; page += 1) {
        const { data } = await this.#client.rest<RawAnnotation[]>(
          "GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations",
          { owner, repo, check_run_id, per_page: 100, page },
          call,
        );
        for (const { path, start_line, end_line, title, message } of data) {
          keys.add(JSON.stringify([path, start_line, end_line, title ?? "", message ?? ""]));
        }
        if (data.length < 100) break;
      }
    } catch (error) {
      if (!isGithubError(error, "not_found")) throw error; // gone: it will be created anew
    }
    return keys;
  }

  /** A run of ours on this head, by the mark we gave it. */
  async #find({ owner, name: repo }: Repository, draft: CheckRunDraft, call: Call): Promise<number | null> {
    const { data } = await this.#client.rest<RawRuns>(
      "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
      { owner, repo, ref: draft.headSha, check_name: draft.name, app_id: this.#client.appId, per_page: 100 },
      call,
    );
    return data.check_runs.find((run) => run.external_id === draft.externalId)?.id ?? null;
  }

  #remember(id: number, annotations: readonly Annotation[]): void {
    const known = this.#annotated.get(id) ?? new Set();
    for (const annotation of annotations) known.add(keyOf(annotation));
    this.#annotated.delete(id);
    const oldest = this.#annotated.size >= runsRememberedMax ? this.#annotated.keys().next().value : undefined;
    if (oldest !== undefined) this.#annotated.delete(oldest);
    this.#annotated.set(id, known);
  }
}

interface Written {
  id: number;
  /** Annotations that did not fit. */
  rest: Annotation[];
}

/** What does not open a gate may use the last of the budget. Doubled requests are seen to here, not by the client. */
function callOf({ installationId }: Repository, { conclusion }: CheckRunDraft): Call {
  const opens = conclusion === "success" || conclusion === "neutral";
  return { installationId, priority: opens ? "normal" : "downgrade", isIdempotent: false };
}

function bodyOf(draft: CheckRunDraft, annotations: readonly Annotation[]) {
  return {
    name: draft.name,
    external_id: draft.externalId,
    status: draft.status,
    ...(draft.conclusion === null ? {} : { conclusion: draft.conclusion }),
    ...(draft.detailsUrl === null ? {} : { details_url: draft.detailsUrl }),
    output: {
      title: draft.title,
      summary: draft.summary,
      text: draft.text, // also when empty: what stood there before is no longer so
      ...(annotations.length === 0 ? {} : { annotations: annotations.map(annotationOf) }),
    },
    actions: draft.actions,
  };
}

function annotationOf({ path, startLine, endLine, level, title, message }: Annotation) {
  return { path, start_line: startLine, end_line: endLine, annotation_level: level, title, message };
}

function keyOf({ path, startLine, endLine, title, message }: Annotation): string {
  return JSON.stringify([path, startLine, endLine, title, message]);
}

/** GitHub does not know the commit: no shortening helps. */
function isAboutHead({ message }: GithubError): boolean {
  return /no commit found|head_sha/i.test(message);
}

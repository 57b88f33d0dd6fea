/** The process that replays a share of the history: reads the files of each change, classifies it and judges it by each policy. */

import { touchedLines } from "../../core/backtest/later-change.ts";
import type { Outcome } from "../../core/backtest/outcome.ts";
import { replay } from "../../core/backtest/replay.ts";
import { classify } from "../../core/findings/classify.ts";
import type { Classification } from "../../core/findings/finding.ts";
import { parsePolicy } from "../../core/policy/parse-policy.ts";
import type { PolicyDocument } from "../../core/policy/policy-document.ts";
import type { ChangedFile, Contents } from "../../core/snapshot.ts";
import { allContents } from "../judge.ts";
import { type BlobReader, openBlobs } from "./blob-reader.ts";
import { toHistoricChange } from "./clone-merge.ts";
import type { FromReplayer, PolicyText, ReplayItem, ReplaySetup, ToReplayer } from "./replay-task.ts";
import { streamDiffs } from "./stream-diffs.ts";

interface Bench {
  setup: ReplaySetup;
  documents: PolicyDocument[];
  blobs: BlobReader;
}

let bench: Bench | null = null;

process.on("message", (message: ToReplayer) => {
  if (message.kind === "setup") {
    const { setup } = message;
    bench = { setup, documents: setup.policies.map(documentOf), blobs: openBlobs(setup.place) };
    say({ kind: "ready" });
  } else if (bench !== null) {
    void replayAll(message.items, bench);
  }
});
process.on("disconnect", () => {
  bench?.blobs.close();
  process.exit();
});

function say(message: FromReplayer): void {
  process.send?.(message);
}

function documentOf({ text, source, owner }: PolicyText): PolicyDocument {
  const load = parsePolicy(text, source, owner);
  if (load.kind === "broken") throw new Error("The policy was checked before, and is broken now");
  return load.document;
}

async function replayAll(items: readonly ReplayItem[], { setup, documents, blobs }: Bench): Promise<void> {
  const rest = [...items];
  try {
    for await (const { sha, files } of streamDiffs(
      setup.place,
      items.map(({ merge }) => merge),
    )) {
      const item = rest[0];
      if (item?.merge.sha !== sha) throw new Error("git answered out of order");
      const outcomes = item.isReplayed ? await replayOne(item, files, { setup, documents, blobs }) : [];
      rest.shift();
      say({ kind: "replayed", sha, outcomes, touched: touchedLines(files) });
    }
    say({ kind: "idle" });
  } catch (error) {
    say({
      kind: "failed",
      sha: rest[0]?.merge.sha ?? "",
      error: error instanceof Error ? error.message : String(error),
    });
  }
}

async function replayOne(
  { merge, isWithoutTexts }: ReplayItem,
  files: ChangedFile[],
  bench: Bench,
): Promise<Outcome[]> {
  const change = toHistoricChange(merge, files, bench.setup.repository);
  const readContents = async (paths: readonly string[]): Promise<Contents> => {
    const [base, head] = await Promise.all([bench.blobs.read(merge.parent, paths), bench.blobs.read(merge.sha, paths)]);
    return { base, head };
  };
  // Policies mostly look for the same things, and looking is what takes the time.
  const classified = new Map<string, Promise<Classification>>();
  return Promise.all(
    bench.documents.map(async (document) => {
      const { classification: options } = document.policy;
      const key = JSON.stringify(options ?? null);
      const known = classified.get(key);
      const made = known ?? classifyWith(options);
      classified.set(key, made);
      return replay(document, change, await made);
    }),
  );

  async function classifyWith(options: PolicyDocument["policy"]["classification"]): Promise<Classification> {
    const nothing: Contents = { base: new Map(), head: new Map() };
    const contents = isWithoutTexts ? nothing : await allContents(change.snapshot, options, readContents);
    return classify({ snapshot: change.snapshot, contents, options });
  }
}

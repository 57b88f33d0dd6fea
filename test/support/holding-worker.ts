/** A process that takes work and never finishes it: says `run <key> <fence>` when it begins one, `lost <key>` when it lost one. */

import { subjectKey } from "../../src/core/subject.ts";
import { openStore } from "../../src/store/store.ts";
import { silentLog } from "./silent-log.ts";

const store = await openStore({ databaseUrl: process.argv[2], dataDir: process.argv[3] ?? "unused", log: silentLog });
await store.jobs.startWorkers({
  concurrency: 4,
  leaseSeconds: 1,
  async handle(subject, { fence, signal }) {
    process.stdout.write(`run ${subjectKey(subject)} ${fence}\n`);
    signal.addEventListener("abort", () => process.stdout.write(`lost ${subjectKey(subject)}\n`));
    return new Promise(() => {});
  },
});

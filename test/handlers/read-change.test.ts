import { expect, it } from "vitest";
import { wantedContents } from "../../src/core/findings/wanted-contents.ts";
import { policySchema } from "../../src/core/policy/schema.ts";
import type { Incomplete } from "../../src/core/snapshot.ts";
import type { Change, GithubPort, PullRequestReading } from "../../src/handlers/github-port.ts";
import { NotYet } from "../../src/handlers/not-yet.ts";
import type { ClassifyInput } from "../../src/handlers/ports.ts";
import { readChange } from "../../src/handlers/read-change.ts";
import type { StorePort } from "../../src/handlers/store-port.ts";
import { aClassification, aFile, aSnapshot, baseSha, headSha, now } from "../support/builders.ts";
import { aPullRequestSubject } from "../support/subjects.ts";

const options = policySchema.parse({}).classification;
const other = "c".repeat(40);
const cut: Incomplete = { what: "files", reason: "GitHub lists no more than 3000" };

function aReading(changedFilesCount: number): PullRequestReading {
  return {
    snapshot: aSnapshot({ files: [] }),
    changedFilesCount,
    mergeBaseSha: baseSha,
    policies: { repository: { kind: "missing" }, organization: { kind: "missing" } },
    ownChecks: [],
    ownComments: [],
    foreignChecks: [],
    headFirstSeenAt: null,
    readAt: now,
  };
}

/** Reads a change as GitHub would list it. */
async function read(listed: Change, { counted, attempt }: { counted: number; attempt: number }) {
  const saved: unknown[] = [];
  const ports = {
    github: {
      readChange: async () => listed,
      readContents: async () => ({ base: new Map(), head: new Map() }),
    } as unknown as GithubPort,
    store: {
      loadChange: async () => null,
      saveChange: async (...args: unknown[]) => void saved.push(args),
    } as unknown as StorePort,
    clock: { now: () => now },
    classify: async () => aClassification(),
    wanted: ({ snapshot, options, contents }: ClassifyInput) => wantedContents(snapshot, options, contents),
  };
  const change = await readChange(aPullRequestSubject(), aReading(counted), options, ports, { attempt, early: null });
  return { incomplete: change.change.incomplete.map(({ what }) => what), isRemembered: saved.length === 1 };
}

const files = [aFile("docs/a.md"), aFile("docs/b.md")];

it.each([
  {
    name: "a whole list",
    listed: { files, incomplete: [], headSha },
    counted: 2,
    attempt: 1,
    incomplete: [],
    isRemembered: true,
  },
  {
    name: "a list that tells no head",
    listed: { files, incomplete: [], headSha: null },
    counted: 2,
    attempt: 1,
    incomplete: [],
    isRemembered: true,
  },
  {
    name: "a list that GitHub cuts",
    listed: { files, incomplete: [cut], headSha },
    counted: 9,
    attempt: 1,
    incomplete: ["files"],
    isRemembered: true,
  },
  {
    name: "a list still too short after four attempts",
    listed: { files, incomplete: [], headSha },
    counted: 3,
    attempt: 4,
    incomplete: ["files"],
    isRemembered: false,
  },
  {
    name: "a list still too long after four attempts",
    listed: { files, incomplete: [], headSha },
    counted: 1,
    attempt: 4,
    incomplete: ["files"],
    isRemembered: false,
  },
])(
  "$name → incomplete: $incomplete, remembered: $isRemembered",
  async ({ listed, counted, attempt, incomplete, isRemembered }) => {
    expect(await read(listed, { counted, attempt })).toEqual({ incomplete, isRemembered });
  },
);

it.each([
  { name: "a list too short at first", listed: { files, incomplete: [], headSha }, counted: 3, attempt: 3 },
  { name: "a list of another head", listed: { files, incomplete: [], headSha: other }, counted: 2, attempt: 1 },
  {
    name: "a list of another head, however often",
    listed: { files, incomplete: [], headSha: other },
    counted: 2,
    attempt: 15,
  },
])("$name is read again later", async ({ listed, counted, attempt }) => {
  await expect(read(listed, { counted, attempt })).rejects.toThrow(NotYet);
});

/** What the judgement is given in a workflow: the App's own readers with the workflow's token, and no memory of earlier looks. */

import { classify } from "../../src/core/findings/classify.ts";
import { wantedContents } from "../../src/core/findings/wanted-contents.ts";
import { type Directory, emptyMemory } from "../../src/core/snapshot.ts";
import { readChange } from "../../src/github/read/change.ts";
import { readCodeScanningAlerts } from "../../src/github/read/code-scanning.ts";
import { readContents } from "../../src/github/read/contents.ts";
import { readDependencyReview } from "../../src/github/read/dependency-review.ts";
import { DirectoryReader } from "../../src/github/read/directory.ts";
import { readMergeBase } from "../../src/github/read/merge-base.ts";
import { readPolicyFile } from "../../src/github/read/policy-file.ts";
import { readPullRequest } from "../../src/github/read/pull-request.ts";
import { readRepository } from "../../src/github/read/repositories.ts";
import type { JudgingPorts } from "../../src/handlers/ports.ts";
import type { Dossier } from "../../src/handlers/store-port.ts";
import { type Connection, openClient } from "../connect.ts";

export function judgingPorts(connection: Connection): JudgingPorts {
  const client = openClient(connection);
  const directory = new DirectoryReader(client);
  return {
    github: {
      readPullRequest: async (subject, hints) => {
        const reading = await readPullRequest(client, subject, hints);
        if (reading === "gone") return reading;
        const { snapshot } = reading;
        return { ...reading, snapshot: { ...snapshot, directory: withoutGuesses(snapshot.directory) } };
      },
      readChange: (subject) => readChange(client, subject),
      readContents: (subject, shas, paths) => readContents(client, subject, shas, paths),
      readDependencyReview: (subject, shas) => readDependencyReview(client, subject, shas),
      readCodeScanningAlerts: (subject, where) => readCodeScanningAlerts(client, subject, where),
      readMergeBase: (subject, shas) => readMergeBase(client, subject, shas),
      readPolicyFile: (subject, file) => readPolicyFile(client, subject, file),
      readDirectory: async (subject, wanted) => withoutGuesses(await directory.read(subject, wanted)),
      readRepository: (repository) => readRepository(client, repository),
    },
    store: {
      loadChange: async () => null,
      saveChange: async () => {},
      saveGate: async () => {},
      saveHead: async () => {},
      saveCommand: async () => {},
      saveHints: async () => {},
      // Only the App grants bypasses, so that none of its budget can be spent here.
      countMerges: async () => ({ all: 0, bypassed: 0 }),
    },
    clock: connection.surroundings.clock,
    urls: { server: connection.serverUrl, documentation: null, public: null },
    classify: (input) => classify(input),
    wanted: async ({ snapshot, options, contents }) => wantedContents(snapshot, options, contents),
  };
}

/** As of a pull request that nobody has looked at before. */
export const noDossier: Dossier = {
  hints: { teams: [], organizations: [] },
  gates: [],
  memory: emptyMemory,
  reviewHeads: {},
  labelArrivals: [],
  isClockSure: false,
  before: null,
  escalations: [],
  session: null,
};

const hidden =
  "a workflow's own token may not read teams and members; a token that may read them can be given as the input `token`";

/** GitHub says of a team that it hides from a token what it says of one that is not there. */
function withoutGuesses(directory: Directory): Directory {
  return {
    ...directory,
    teams: unknownWhereMissing(directory.teams),
    organizations: unknownWhereMissing(directory.organizations),
  };
}

function unknownWhereMissing(groups: Directory["teams"]): Directory["teams"] {
  const entries = Object.entries(groups).map(([name, people]) => {
    const isHidden = people.kind === "missing" || people.kind === "unreadable";
    return [name, isHidden ? { kind: "unreadable" as const, reason: hidden } : people] as const;
  });
  return Object.fromEntries(entries);
}

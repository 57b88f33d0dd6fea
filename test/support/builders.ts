/** Builders: say only what matters to the test, the rest is an ordinary pull request. */

import {
  type ClassAssessment,
  type Classification,
  type Finding,
  type FindingClass,
  findingClasses,
} from "../../src/core/findings/finding.ts";
import type { DecideInput } from "../../src/core/gate/facts.ts";
import type { PolicyDocument } from "../../src/core/policy/policy-document.ts";
import { type PolicyInput, policySchema } from "../../src/core/policy/schema.ts";
import {
  type ChangedFile,
  type Comment,
  type Commit,
  emptyMemory,
  type Memory,
  type Permission,
  type Person,
  type Review,
  type Snapshot,
} from "../../src/core/snapshot.ts";

export const now = new Date("2026-11-20T16:00:00Z");
export const headSha = "a".repeat(40);
export const baseSha = "b".repeat(40);

/** Hours before `now`. */
export function ago(hours: number): Date {
  return new Date(now.getTime() - hours * 3_600_000);
}

/** The cast: every login has one id. */
const cast = ["author", "peer", "sam", "ida", "lena", "otto", "reader", "stranger", "mona", "nils"];

export function aPerson(login: string, kind: Person["kind"] = login.endsWith("[bot]") ? "bot" : "user"): Person {
  const known = cast.indexOf(login);
  const id = known >= 0 ? known + 1 : 1000 + [...login].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7);
  return { id, login, kind };
}

export function aFile(path: string, file: Partial<ChangedFile> = {}): ChangedFile {
  return {
    path,
    previousPath: null,
    status: "modified",
    additions: 1,
    deletions: 0,
    patch: "@@ -1 +1,2 @@\n line\n+another",
    isBinary: false,
    baseSha: null,
    headSha: null,
    mode: "100644",
    ...file,
  };
}

export function aCommit(commit: Partial<Commit> & { by?: string } = {}): Commit {
  const { by = "author", ...rest } = commit;
  const person = { account: aPerson(by), name: by, email: `${by}@example.com` };
  return {
    sha: headSha,
    message: "change",
    author: person,
    committer: person,
    coAuthors: [],
    parents: [baseSha],
    pushedAt: ago(10),
    pushedBy: null,
    isViaWeb: false,
    signature: null,
    ...rest,
  };
}

let nextId = 1;

export function aReview(login: string, review: Partial<Review> = {}): Review {
  nextId += 1;
  return {
    id: nextId,
    user: aPerson(login),
    state: "approved",
    submittedAt: ago(1),
    commitSha: headSha,
    headAtSubmission: headSha,
    body: "",
    isEdited: false,
    ...review,
  };
}

export function aComment(login: string, body: string, comment: Partial<Comment> = {}): Comment {
  nextId += 1;
  return { id: nextId, user: aPerson(login), body, createdAt: ago(1), isEdited: false, editedBy: null, ...comment };
}

export function aSnapshot(snapshot: Partial<Snapshot> = {}): Snapshot {
  const permissions: Record<string, Permission> = {
    author: "write",
    peer: "write",
    sam: "write",
    ida: "write",
    lena: "admin",
    otto: "write",
    mona: "maintain",
    nils: "write",
    reader: "read",
    stranger: "none",
  };
  return {
    repository: { id: 1, owner: "acme", name: "api", isPrivate: false, defaultBranch: "main", properties: {} },
    number: 42,
    title: "Change something",
    body: "",
    state: "open",
    isDraft: false,
    isFork: false,
    author: aPerson("author"),
    createdAt: ago(10),
    base: { ref: "main", sha: baseSha },
    head: { ref: "feature", sha: headSha },
    labels: [],
    files: [aFile("src/a.ts")],
    commits: [aCommit()],
    reviews: [],
    comments: [],
    checks: [],
    workflowRuns: [],
    requestedReviewers: [],
    autoMerge: null,
    isInMergeQueue: false,
    openThreads: null,
    merged: null,
    directory: {
      teams: {
        "acme/security": { kind: "read", value: [aPerson("sam"), aPerson("ida")] },
        "acme/security-team": { kind: "missing" },
        "acme/technical-lead": { kind: "missing" },
        "acme/senior-developer": { kind: "missing" },
      },
      organizations: {},
      permissions: Object.fromEntries(
        Object.entries(permissions).map(([login, value]) => [aPerson(login).id, { kind: "read", value }]),
      ),
      codeowners: { kind: "missing" },
      busy: [],
    },
    incomplete: [],
    ...snapshot,
  };
}

export function aFinding(findingClass: FindingClass, finding: Partial<Finding> = {}): Finding {
  return {
    id: "F-000001",
    rule: `a_${findingClass}_rule`,
    class: findingClass,
    strength: "proven",
    confidence: 0.95,
    what: "something happened",
    path: "src/a.ts",
    line: 3,
    side: "head",
    before: null,
    after: null,
    symbol: null,
    reach: null,
    counterLine: null,
    isDeclared: false,
    mark: null,
    suppression: null,
    ...finding,
  };
}

export function aClassification(
  classification: Partial<Omit<Classification, "classes">> & { findings?: Finding[] } = {},
): Classification {
  const { findings = [], ...rest } = classification;
  const order = ["hint", "likely", "proven"] as const;
  const classes = Object.fromEntries(
    findingClasses.map((findingClass): [FindingClass, ClassAssessment] => {
      const own = findings.filter((finding) => finding.class === findingClass);
      const strength = [...order].reverse().find((one) => own.some((finding) => finding.strength === one)) ?? null;
      const confidence = Math.max(0, ...own.map((finding) => finding.confidence));
      return [
        findingClass,
        {
          present: strength === "likely" || strength === "proven",
          strength,
          confidence,
          score: confidence,
          findings: own,
        },
      ];
    }),
  ) as Classification["classes"];
  return {
    classes,
    suppressed: [],
    circumstances: [],
    kinds: [],
    risk: { level: findings.length > 0 ? "medium" : "low", reasons: [] },
    size: { added: 10, removed: 2, changed: 12, files: 1, byLanguage: { TypeScript: 12 }, leftOut: [] },
    tests: "changed",
    notAnalysed: [],
    ...rest,
  };
}

/** A checked policy from its written form, as if it stood in a file whose lines are unknown. */
export function aDocument(policy: PolicyInput = {}): PolicyDocument {
  return {
    policy: policySchema.parse(policy),
    source: { repository: "acme/api", path: ".github/checkpoints.yml", commit: null, blobSha: null },
    lineOf: () => null,
    problems: [],
  };
}

export function aMemory(memory: Partial<Memory> = {}): Memory {
  return {
    ...emptyMemory,
    heads: { [headSha]: { patchDigest: "digest-of-the-change", pathDigests: {}, firstSeenAt: ago(9) } },
    ...memory,
  };
}

export function anInput(
  input: Partial<Omit<DecideInput, "document" | "snapshot">> & {
    policy?: PolicyInput;
    snapshot?: Partial<Snapshot>;
  } = {},
): DecideInput {
  const { policy, snapshot, ...rest } = input;
  return {
    document: aDocument(policy),
    snapshot: aSnapshot(snapshot),
    classification: aClassification(),
    memory: aMemory(),
    now,
    ...rest,
  };
}

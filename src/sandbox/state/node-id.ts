/** GraphQL's global ids: a prefix for the type, then MessagePack of `[0, id]` in base64url, as GitHub writes them. */

const PREFIXES: Readonly<Record<string, string>> = {
  App: "A",
  Bot: "BOT",
  CheckRun: "CR",
  CommitComment: "CC",
  CheckSuite: "CS",
  Deployment: "DE",
  DeploymentStatus: "DES",
  Environment: "EN",
  IssueComment: "IC",
  Issue: "I",
  Label: "LA",
  Organization: "O",
  PullRequest: "PR",
  PullRequestReview: "PRR",
  PullRequestReviewComment: "PRRC",
  Reaction: "REA",
  Repository: "R",
  StatusContext: "SC",
  Team: "T",
  User: "U",
  Workflow: "W",
  WorkflowRun: "WFR",
};

export function nodeId(type: string, id: number | string): string {
  const prefix = PREFIXES[type] ?? type.replaceAll(/[a-z]/g, "");
  const body =
    typeof id === "number" ? packNumber(id) : Buffer.concat([Buffer.from([0xd9, id.length]), Buffer.from(id)]);
  return `${prefix}_${Buffer.concat([Buffer.from([0x92, 0]), body]).toString("base64url")}`;
}

function packNumber(id: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes[0] = 0xce;
  bytes.writeUInt32BE(id, 1);
  return bytes;
}

import { schema as official } from "@octokit/graphql-schema";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { armDocument, disarmDocument } from "../../src/github/apply/auto-merge.ts";
import { enqueueDocument } from "../../src/github/apply/merge-queue.ts";
import { mergeStateDocument } from "../../src/github/apply/merge-state.ts";
import { codeownersDocument, usersDocument } from "../../src/github/read/code-owners.ts";
import { contentsDocument } from "../../src/github/read/contents.ts";
import { environmentDocument } from "../../src/github/read/deployment-environment.ts";
import { originsDocument } from "../../src/github/read/deployment-range.ts";
import { membersDocument } from "../../src/github/read/directory.ts";
import { guardDocument } from "../../src/github/read/guard.ts";
import { issueCommentsDocument } from "../../src/github/read/issue-comments.ts";
import { memberPageDocuments, planMembers } from "../../src/github/read/members-query.ts";
import { mergeQueueDocument } from "../../src/github/read/merge-group.ts";
import { mergedDocument } from "../../src/github/read/merged-query.ts";
import { openPullRequestsDocument } from "../../src/github/read/open-pull-requests.ts";
import { policyFileDocument } from "../../src/github/read/policy-file.ts";
import { pagesDocument, partNames, pullRequestDocument } from "../../src/github/read/pull-request-query.ts";
import { checkRunsDocument } from "../../src/github/read/whole-pull-request.ts";

const schema = buildSchema(official.idl, { assumeValid: true });

const nobody = planMembers({ teams: [], organizations: [] });
const everybody = planMembers({
  teams: ["acme/security", "Acme/leads", "other/staff"],
  organizations: ["acme", "third"],
});

describe("every query stands against GitHub's published schema", () => {
  it.each([
    { name: "a pull request", document: pullRequestDocument(nobody) },
    { name: "a pull request with teams and organisations", document: pullRequestDocument(everybody) },
    { name: "further pages of all parts", document: pagesDocument(partNames) },
    ...partNames.map((part) => ({ name: `further pages of ${part}`, document: pagesDocument([part]) })),
    { name: "further check runs", document: checkRunsDocument },
    { name: "members", document: membersDocument(everybody.parameters, everybody.selection) },
    { name: "further team members", document: memberPageDocuments.TeamMembers },
    { name: "further organisation members", document: memberPageDocuments.OrganizationMembers },
    { name: "contents of three files", document: contentsDocument(3) },
    { name: "a policy file", document: policyFileDocument },
    { name: "the guard", document: guardDocument },
    { name: "CODEOWNERS", document: codeownersDocument },
    { name: "users", document: usersDocument(2) },
    { name: "open pull requests", document: openPullRequestsDocument },
    { name: "merged pull requests", document: mergedDocument(false) },
    { name: "merged pull requests with their checks", document: mergedDocument(true) },
    { name: "an environment", document: environmentDocument },
    { name: "where three commits come from", document: originsDocument(3) },
    { name: "comments on an issue", document: issueCommentsDocument },
    { name: "a merge queue", document: mergeQueueDocument },
    { name: "what stands of merging", document: mergeStateDocument },
    { name: "arming auto-merge", document: armDocument },
    { name: "disarming auto-merge", document: disarmDocument },
    { name: "entering the merge queue", document: enqueueDocument },
  ])("$name", ({ document }) => {
    expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
  });
});

describe("planMembers", () => {
  it("asks for each organisation once, whatever the case of its name", () => {
    expect(everybody.organizations).toEqual([
      { login: "acme", slugs: ["security", "leads"], wantsMembers: true },
      { login: "other", slugs: ["staff"], wantsMembers: false },
      { login: "third", slugs: [], wantsMembers: true },
    ]);
  });

  it("keeps names out of the query itself", () => {
    const plan = planMembers({ teams: ['acme") { id } #/x'], organizations: [] });
    expect(plan.selection).not.toContain("acme");
    expect(Object.values(plan.variables)).toContain("x");
  });

  it("leaves out what is not a team's name", () => {
    expect(planMembers({ teams: ["security", "a/b/c", "/x", ""], organizations: [] }).organizations).toEqual([]);
  });
});

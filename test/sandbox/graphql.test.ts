import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aStage } from "./stage.ts";

type Stage = Awaited<ReturnType<typeof aStage>>;
let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
});

const PULL = /* GraphQL */ `
  query PullRequest($number: Int!) {
    repository(owner: "acme", name: "api") {
      databaseId isPrivate defaultBranchRef { name target { oid } }
      policy: object(expression: "main:README.md") { ... on Blob { text oid byteSize isBinary isTruncated } }
      pullRequest(number: $number) {
        id databaseId fullDatabaseId number title body state isDraft merged mergeable mergeStateStatus createdAt
        baseRefName baseRefOid headRefName headRefOid isCrossRepository additions deletions changedFiles
        author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
        headRepository { databaseId nameWithOwner owner { login } }
        labels(first: 100) { totalCount nodes { name } }
        reviews(first: 100) {
          pageInfo { hasNextPage endCursor }
          nodes {
            fullDatabaseId state body submittedAt lastEditedAt authorCanPushToRepository
            author { login ... on User { databaseId } } editor { login } commit { oid }
          }
        }
        latestReviews(first: 10) { nodes { state } }
        latestOpinionatedReviews(first: 10) { nodes { state } }
        reviewDecision
        reviewRequests(first: 20) { nodes { requestedReviewer { __typename ... on User { login } ... on Team { slug } } } }
        reviewThreads(first: 20) { nodes { isResolved path comments(first: 5) { nodes { body } } } }
        comments(last: 50) { nodes { body author { login } createdAt lastEditedAt } }
        files(first: 100) { nodes { path changeType additions } }
        commits(last: 100) {
          totalCount
          nodes {
            commit {
              oid message committedViaWeb committedDate authoredDate pushedDate
              author { name email date user { databaseId login } }
              committer { email user { login } }
              authors(first: 10) { nodes { email user { login } } }
              parents(first: 5) { totalCount nodes { oid } }
              tree { oid }
              signature { isValid state signer { login } }
              status { state contexts { context state creator { login } } }
              statusCheckRollup { state contexts(first: 50) { nodes { __typename ... on CheckRun { name isRequired(pullRequestNumber: $number) } ... on StatusContext { context } } } }
              checkSuites(first: 20) { nodes { createdAt app { databaseId slug } workflowRun { event } checkRuns(first: 20) { nodes { name databaseId status conclusion externalId title } } } }
            }
          }
        }
        timelineItems(first: 50, itemTypes: [LABELED_EVENT, UNLABELED_EVENT, HEAD_REF_FORCE_PUSHED_EVENT, REVIEW_DISMISSED_EVENT, BASE_REF_CHANGED_EVENT]) {
          nodes {
            __typename
            ... on LabeledEvent { createdAt actor { login } label { name } }
            ... on HeadRefForcePushedEvent { actor { login } beforeCommit { oid } afterCommit { oid } }
            ... on ReviewDismissedEvent { actor { login } dismissalMessage previousReviewState review { author { login } } }
          }
        }
        mergeQueueEntry { position }
        autoMergeRequest { enabledAt }
        closingIssuesReferences(first: 5) { nodes { number } }
      }
    }
    organization(login: "acme") {
      databaseId
      team(slug: "security-team") { databaseId members(first: 100, membership: ALL) { totalCount nodes { databaseId login status { indicatesLimitedAvailability } } edges { role } } }
    }
    rateLimit { cost remaining nodeCount resetAt }
    viewer { login }
  }
`;

describe("a pull request", () => {
  it("is told whole in one query", async () => {
    const { github, api, octokit, at } = stage;
    github.user("sam", { isBusy: true });
    const issue = github.as("bob").openIssue("It is slow");
    const pull = github.as("maria").openPullRequest({
      title: "Log in twice",
      body: `Fixes #${issue.number}`,
      commits: [
        { message: "Change\n\nCo-authored-by: Bob <bob@example.com>", files: { "src/login.ts": "new\n" } },
        {
          message: "Delete",
          files: { "src/list.ts": null },
          signature: { reason: "valid", signerId: github.user("maria").id },
        },
      ],
      labels: ["bug"],
    });
    const approval = github.as("bob").approve(pull.number, "Good");
    github.as("maria").requestReview(pull.number, { people: ["sam"], teams: ["security-team"] });
    github.as("olga").dismiss(pull.number, approval, "Too quick");
    github.as("sam").review(pull.number, "", [{ path: "src/login.ts", line: 1, body: "Why?" }]);
    github.as("bob").comment(pull.number, "Hello");
    github.as("bob").setStatus(pull.head.sha, { state: "pending", context: "ci/old" });
    await octokit.rest.checks.create({ ...at, name: "gate", head_sha: pull.head.sha, external_id: "one" });
    github.report(github.actionsApp(), api, pull.head.sha, { name: "gate", conclusion: "failure" });

    const { data, errors } = await stage.graphql(PULL, { number: pull.number });
    expect(errors).toBeUndefined();
    const told = data.repository.pullRequest;
    expect(data.repository.policy).toMatchObject({ text: "# api\n", byteSize: 6, isBinary: false, isTruncated: false });
    expect(told.author).toMatchObject({ __typename: "User", login: "maria", databaseId: github.user("maria").id });
    expect(told.reviews.nodes.map((review: { state: string }) => review.state)).toEqual(["DISMISSED", "COMMENTED"]);
    expect(
      told.reviewRequests.nodes.map(({ requestedReviewer: asked }: { requestedReviewer: object }) => asked),
    ).toEqual([]);
    expect(told.timelineItems.nodes).toMatchObject([
      { __typename: "LabeledEvent", actor: { login: "maria" }, label: { name: "bug" } },
      { __typename: "ReviewDismissedEvent", actor: { login: "olga" }, previousReviewState: "APPROVED" },
    ]);
    const [first, second] = told.commits.nodes.map(({ commit }: { commit: object }) => commit);
    expect(first.authors.nodes.map(({ user }: { user: { login: string } }) => user.login)).toEqual(["maria", "bob"]);
    expect(second.signature).toEqual({ isValid: true, state: "VALID", signer: { login: "maria" } });
    const suites = second.checkSuites.nodes;
    expect(
      suites.map(({ app, checkRuns }: { app: { databaseId: number }; checkRuns: { nodes: unknown[] } }) => [
        app.databaseId,
        checkRuns.nodes.length,
      ]),
    ).toEqual([
      [4242, 1],
      [15_368, 1],
    ]);
    expect(second.statusCheckRollup.state).toBe("FAILURE");
    expect(told.files.nodes.map(({ changeType }: { changeType: string }) => changeType)).toEqual([
      "DELETED",
      "MODIFIED",
    ]);
    expect(told.closingIssuesReferences.nodes).toEqual([{ number: issue.number }]);
    expect(data.organization.team.members.nodes).toMatchObject([
      { login: "sam", status: { indicatesLimitedAvailability: true } },
    ]);
    expect(data.viewer.login).toBe("gatekeeper[bot]");
    expect(github.violations).toEqual([]);
  });
});

describe("connections", () => {
  it("lead through all items by cursor", async () => {
    const { number } = stage.github.as("maria").openPullRequest({ title: "Talk", files: { "a.txt": "a\n" } });
    for (let index = 0; index < 7; index += 1) stage.github.as("bob").comment(number, `comment ${index}`);
    const query = `query($after: String, $number: Int!) { repository(owner: "acme", name: "api") { pullRequest(number: $number) {
      comments(first: 3, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { body } } } } }`;
    const bodies: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { data } = await stage.graphql(query, { number, after });
      const { nodes, pageInfo } = data.repository.pullRequest.comments;
      bodies.push(...nodes.map(({ body }: { body: string }) => body));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(bodies).toEqual(Array.from({ length: 7 }, (_, index) => `comment ${index}`));
  });

  it.each([
    { name: "no bound", args: "", type: "MISSING_PAGINATION_BOUNDARIES" },
    { name: "more than a hundred", args: "(first: 101)", type: "EXCESSIVE_PAGINATION" },
    { name: "a broken cursor", args: '(first: 1, after: "broken")', type: "INVALID_CURSOR_ARGUMENTS" },
  ])("refuse $name", async ({ args, type }) => {
    const { data, errors } = await stage.graphql(
      `{ repository(owner: "acme", name: "api") { labels${args} { totalCount } } }`,
    );
    expect([data.repository.labels, errors?.[0].type]).toEqual([null, type]);
  });

  it("refuse a query that could bring more than half a million nodes", async () => {
    const { errors } = await stage.graphql(`{ repository(owner: "acme", name: "api") {
      pullRequests(first: 100) { nodes { commits(first: 100) { nodes { commit { checkSuites(first: 100) { totalCount } } } } } } } }`);
    expect(errors?.[0].type).toBe("MAX_NODE_LIMIT_EXCEEDED");
  });
});

describe("what is not there", () => {
  it.each([
    { name: "a repository", query: '{ repository(owner: "acme", name: "nothing") { id } }', path: ["repository"] },
    { name: "an organisation", query: '{ organization(login: "nobody") { id } }', path: ["organization"] },
    {
      name: "a pull request",
      query: '{ repository(owner: "acme", name: "api") { pullRequest(number: 9999) { id } } }',
      path: ["repository", "pullRequest"],
    },
    { name: "a node", query: '{ node(id: "PR_nothing") { id } }', path: ["node"] },
  ])("$name is a null with a NOT_FOUND", async ({ query, path }) => {
    const { errors } = await stage.graphql(query);
    expect(errors?.[0]).toMatchObject({ type: "NOT_FOUND", path });
  });

  it("a team is a null alone", async () => {
    const { data, errors } = await stage.graphql('{ organization(login: "acme") { team(slug: "nobody") { id } } }');
    expect([data.organization.team, errors]).toEqual([null, undefined]);
  });
});

describe("a query the schema does not allow", () => {
  it("is refused and noted", async () => {
    await using own = await aStage();
    const { errors } = await own.graphql("{ repository { shoeSize } }");
    expect(errors?.length).toBeGreaterThan(0);
    expect(own.github.violations.length).toBe(errors?.length);
  });

  it("is noted too where the sandbox has no answer", async () => {
    await using own = await aStage();
    await own.graphql('{ repository(owner: "acme", name: "api") { diskUsage } }');
    expect(own.github.violations).toEqual(["GraphQL: the sandbox does not serve Repository.diskUsage"]);
  });
});

describe("mutations", () => {
  it("turn a pull request into a draft and back", async () => {
    const { github, heard } = stage;
    const { number, nodeId } = github.as("maria").openPullRequest({ title: "Draft", files: { "d.txt": "d\n" } });
    const draft = await stage.graphql(
      "mutation($id: ID!) { convertPullRequestToDraft(input: {pullRequestId: $id}) { pullRequest { isDraft } } }",
      { id: nodeId },
    );
    expect(draft.data.convertPullRequestToDraft.pullRequest.isDraft).toBe(true);
    await stage.graphql(
      "mutation($id: ID!) { markPullRequestReadyForReview(input: {pullRequestId: $id}) { pullRequest { isDraft } } }",
      { id: nodeId },
    );
    await github.webhooks.flush();
    const actions = heard.filter(({ payload }) => payload.number === number).map(({ action }) => action);
    expect(actions).toEqual(["opened", "converted_to_draft", "ready_for_review"]);
  });

  it("merge by themselves once the required check is content", async () => {
    await using own = await aStage(
      {},
      { checks: "write", contents: "write", metadata: "read", pull_requests: "write" },
    );
    const { github, api, octokit, at } = own;
    github.protect(api, "main", { requiredChecks: [{ context: "gate", appId: 4242 }] });
    const pull = github.as("maria").openPullRequest({ title: "Auto", files: { "auto.txt": "a\n" } });
    await own.graphql(
      "mutation($id: ID!) { enablePullRequestAutoMerge(input: {pullRequestId: $id}) { pullRequest { autoMergeRequest { enabledAt } } } }",
      { id: pull.nodeId },
    );
    expect(pull.mergedAt).toBeNull();
    await octokit.rest.checks.create({ ...at, name: "gate", head_sha: pull.head.sha, conclusion: "success" });
    expect(pull.mergedAt).not.toBeNull();
  });
});

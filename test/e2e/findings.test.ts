/** What people do about findings: ask why, call one wrong, leave one out for a while. */

import { describe, expect, it } from "vitest";
import { setStage } from "../support/holdpoint.ts";

const dayMs = 24 * 60 * 60 * 1000;
const day = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
const policy = `version: 1
roles:
  technical_lead: { users: [sam] }
approval_workflows:
  peer_review: { approver: peer, approvals: 1 }
checkpoints:
  breaking_change: { approver: technical_lead }
`;
const manifest = '{ "name": "list", "version": "1.0.0", "exports": "./src/list.js" }\n';
const kept = "export const list = [];\n";
const old = "export const old = [];\n";
const green = { status: "completed", conclusion: "success" };
const waiting = { status: "in_progress", conclusion: null };

async function setScene({ before = "", change = kept, rules = policy } = {}) {
  const files = { "package.json": manifest, "src/list.js": `${kept}${before}${old}` };
  const stage = await setStage({ policy: rules, files });
  const { github, api, settle, passOnGithub, database } = stage;
  github.addCollaborator(api, "tria", "triage");
  github.addCollaborator(api, "rita", "read");
  const { number } = github.as("maria").openPullRequest({ title: "Tidy up", files: { "src/list.js": change } });
  github.as("bob").approve(number);
  await settle();
  const say = async (login: string, body: string) => {
    passOnGithub(1);
    const comment = github.as(login).comment(number, body);
    await settle();
    return comment.reactions.map(({ content }) => content);
  };
  const answers = () =>
    (api.issues.get(number)?.comments ?? [])
      .filter(({ author }) => author.login.endsWith("[bot]"))
      .map(({ body }) => body);
  const check = () => stage.checkOf(number);
  const idOf = (rule: string) =>
    new RegExp(`\\x60${rule}\\x60[^]*?\\x60(F-[0-9a-f]+)\\x60`).exec(check().output.text ?? "")?.[1] ?? "";
  const kinds = async () =>
    (await database.query<{ kind: string }>("select kind from ledger order by seq")).map(({ kind }) => kind);
  return { ...stage, number, say, answers, check, idOf, kinds };
}

describe("a finding that somebody calls wrong", () => {
  it("is kept for its rule's scorecard and still holds; the answer says who can release it", async () => {
    const { say, answers, check, idOf, kinds, database, number } = await setScene();
    expect(check()).toMatchObject(waiting);
    const id = idOf("export_removed");
    expect(await say("tria", `/holdpoint disagree ${id.toLowerCase()} nobody ever imported it`)).toEqual([
      "eyes",
      "+1",
    ]);
    expect(answers()).toEqual([
      expect.stringMatching(
        /^Kept for the scorecard of the rule `export_removed`: `F-[0-9a-f]+` was called wrong\. It still counts: `breaking_change` can be released by .*`sam`/,
      ),
    ]);
    expect(check()).toMatchObject(waiting);
    const rows = await database.query<{ data: object }>("select data from disagreements");
    expect(rows.map(({ data }) => data)).toEqual([
      expect.objectContaining({
        number,
        findingId: id,
        rule: "export_removed",
        strength: "proven",
        isHeld: true,
        person: expect.objectContaining({ login: "tria" }),
        reason: "nobody ever imported it",
      }),
    ]);
    expect((await kinds()).filter((kind) => kind === "finding_disputed")).toHaveLength(1);

    await say("tria", `/holdpoint disagree ${id} really, nobody ever imported it`);
    expect((await kinds()).filter((kind) => kind === "finding_disputed")).toHaveLength(1);
  });

  it.each([
    ["maria", "F-000000 there is no such thing", "confused", "There is no finding `F-000000` here. Found here are"],
    ["maria", "", "confused", "A finding's id and a reason of at least 10 characters are needed."],
    ["maria", "F-123456 no", "confused", "A finding's id and a reason of at least 10 characters are needed."],
    ["rita", "F-123456 nobody ever imported it", "-1", "is for the author and anyone with triage permission."],
  ])("by %s with `%s` is answered with %s", async (login, rest, sign, words) => {
    const { api, say, answers, database } = await setScene();
    api.isPrivate = true;
    expect(await say(login, `/holdpoint disagree ${rest}`)).toEqual(["eyes", sign]);
    expect(answers()).toEqual([expect.stringContaining(words)]);
    expect(await database.query("select from disagreements")).toEqual([]);
  });
});

it("a finding and a rule are explained to whoever asks", async () => {
  const { say, answers, idOf } = await setScene();
  expect(await say("maria", `/holdpoint explain ${idOf("export_removed")}`)).toEqual(["eyes", "+1"]);
  const [explained = ""] = answers();
  expect(explained).toMatch(/^`F-[0-9a-f]+`: exported/);
  expect(explained).toContain("> 2 | export const old = [];");
  expect(explained).toContain("`breaking_change` holds the change; it can be released by");
  await say("maria", "/holdpoint explain engines_raised");
  expect(answers()[1]).toMatch(/^### `engines_raised`: a newer engine is needed\n/);
  expect(await say("maria", "/holdpoint explain F-000000")).toEqual(["eyes", "confused"]);
  expect(await say("maria", "/holdpoint explain nonsense_rule")).toEqual(["eyes", "confused"]);
});

describe("a finding that is left out", () => {
  const comment = (until: string) => `// holdpoint-ignore export_removed until ${until}: nobody outside uses it\n`;
  const entry = `classification:
  suppress:
    - { rule: export_removed, paths: ["src/**"], reason: nobody outside uses it, until: "${day(1)}" }
`;

  it.each([
    ["by a comment that stood there", { before: comment(day(1)) }],
    ["by the policy", { rules: `${policy}${entry}` }],
  ])("%s opens until its time is over, and then the verdict turns by itself", async (_, scene) => {
    const { check, pass, settle } = await setScene(scene);
    expect(check()).toMatchObject(green);
    expect(check().output.summary).toContain("1 finding left out with a reason");
    expect(check().output.text).toContain(`until ${day(1)}: nobody outside uses it`);
    pass(72);
    await settle();
    expect(check()).toMatchObject(waiting);
    expect(check().output.text).toContain(`acted until ${day(1)} (nobody outside uses it)`);
  });
});

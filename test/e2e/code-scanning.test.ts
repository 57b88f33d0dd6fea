/** Alerts of code scanning are evidence once a scan has ended, and cost nothing before. */

import { describe, expect, it } from "vitest";
import type { ScanAlert } from "../../src/sandbox/state/repository.ts";
import { type Stage, setStage } from "../support/holdpoint.ts";

const policy = `version: 1
checkpoints:
  scanned: { when: { finding: [code_scanning_alert] }, approver: peer, description: A scan raised an alert }
approval_workflows:
  automatic: { criteria: [code_changes_under_200_lines], process: automated_approval }
`;
const asksForNothing = policy.replace(/checkpoints:\n.*\n/, "");

const files = { "src/list.ts": "export const list = [];\nexport const first = (rows) => list[rows];\n" };

function anAlert(more: Partial<ScanAlert> = {}): ScanAlert {
  return {
    number: 7,
    tool: "CodeQL",
    rule: "js/unsafe-index",
    description: "Index from outside",
    message: "This index depends on a *value* from outside.",
    severity: "high",
    state: "open",
    path: "src/list.ts",
    line: 2,
    ...more,
  };
}

/** GitHub's own App, which says what a scan came to. */
function scannerOf({ github, api }: Stage) {
  return github.installApp(api.owner, { name: "GitHub Advanced Security" }).app;
}

function endScan(stage: Stage, number: number, found: Record<string, ScanAlert[]> | null): void {
  const { github, api } = stage;
  api.codeScanning = found === null ? null : new Map(Object.entries(found));
  const headSha = api.pulls.get(number)?.head.sha ?? "";
  const ended = { name: "CodeQL", status: "completed", conclusion: "success" } as const;
  github.report(scannerOf(stage), api, headSha, ended);
}

const asked = (requests: readonly { path: string }[]) =>
  requests.filter(({ path }) => path.includes("code-scanning")).length;

async function open(options: { policy?: string } = {}) {
  const stage = await setStage({ policy: options.policy ?? policy });
  stage.github.requests.clear();
  const { number } = stage.github.as("maria").openPullRequest({ title: "Take the first", files });
  await stage.settle();
  return { ...stage, stage, number };
}

describe("code scanning", () => {
  it("is not asked before a scan has ended, and an alert then shuts the gate that was open", async () => {
    const { stage, github, number, settle, checkOf } = await open();
    expect(checkOf(number).conclusion).toBe("success");
    expect(asked(github.requests.entries)).toBe(0);
    endScan(stage, number, { "refs/pull/1/merge": [anAlert()], "refs/heads/main": [] });
    await settle();
    expect(asked(github.requests.entries)).toBe(2);
    expect(checkOf(number).conclusion).not.toBe("success");
    const said = JSON.stringify(checkOf(number).output);
    expect(said).toContain("js/unsafe-index");
    expect(said).toContain("/security/code-scanning/7");
  });

  it("wakes a policy that names no check", async () => {
    const { stage, number, settle, checkOf } = await open({ policy: asksForNothing });
    endScan(stage, number, { "refs/pull/1/merge": [anAlert()], "refs/heads/main": [] });
    await settle();
    expect(JSON.stringify(checkOf(number).output)).toContain("js/unsafe-index");
  });

  it("opens again once the alert was dismissed on GitHub and somebody asks for another look", async () => {
    const { stage, api, github, number, settle, checkOf } = await open();
    endScan(stage, number, { "refs/pull/1/merge": [anAlert()], "refs/heads/main": [] });
    await settle();
    expect(checkOf(number).conclusion).not.toBe("success");
    api.codeScanning = new Map([["refs/pull/1/merge", [anAlert({ state: "dismissed" })]]]);
    github.as("bob").comment(number, "It is mistaken.");
    await settle();
    expect(checkOf(number).conclusion).toBe("success");
  });

  it("is asked once where it found nothing", async () => {
    const { stage, github, number, settle, checkOf } = await open();
    endScan(stage, number, { "refs/pull/1/merge": [anAlert({ path: "src/other.ts" })] });
    await settle();
    github.as("bob").comment(number, "Thank you");
    await settle();
    expect(asked(github.requests.entries)).toBe(1);
    expect(checkOf(number).conclusion).toBe("success");
  });

  it("leaves alerts alone that the base branch has as well", async () => {
    const { stage, number, settle, checkOf } = await open();
    const old = anAlert({ line: 1 });
    endScan(stage, number, { "refs/pull/1/merge": [old], "refs/heads/main": [old] });
    await settle();
    expect(checkOf(number).conclusion).toBe("success");
  });

  it("says why it could not be read, and opens nothing that hangs on it", async () => {
    const { stage, number, settle, checkOf } = await open();
    endScan(stage, number, null);
    await settle();
    expect(checkOf(number).conclusion).not.toBe("success");
    const said = JSON.stringify(checkOf(number).output);
    expect(said).toContain("the alerts of code scanning could not be read, because GitHub answered 403");
  });

  it("says so, too, where the policy asks for nothing of the kind, and leaves the gate open", async () => {
    const { stage, number, settle, checkOf } = await open({ policy: asksForNothing });
    endScan(stage, number, {});
    await settle();
    expect(checkOf(number).conclusion).toBe("success");
    expect(JSON.stringify(checkOf(number).output)).toContain("could not be read, because GitHub answered 404");
  });

  it("keeps shut what hangs on a scan that is still under way", async () => {
    const { stage, github, api, number, settle, checkOf } = await open();
    const headSha = api.pulls.get(number)?.head.sha ?? "";
    github.report(scannerOf(stage), api, headSha, { name: "CodeQL", status: "in_progress" });
    github.as("bob").comment(number, "Waiting");
    await settle();
    expect(checkOf(number).conclusion).not.toBe("success");
    expect(JSON.stringify(checkOf(number).output)).toContain("code scanning is still under way");
    expect(asked(github.requests.entries)).toBe(0);
  });
});

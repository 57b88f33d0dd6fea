/** What is said of a deployment: what it brings along, what it waits for, and why it was let go or stopped. */

import { assertNever } from "../assert-never.ts";
import type { VoiceOutcome } from "../deployment/approvals.ts";
import type { DeployedPull } from "../deployment/judge-commits.ts";
import type { DeploymentHold, DeploymentPass, DeploymentVerdict } from "../deployment/judge-deployment.ts";
import { count, peopleWords, personPiece, spoken } from "./telling.ts";
import { when } from "./times.ts";
import { code, joinList, type Piece, say, type Words } from "./words.ts";

/** Why nothing could be judged at all. */
export type UnjudgedDeployment =
  | { kind: "no_policy" }
  | { kind: "broken_policy"; path: string }
  | { kind: "refused"; needs: string };

export function unjudgedWords(why: UnjudgedDeployment): Words {
  if (why.kind === "no_policy") {
    return say`The default branch has no policy, so that nothing says what may be deployed. Add ${code(".github/checkpoints.yml")} there.`;
  }
  if (why.kind === "refused") return permissionWords(why.needs);
  return say`The policy ${code(why.path)} of the default branch is broken. Run ${code("holdpoint validate")}, and mend it.`;
}

/** What only an administrator can change. */
export function permissionWords(needs: string): Words {
  return say`Holdpoint lacks the permission ${code(needs)} here, and so judges nothing. Somebody who administers the App's installation can grant it.`;
}

export function shortSha(sha: string): Piece {
  return code(sha.slice(0, 7));
}

/** What the deployment brings along, as one sentence. */
export function rangeWords({ range, judged }: Pick<DeploymentVerdict, "range" | "judged">): Words {
  const { kind, base, commits } = range;
  const pulls = count(judged.pulls.length, "pull request");
  const strays = judged.strays.length === 0 ? [] : say` and ${count(judged.strays.length, "commit")} of none`;
  const brings = say`${{ kind: "ours", text: `${count(commits.length, "commit")}: ${pulls}` }}${strays}`;
  switch (kind) {
    case "first":
      return say`Nothing that ran here is known, so that only the commit itself was looked at: ${brings}.`;
    case "forward":
      return say`Since ${shortSha(base?.sha ?? "")}, which runs now, ${brings}.`;
    case "diverged":
      return say`It does not build on what runs now (${shortSha(base?.sha ?? "")}). Since they part, ${brings}.`;
    case "same":
      return say`This commit runs here already.`;
    case "back":
      return say`It goes back to a commit that ran here before; ${shortSha(base?.sha ?? "")} runs now.`;
    default:
      return assertNever(kind);
  }
}

/** What it waits for, as a sentence with what can be done. */
export function holdWords(hold: DeploymentHold, environment: string): Words {
  switch (hold.kind) {
    case "fork":
      return say`The run is of a fork. Merge the change, and deploy what the merge made.`;
    case "other_commit":
      return say`GitHub's deployment is of ${joinList(hold.shas.map((sha) => [shortSha(sha)]))}, and the run of another commit. Start a new run on the commit that is meant.`;
    case "unread":
      return say`What it brings along could not be read: ${hold.reason}.`;
    case "pull":
      return pullHoldWords(hold.pull);
    case "strays": {
      const shown = hold.commits.map(({ sha, headline }) => say`${shortSha(sha)} (${headline})`);
      return say`${{ kind: "ours", text: count(hold.commits.length, "commit") }} came of no pull request that Holdpoint saw merged: ${joinList(shown)}. A technical lead can let this pass with ${code(`/holdpoint deploy override ${environment} <reason>`)}; a review is owed then.`;
    }
    case "seats":
      return seatWords(hold.group, environment);
    case "rollback":
      return say`It is being decided whether ${code(environment)} is taken back: ${issueRef(hold.issue)}. Until then only a commit that ran there before can go.`;
    case "unanswered":
      return say`It may go, and GitHub does not take that answer: ${code(hold.reason)}. Holdpoint asks again every ten minutes.`;
    case "review_unfiled":
      return say`An override owes a review, and the issue for it cannot be filed, so that nothing is overridden. Switch issues on, and let Holdpoint write them (${code("Issues: read and write")}).`;
    default:
      return assertNever(hold);
  }
}

function pullHoldWords({ number, state, baseRef, issue }: DeployedPull): Words {
  const pull = issueRef(number);
  switch (state) {
    case "passed":
      return say`${pull} was merged through the gate.`;
    case "review_owed":
      return say`${pull} was merged without its gate being open, and the review that it owes is not done${issue === null ? [] : say`: ${issueRef(issue)}`}.`;
    case "aside":
      return say`${pull} was merged into ${code(baseRef)}, where the gate stands aside for trying things out.`;
    case "other_branch":
      return say`${pull} was merged into ${code(baseRef)}, from which nothing is deployed here.`;
    case "inside":
      return say`A commit inside ${pull} is to be deployed without the commit that its merge made. Deploy the merge.`;
    case "not_seen":
      return say`Holdpoint did not see ${pull} being merged, so that nothing says how its gate stood. A technical lead can override it.`;
    default:
      return assertNever(state);
  }
}

function seatWords(
  { roles, needed, given, checkpoint }: Extract<DeploymentHold, { kind: "seats" }>["group"],
  environment: string,
): Words {
  const missing = needed - given.length;
  const of = joinList(
    roles.map((role) => say`${spoken(role)}`),
    "or",
  );
  const what = checkpoint === null ? [] : say` for the checkpoint ${code(checkpoint)}`;
  const so = given.length === 0 ? [] : say`; ${peopleWords(given)} approved`;
  return say`${{ kind: "ours", text: count(missing, "approval") }} of ${of}${what} missing${so}: ${code(`/holdpoint deploy approve ${environment}`)}.`;
}

/** Why it goes on although not everything was met. */
export function passWords(pass: DeploymentPass, now: Date): Words {
  switch (pass.kind) {
    case "aside":
      return pass.aside.kind === "window"
        ? say`The maintenance window ${code(pass.aside.name)} is open until ${when(pass.aside.until, now)}.`
        : say`The policy says that this environment is for testing.`;
    case "observed":
      return say`The policy only observes: ${{ kind: "ours", text: count(pass.holds.length, "thing") }} would have held it.`;
    case "rolled_back":
      return say`It was decided to take the environment back: ${issueRef(pass.issue)}.`;
    case "overridden":
      return say`${personPiece(pass.voice.person)} let pass what nobody had judged: ${pass.voice.text}`;
    default:
      return assertNever(pass);
  }
}

/** Why an approval, a rejection or an override takes no effect; `null` where it does. */
export function voiceWords(outcome: VoiceOutcome, roles: readonly string[]): Words | null {
  switch (outcome) {
    case "counts":
      return null;
    case "starter":
      return say`Whoever started a deployment does not release it. For one that a bot started, that is whoever merged or pushed the deployed commit.`;
    case "not_entitled":
      return say`This is for whoever holds the role ${joinList(
        roles.map((role) => say`${spoken(role)}`),
        "or",
      )}.`;
    case "unreadable":
      return say`It could not be read whether you may; it is looked at again.`;
    case "bot":
      return say`Apps and bots release nothing.`;
    case "other":
      return say`What waits now was asked for later, or is another commit; say it again for that.`;
    default:
      return assertNever(outcome);
  }
}

export function issueRef(number: number): Piece {
  return { kind: "ours", text: `#${number}` };
}

/** What is answered to `/holdpoint deploy …`. */

import type { VoiceOutcome } from "../deployment/approvals.ts";
import { type DeployCommand, deployReasonMin } from "../deployment/deploy-command.ts";
import { specOf } from "../gate/commands/command-table.ts";
import { answer, malformed, type Reply } from "./command-answers.ts";
import { shortSha, voiceWords } from "./deployment-words.ts";
import { code, joinList, say } from "./words.ts";

/** @param environments that something waits for, as far as this command may know them */
export function answerMisunderstood(
  command: Exclude<DeployCommand, { kind: "understood" }>,
  environments: readonly string[],
): Reply {
  const spec = specOf("deploy");
  switch (command.kind) {
    case "malformed":
      return {
        reaction: "confused",
        comment: malformed(
          spec,
          command.why === "what"
            ? say`It has to say approve, reject or override, and the environment.`
            : say`The reason has to have at least ${deployReasonMin} characters.`,
        ),
      };
    case "no_environment": {
      const names = joinList(environments.map((name) => [code(name)]));
      const waiting = environments.length === 0 ? say`Nothing waits here.` : say`What waits here is for ${names}.`;
      return { reaction: "confused", comment: answer(say`No deployment to that environment waits. ${waiting}`) };
    }
    case "which_commit": {
      const shas = joinList(command.shas.map((sha) => [shortSha(sha)]));
      const how = code(`/holdpoint deploy approve ${command.environment} ${command.shas[0]?.slice(0, 7) ?? ""}`);
      return { reaction: "confused", comment: answer(say`Several commits wait: ${shas}. Write which one: ${how}.`) };
    }
  }
}

/** @param outcome of what was said, among the roles that could make it count */
export function answerVoice(outcome: VoiceOutcome, roles: readonly string[]): Reply {
  const words = voiceWords(outcome, roles);
  if (words === null) return { reaction: "+1" };
  const isRefused = outcome === "starter" || outcome === "not_entitled" || outcome === "bot";
  return { reaction: isRefused ? "-1" : "confused", comment: answer(words) };
}

/** Why it could not be weighed at all. */
export function answerUnread(): Reply {
  return {
    reaction: "eyes",
    comment: answer(say`It is kept, and weighed as soon as what decides about the deployment can be read.`),
  };
}

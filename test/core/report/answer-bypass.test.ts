import { describe, expect, it } from "vitest";
import { bypassEvent } from "../../../src/core/gate/bypass-events.ts";
import { decide } from "../../../src/core/gate/decide.ts";
import { answerBypass, howToBypass } from "../../../src/core/report/answer-bypass.ts";
import { aPerson, aReview } from "../../support/builders.ts";
import {
  aBypassCommand,
  aGrant,
  aLabel,
  anEmergency,
  aReason,
  type Emergency,
  emergency,
  minutesAgo,
  withEmergency,
} from "../../support/bypass.ts";

/** What is answered to the last comment. */
function answered(given: Emergency) {
  const input = anEmergency(given);
  const { snapshot, document } = input;
  const verdict = decide(input);
  const comment = snapshot.comments.at(-1);
  const rest = comment?.body.replace("/holdpoint bypass", "").trim() ?? "";
  const event = bypassEvent({ id: comment?.id ?? 0, personId: comment?.user.id ?? 0 }, rest, verdict, input);
  const telling = {
    document,
    snapshot,
    now: input.now,
    policyUrl: () => null,
    codeUrl: () => null,
    ruleUrl: () => null,
  };
  return answerBypass(event, verdict, telling);
}

const label = { labels: [aLabel()] };
const later = { createdAt: minutesAgo(1) };
const second = withEmergency({ second_person: "technical_lead" });

describe("what is answered to /holdpoint bypass", () => {
  const rows: { name: string; given: Emergency; reaction: string; says?: string }[] = [
    { name: "asked for in full", given: { snapshot: { comments: [aBypassCommand()] } }, reaction: "eyes" },
    {
      name: "asked for without a reason",
      given: { snapshot: { comments: [aBypassCommand("otto", "all")] } },
      reaction: "eyes",
      says: "waits for its reason by",
    },
    {
      name: "asked for by somebody who may not",
      given: { snapshot: { comments: [aBypassCommand("peer")] } },
      reaction: "-1",
      says: "on\\_call",
    },
    {
      name: "asked for nothing",
      given: { snapshot: { comments: [aBypassCommand("otto", "")] } },
      reaction: "confused",
      says: "It is written",
    },
    {
      name: "asked for where the policy only observes",
      given: { policy: { ...emergency, mode: "observe" }, snapshot: { comments: [aBypassCommand()] } },
      reaction: "confused",
      says: "only observes",
    },
    {
      name: "in force already",
      given: {
        memory: { bypasses: [aGrant({ id: "command:77", source: { kind: "command", commentId: 77 } })] },
        snapshot: { comments: [aBypassCommand("otto", undefined, { id: 77 })] },
      },
      reaction: "+1",
    },
    {
      name: "agreed to by a lead",
      given: { policy: second, snapshot: { ...label, comments: [aReason(), aBypassCommand("lena", "agree", later)] } },
      reaction: "+1",
    },
    {
      name: "agreed to by whoever asked",
      given: { policy: second, snapshot: { ...label, comments: [aReason(), aBypassCommand("otto", "agree", later)] } },
      reaction: "-1",
      says: "not the second person",
    },
    {
      name: "agreed to by the author",
      given: {
        policy: second,
        snapshot: { ...label, author: aPerson("lena"), comments: [aReason(), aBypassCommand("lena", "agree", later)] },
      },
      reaction: "-1",
      says: "author",
    },
    {
      name: "agreed to by somebody without the role",
      given: { policy: second, snapshot: { ...label, comments: [aReason(), aBypassCommand("peer", "agree", later)] } },
      reaction: "-1",
      says: "the role that does",
    },
    {
      name: "agreed to where nobody has to",
      given: { snapshot: { ...label, comments: [aReason(), aBypassCommand("lena", "agree", later)] } },
      reaction: "confused",
      says: "No bypass waits",
    },
    {
      name: "taken back by its owner",
      given: {
        memory: { bypasses: [aGrant()] },
        snapshot: { ...label, comments: [aBypassCommand("otto", "cancel", later)] },
      },
      reaction: "+1",
    },
    {
      name: "taken back by somebody who may not",
      given: {
        memory: { bypasses: [aGrant()] },
        snapshot: { ...label, comments: [aBypassCommand("peer", "cancel", later)] },
      },
      reaction: "-1",
      says: "taken back by whoever asked",
    },
    {
      name: "taken back where there is none",
      given: { snapshot: { comments: [aBypassCommand("otto", "cancel", later)] } },
      reaction: "confused",
      says: "no bypass to take back",
    },
    {
      name: "asked for where all is met",
      given: { snapshot: { reviews: [aReview("peer")], comments: [aBypassCommand()] } },
      reaction: "eyes",
      says: "nothing to let pass",
    },
  ];
  it.each(rows)("$name → $reaction", ({ given, reaction, says }) => {
    const reply = answered(given);
    expect(reply.reaction).toBe(reaction);
    if (says === undefined) expect(reply.comment).toBeUndefined();
    else expect(reply.comment?.replaceAll("\\_", "_")).toContain(says.replaceAll("\\_", "_"));
    expect(reply.comment ?? "").not.toMatch(/(^|[^`\w])@\w/);
  });
});

it("tells whoever presses the button what to write", () => {
  const { document, snapshot } = anEmergency();
  const told = howToBypass({ document, snapshot });
  expect(told).toContain('/holdpoint bypass all --reason "<what is broken, and for whom>" --cause production_issue');
  expect(told).toContain("ends after 4 hours");
  const without = anEmergency({ policy: { ...emergency, bypass: {} } });
  expect(howToBypass({ document: without.document, snapshot })).toBeNull();
});

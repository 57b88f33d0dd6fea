import { describe, expect, it } from "vitest";
import type { BypassRefusal, BypassState } from "../../../src/core/bypass/bypass.ts";
import { decide } from "../../../src/core/gate/decide.ts";
import {
  aClassification,
  aComment,
  aCommit,
  aFinding,
  ago,
  aPerson,
  aReview,
  aSnapshot,
  headSha,
  now,
} from "../../support/builders.ts";
import {
  aBypassCommand,
  aGrant,
  aLabel,
  anEmergency,
  aReason,
  type Emergency,
  emergency,
  minutesAgo,
  reason,
  withEmergency,
} from "../../support/bypass.ts";

const older = "c".repeat(40);

function states(given: Emergency): BypassState[] {
  return decide(anEmergency(given)).bypasses;
}

const asked = { labels: [aLabel()], comments: [aReason()] };
const checkpoints = { ...emergency, checkpoints: { release: { approver: "technical_lead" } } };

it("a label whose event is still to come is looked at again when it can come no more, and opens nothing until then (T22)", () => {
  const labels = [aLabel({ addedAt: minutesAgo(1), headAtLabelling: null })];
  const { state, bypasses, wakeAt } = decide(anEmergency({ snapshot: { ...asked, labels } }));
  expect(state).toBe("waiting");
  expect(bypasses).toMatchObject([{ kind: "unreadable", until: minutesAgo(-4) }]);
  expect(wakeAt).toEqual(minutesAgo(-4));
});

describe("a request that is granted (B1)", () => {
  const rows: { name: string; given: Emergency; grants?: object }[] = [
    { name: "by label, with its reason in a comment", given: { snapshot: asked } },
    {
      name: "by a label that says the cause",
      given: { snapshot: { ...asked, labels: [aLabel({ name: "Emergency: Production-Issue" })] } },
    },
    { name: "by command", given: { snapshot: { comments: [aBypassCommand()] } } },
    {
      name: "by command in a review",
      given: {
        snapshot: {
          reviews: [
            aReview("otto", {
              state: "commented",
              submittedAt: minutesAgo(5),
              body: `/holdpoint bypass all --reason "${reason}"`,
            }),
          ],
        },
      },
    },
    {
      name: "with its reason in the description",
      given: { snapshot: { labels: [aLabel()], body: `## Emergency\n${reason}\n` } },
    },
    {
      name: "with its reason under another heading",
      given: { snapshot: { labels: [aLabel()], body: `**Bypass reason**\n\n${reason}\n` } },
    },
    {
      name: "by a lead",
      given: { snapshot: { labels: [aLabel({ addedBy: aPerson("lena") })], comments: [aReason("lena")] } },
    },
    {
      name: "by the author, who is on call",
      given: {
        policy: { ...emergency, roles: { on_call: { users: ["author"] }, technical_lead: { users: ["lena"] } } },
        snapshot: { labels: [aLabel({ addedBy: aPerson("author") })], comments: [aReason("author")] },
      },
    },
    {
      name: "put on this very head, as was seen, although within the second of the push",
      given: {
        snapshot: { ...asked, labels: [aLabel({ addedAt: ago(9), headAtLabelling: headSha })] },
        policy: withEmergency({ reason: { within: "1 day" }, expires_after: "2 days" }),
      },
    },
    {
      name: "a command whose comment was edited since, as it was",
      given: {
        snapshot: { comments: [aBypassCommand("otto", "cancel", { id: 7, isEdited: true, editedBy: aPerson("sam") })] },
        memory: {
          commands: [
            {
              commentId: 7,
              person: aPerson("otto"),
              at: minutesAgo(5),
              text: `bypass all --reason "${reason}"`,
              headSha,
            },
          ],
        },
      },
    },
    {
      name: "a command whose comment was deleted since",
      given: {
        memory: {
          commands: [
            {
              commentId: 7,
              person: aPerson("otto"),
              at: minutesAgo(5),
              text: `bypass all --reason "${reason}"`,
              headSha,
            },
          ],
        },
      },
    },
    {
      name: "for one checkpoint",
      given: { policy: checkpoints, snapshot: { comments: [aBypassCommand("otto", `release --reason "${reason}"`)] } },
    },
    {
      name: "over budget, where the policy only warns",
      given: {
        policy: withEmergency({ budget: { limit: "5%", over_budget: "warn" } }),
        snapshot: asked,
        memory: { merges: { all: 10, bypassed: 9 } },
      },
    },
  ];
  it.each(rows)("$name", ({ given }) => {
    expect(states(given)).toMatchObject([{ kind: "grantable", reason, secondPerson: null }]);
  });

  it("lasts from when all was said, whenever it is looked at", () => {
    const [state] = states({ snapshot: asked });
    expect(state).toMatchObject({ until: new Date(minutesAgo(4).getTime() + 4 * 3_600_000) });
  });

  it("opens nothing before its review is written down", () => {
    expect(decide(anEmergency({ snapshot: asked }))).toMatchObject({ state: "waiting", isOpen: false, openings: [] });
  });
});

describe("a request that is refused (B1)", () => {
  const refused: { name: string; given: Emergency; why: BypassRefusal }[] = [
    {
      name: "a label that nobody put on",
      given: { snapshot: { ...asked, labels: [aLabel({ addedBy: null, addedAt: null })] } },
      why: "no_event",
    },
    {
      name: "a bot's label",
      given: { snapshot: { ...asked, labels: [aLabel({ addedBy: aPerson("github-actions[bot]") })] } },
      why: "bot",
    },
    {
      name: "a label of somebody with triage permission",
      given: { snapshot: { ...asked, labels: [aLabel({ addedBy: aPerson("peer") })] } },
      why: "not_authorised",
    },
    {
      name: "a deleted account's",
      given: { snapshot: { ...asked, labels: [aLabel({ addedBy: aPerson("otto", "ghost") })] } },
      why: "not_authorised",
    },
    {
      name: "somebody who can merely write, while nobody is mapped to on_call",
      given: {
        policy: { ...emergency, roles: {} },
        snapshot: {
          ...asked,
          directory: {
            ...aSnapshot().directory,
            teams: { "acme/on-call": { kind: "missing" }, "acme/technical-lead": { kind: "missing" } },
          },
        },
      },
      why: "not_authorised",
    },
    {
      name: "before the push, as was seen",
      given: { snapshot: { ...asked, labels: [aLabel({ headAtLabelling: older })] } },
      why: "before_push",
    },
    {
      name: "before the push by the time",
      given: { snapshot: { ...asked, labels: [aLabel({ addedAt: ago(10) })] } },
      why: "before_push",
    },
    {
      name: "within the second of the push",
      given: { snapshot: { ...asked, labels: [aLabel({ addedAt: ago(9) })] } },
      why: "before_push",
    },
    {
      name: "a command on an earlier head",
      given: { snapshot: { comments: [aBypassCommand("otto", undefined, { createdAt: ago(10) })] } },
      why: "before_push",
    },
    {
      name: "a head of which nobody knows since when it is there",
      given: { snapshot: asked, memory: { heads: {} } },
      why: "before_push",
    },
    {
      name: "no reason when its time is over",
      given: { snapshot: { labels: [aLabel({ addedAt: minutesAgo(15) })] } },
      why: "no_reason",
    },
    {
      name: "a reason of one word when its time is over",
      given: {
        snapshot: {
          labels: [aLabel({ addedAt: minutesAgo(15) })],
          comments: [aReason("otto", "emergencyemergencyemergency", { createdAt: minutesAgo(14) })],
        },
      },
      why: "short_reason",
    },
    {
      name: "a reason given too late",
      given: {
        snapshot: {
          labels: [aLabel({ addedAt: minutesAgo(20) })],
          comments: [aReason("otto", reason, { createdAt: minutesAgo(2) })],
        },
      },
      why: "no_reason",
    },
    {
      name: "a reason of somebody else",
      given: {
        snapshot: {
          labels: [aLabel({ addedAt: minutesAgo(20) })],
          comments: [aReason("sam", reason, { createdAt: minutesAgo(19) })],
        },
      },
      why: "no_reason",
    },
    {
      name: "a reason that was edited",
      given: {
        snapshot: {
          labels: [aLabel({ addedAt: minutesAgo(20) })],
          comments: [aReason("otto", reason, { createdAt: minutesAgo(19), isEdited: true })],
        },
      },
      why: "no_reason",
    },
    {
      name: "a section that holds only a placeholder",
      given: { snapshot: { labels: [aLabel({ addedAt: minutesAgo(20) })], body: "## Emergency\n\n<!-- why? -->\n" } },
      why: "no_reason",
    },
    {
      name: "a committed secret",
      given: {
        snapshot: asked,
        classification: aClassification({
          findings: [aFinding("security", { rule: "secret_added", strength: "likely" })],
        }),
      },
      why: "ceiling",
    },
    {
      name: "a rule that the policy names, whatever its class",
      given: {
        policy: withEmergency({ never: ["export_removed"] }),
        snapshot: asked,
        classification: aClassification({
          findings: [aFinding("breaking_change", { rule: "export_removed", strength: "hint" })],
        }),
      },
      why: "ceiling",
    },
    {
      name: "a command that names only what stays closed",
      given: {
        policy: { ...checkpoints, bypass: { emergency: { never: ["release"] } } },
        snapshot: { comments: [aBypassCommand("otto", `release --reason "${reason}"`)] },
      },
      why: "ceiling",
    },
    {
      name: "everything, where only what stays closed is open",
      given: {
        policy: { ...checkpoints, bypass: { emergency: { never: ["release"] } } },
        snapshot: { ...asked, reviews: [aReview("peer")] },
      },
      why: "ceiling",
    },
    {
      name: "a checkpoint that is none",
      given: { policy: checkpoints, snapshot: { comments: [aBypassCommand("otto", `relase --reason "${reason}"`)] } },
      why: "unknown_checkpoint",
    },
    {
      name: "a checkpoint that does not apply",
      given: {
        policy: { ...emergency, checkpoints: { security_review: {} } },
        snapshot: { comments: [aBypassCommand("otto", `security_review --reason "${reason}"`)] },
      },
      why: "unknown_checkpoint",
    },
    {
      name: "over budget, where the policy refuses",
      given: {
        policy: withEmergency({ budget: { limit: "5%", over_budget: "refuse" } }),
        snapshot: asked,
        memory: { merges: { all: 20, bypassed: 1 } },
      },
      why: "over_budget",
    },
    {
      name: "not counted, where the policy refuses",
      given: {
        policy: withEmergency({ budget: { limit: "5%", over_budget: "refuse" } }),
        snapshot: asked,
        memory: { merges: null },
      },
      why: "over_budget",
    },
    {
      name: "taken back before it was granted",
      given: {
        snapshot: {
          labels: [aLabel()],
          comments: [aReason(), aBypassCommand("otto", "cancel", { createdAt: minutesAgo(3) })],
        },
      },
      why: "cancelled",
    },
    {
      name: "taken back by a lead",
      given: {
        snapshot: {
          labels: [aLabel()],
          comments: [aReason(), aBypassCommand("lena", "cancel", { createdAt: minutesAgo(3) })],
        },
      },
      why: "cancelled",
    },
    {
      name: "asked for longer ago than a bypass lasts",
      given: { snapshot: { labels: [aLabel({ addedAt: ago(4.5) })], body: `## Emergency\n${reason}` } },
      why: "too_late",
    },
    {
      name: "a policy without one",
      given: { policy: { ...emergency, bypass: {} }, snapshot: { comments: [aBypassCommand()] } },
      why: "not_configured",
    },
    {
      name: "refused before, on this head",
      given: {
        snapshot: asked,
        memory: {
          bypasses: [
            {
              outcome: "refused",
              id: `label:emergency-bypass@${minutesAgo(5).toISOString()}`,
              headSha,
              why: "no_issue",
              at: minutesAgo(3),
            },
          ],
        },
      },
      why: "no_issue",
    },
  ];
  it.each(refused)("$name → $why", ({ given, why }) => {
    expect(states(given)).toMatchObject([{ kind: "refused", why }]);
    expect(decide(anEmergency(given)).isOpen).toBe(false);
  });
});

describe("a request that waits", () => {
  const deadline = new Date(minutesAgo(5).getTime() + 15 * 60_000);
  const waits: { name: string; given: Emergency; missing: string[]; until?: Date }[] = [
    { name: "for its reason", given: { snapshot: { labels: [aLabel()] } }, missing: ["reason"], until: deadline },
    {
      name: "for a longer reason",
      given: { snapshot: { labels: [aLabel()], comments: [aReason("otto", "prod")] } },
      missing: ["reason"],
      until: deadline,
    },
    {
      name: "for a second person",
      given: { policy: withEmergency({ second_person: "technical_lead" }), snapshot: asked },
      missing: ["second_person"],
      until: new Date(minutesAgo(4).getTime() + 4 * 3_600_000),
    },
    {
      name: "for a second person, over budget",
      given: { snapshot: asked, memory: { merges: { all: 10, bypassed: 1 } } },
      missing: ["second_person"],
    },
    {
      name: "for a second person, where nobody counted",
      given: { snapshot: asked, memory: { merges: null } },
      missing: ["second_person"],
    },
    { name: "until the pull request is ready", given: { snapshot: { ...asked, isDraft: true } }, missing: ["ready"] },
    {
      name: "for something to open",
      given: { snapshot: { ...asked, reviews: [aReview("peer")] } },
      missing: ["open_point"],
    },
    {
      name: "behind another that opens the same",
      given: {
        snapshot: { ...asked, labels: [aLabel(), aLabel({ name: "emergency: critical-bug", addedAt: minutesAgo(4) })] },
        memory: { bypasses: [aGrant()] },
      },
      missing: ["open_point"],
    },
  ];
  it.each(waits)("$name", ({ given, missing, until }) => {
    const state = states(given).at(-1);
    expect(state).toMatchObject({ kind: "awaiting", missing, ...(until ? { until } : {}) });
    const wakes = decide(anEmergency(given)).wakeAt;
    if (until) expect(wakes).toEqual(until);
  });

  it("is weighed only once where two ask for the same", () => {
    const labels = [aLabel(), aLabel({ name: "emergency: critical-bug", addedAt: minutesAgo(4) })];
    expect(states({ snapshot: { ...asked, labels } }).map(({ kind }) => kind)).toEqual(["grantable", "awaiting"]);
  });

  it("is not weighed where the policy only observes, and not once the pull request is closed", () => {
    expect(states({ policy: { ...emergency, mode: "observe" }, snapshot: asked })).toEqual([]);
    expect(states({ snapshot: { ...asked, state: "closed" } })).toEqual([]);
  });
});

describe("what could not be read opens nothing and refuses nothing", () => {
  const team = { roles: { on_call: { teams: ["acme/on-call"] }, technical_lead: { users: ["lena"] } } };
  const rows: { name: string; given: Emergency }[] = [
    {
      name: "the requester's team",
      given: {
        policy: { ...emergency, ...team },
        snapshot: {
          ...asked,
          directory: {
            ...aSnapshot().directory,
            teams: { "acme/on-call": { kind: "unreadable", reason: "GitHub answered 502" } },
          },
        },
      },
    },
    {
      name: "comments beyond a limit",
      given: { snapshot: { ...asked, incomplete: [{ what: "comments", reason: "more than 1,000 comments" }] } },
    },
    {
      name: "files beyond a limit, although the policy asks instead of holding",
      given: {
        policy: { ...emergency, on_error: "ask" },
        snapshot: { ...asked, incomplete: [{ what: "files", reason: "more than 3,000 files" }] },
      },
    },
    {
      name: "the second person's team",
      given: {
        policy: {
          ...emergency,
          roles: {
            on_call: { users: ["otto"] },
            technical_lead: { users: ["lena"] },
            director: { teams: ["acme/directors"] },
          },
          bypass: { emergency: { second_person: "director" } },
        },
        snapshot: {
          ...asked,
          comments: [aReason(), aBypassCommand("mona", "agree", { createdAt: minutesAgo(2) })],
          directory: {
            ...aSnapshot().directory,
            teams: { "acme/directors": { kind: "unreadable", reason: "GitHub answered 502" } },
          },
        },
      },
    },
  ];
  it.each(rows)("$name", ({ given }) => {
    expect(states(given)).toMatchObject([{ kind: "unreadable" }]);
  });
});

describe("a second person (B1)", () => {
  const policy = withEmergency({ second_person: "technical_lead" });
  const agreeing = (login: string, comment = {}) =>
    aBypassCommand(login, "agree", { createdAt: minutesAgo(2), ...comment });
  const given = (...comments: ReturnType<typeof agreeing>[]): Emergency => ({
    policy,
    snapshot: { labels: [aLabel()], comments: [aReason(), ...comments] },
  });

  it("who holds the role lets it be granted, and is named", () => {
    expect(states(given(agreeing("lena")))).toMatchObject([
      { kind: "grantable", secondPerson: { login: "lena" }, until: new Date(minutesAgo(2).getTime() + 4 * 3_600_000) },
    ]);
  });

  it("over budget is anybody authorised, where the policy names no role", () => {
    const over = { snapshot: given(agreeing("lena")).snapshot ?? {}, memory: { merges: { all: 10, bypassed: 1 } } };
    expect(states(over)).toMatchObject([{ kind: "grantable", secondPerson: { login: "lena" } }]);
  });

  const refused: { name: string; given: Emergency }[] = [
    {
      name: "who asked",
      given: {
        ...given(),
        snapshot: { labels: [aLabel({ addedBy: aPerson("lena") })], comments: [aReason("lena"), agreeing("lena")] },
      },
    },
    {
      name: "who opened the pull request",
      given: { ...given(), snapshot: { ...given(agreeing("lena")).snapshot, author: aPerson("lena") } },
    },
    {
      name: "who committed a part of it",
      given: {
        ...given(),
        snapshot: { ...given(agreeing("lena")).snapshot, commits: [aCommit(), aCommit({ by: "lena" })] },
      },
    },
    {
      name: "who pushed a part of it",
      given: {
        ...given(),
        snapshot: { ...given(agreeing("lena")).snapshot, commits: [aCommit({ pushedBy: aPerson("lena") })] },
      },
    },
    { name: "without the role", given: given(agreeing("peer")) },
    {
      name: "on call, where it takes a lead",
      given: {
        ...given(),
        snapshot: { labels: [aLabel({ addedBy: aPerson("lena") })], comments: [aReason("lena"), agreeing("otto")] },
      },
    },
    { name: "before it was asked for", given: given(agreeing("lena", { createdAt: minutesAgo(6) })) },
    { name: "within the same second", given: given(agreeing("lena", { createdAt: minutesAgo(5) })) },
    { name: "by a comment that was edited into it", given: given(agreeing("lena", { isEdited: true })) },
    { name: "in a quote", given: given(aComment("lena", "> /holdpoint bypass agree", { createdAt: minutesAgo(2) })) },
  ];
  it.each(refused)("$name does not count", ({ given: facts }) => {
    expect(states(facts)).toMatchObject([{ kind: "awaiting", missing: ["second_person"] }]);
  });
});

describe("a bypass in force (B3)", () => {
  const memory = { bypasses: [aGrant()] };
  it("opens the gate, and the gate says when it ends", () => {
    const verdict = decide(anEmergency({ memory, snapshot: { labels: [aLabel()] } }));
    expect(verdict).toMatchObject({ state: "bypassed", isOpen: true, bypasses: [{ kind: "in_force" }] });
    expect(verdict.wakeAt).toEqual(aGrant().until);
  });

  const ends: { name: string; given: Emergency; why: string }[] = [
    {
      name: "by a push",
      given: { memory: { bypasses: [aGrant({ headSha: older })] }, snapshot: { labels: [aLabel()] } },
      why: "push",
    },
    { name: "by taking its label off", given: { memory }, why: "unlabelled" },
    {
      name: "by somebody else putting the label on",
      given: { memory, snapshot: { labels: [aLabel({ addedBy: aPerson("lena"), addedAt: minutesAgo(1) })] } },
      why: "unlabelled",
    },
    {
      name: "by the clock",
      given: { memory: { bypasses: [aGrant({ until: now })] }, snapshot: { labels: [aLabel()] } },
      why: "expired",
    },
    {
      name: "by its owner",
      given: {
        memory,
        snapshot: { labels: [aLabel()], comments: [aBypassCommand("otto", "cancel", { createdAt: minutesAgo(1) })] },
      },
      why: "cancelled",
    },
    {
      name: "by anybody authorised",
      given: {
        memory,
        snapshot: { labels: [aLabel()], comments: [aBypassCommand("lena", "cancel", { createdAt: minutesAgo(1) })] },
      },
      why: "cancelled",
    },
    {
      name: "when its owner is no longer on call",
      given: {
        policy: { ...emergency, roles: { on_call: { users: ["sam"] }, technical_lead: { users: ["lena"] } } },
        memory,
        snapshot: { labels: [aLabel()] },
      },
      why: "authority",
    },
    {
      name: "when the policy offers none any more",
      given: { policy: { ...emergency, bypass: {} }, memory, snapshot: { labels: [aLabel()] } },
      why: "policy",
    },
    {
      name: "when the policy knows its label no longer",
      given: {
        policy: withEmergency({ labels: { hotfix: "critical_bug" } }),
        memory,
        snapshot: { labels: [aLabel()] },
      },
      why: "policy",
    },
    {
      name: "when something is found that nothing opens",
      given: {
        memory,
        snapshot: { labels: [aLabel()] },
        classification: aClassification({ findings: [aFinding("security", { rule: "secret_added" })] }),
      },
      why: "policy",
    },
    {
      name: "when the pull request is closed",
      given: { memory, snapshot: { labels: [aLabel()], state: "closed" } },
      why: "closed",
    },
  ];
  it.each(ends)("ends $name", ({ given, why }) => {
    const verdict = decide(anEmergency(given));
    expect(verdict.bypasses[0]).toMatchObject({ kind: "ending", why });
    expect(verdict).toMatchObject({ openings: [], isOpen: false });
  });

  it("is not in force, and not ended, while its owner's roles cannot be read", () => {
    const policy = {
      ...emergency,
      roles: { on_call: { teams: ["acme/on-call"] }, technical_lead: { users: ["lena"] } },
    };
    const verdict = decide(anEmergency({ policy, memory, snapshot: { labels: [aLabel()] } }));
    expect(verdict).toMatchObject({ isOpen: false, bypasses: [{ kind: "unreadable" }] });
  });

  it("stays, whoever cancels who clearly may not", () => {
    const comments = [aBypassCommand("peer", "cancel", { createdAt: minutesAgo(1) })];
    expect(states({ memory, snapshot: { labels: [aLabel()], comments } })).toMatchObject([{ kind: "in_force" }]);
  });

  it("was in time for what was merged in time", () => {
    const snapshot = {
      labels: [aLabel()],
      state: "merged" as const,
      merged: { at: minutesAgo(10), by: null, commitSha: null },
    };
    const ended = { bypasses: [aGrant({ until: minutesAgo(2) })] };
    expect(states({ memory: ended, snapshot })).toMatchObject([{ kind: "in_force" }]);
  });

  it("that ended is not weighed anew, although its label is still on", () => {
    const ended = { bypasses: [aGrant({ ended: { at: minutesAgo(1), why: "expired" as const } })] };
    expect(states({ memory: ended, snapshot: asked })).toEqual([]);
  });
});

/** The pages of the codes of mistakes in a policy. Every example is a policy that loads. */

import type { ProblemCode } from "../../policy/problem-codes.ts";
import type { CodePage } from "./code-page.ts";

/** A policy is mended where it stands. */
const who = "Whoever may change the policy on the base branch.";
const yaml = (text: string) => ({ language: "yaml" as const, text: `${text}\n` });

export const policyCodePages: Record<ProblemCode, CodePage> = {
  "HP-P01": {
    means:
      "The policy, or a file it builds on, is not there or could not be read. A gate that knows no rules stays shut.",
    who,
  },
  "HP-P02": {
    means: "The file is larger than a policy may be. The limit keeps a policy readable and its reading quick.",
    who,
  },
  "HP-P03": { means: "The text cannot be read as YAML. The message names the line and the column.", who },
  "HP-P04": {
    means:
      "The YAML uses something that no policy needs and that is easily misread: tags, merge keys, deep nesting, many aliases.",
    who,
  },
  "HP-P05": {
    means:
      "A key stands where no such key is known. A misspelt key would otherwise be a rule that silently does nothing.",
    who,
    example: yaml("checkpoints:\n  security_review: { approver: security_team }"),
  },
  "HP-P06": { means: "A key that has to be there is not.", who },
  "HP-P07": {
    means: "Another kind of value stands there than is expected: a list for a word, a word for a number.",
    who,
    example: yaml("approval_workflows:\n  peer_review: { approver: peer, approvals: 1 }"),
  },
  "HP-P08": { means: "The value is of the right kind, but not one that is allowed, or outside its limits.", who },
  "HP-P09": {
    means: "A time span is expected there and cannot be read as one.",
    who,
    example: yaml("checkpoints:\n  security_review: { timeout: 48h }"),
  },
  "HP-P10": {
    means:
      "The pattern could never be matched, or only in a time that grows out of hand. Regular expressions are RE2, without look-around.",
    who,
    example: yaml('checkpoints:\n  data_review: { when: { changed_files: ["db/**/*.sql"] } }'),
  },
  "HP-P11": {
    means:
      "A role is named that is not mapped, and its name is close to one that is. It would mean other people than you think.",
    who,
    example: yaml(
      "roles: { security_team: { teams: [acme/security] } }\ncheckpoints:\n  security_review: { approver: security_team }",
    ),
  },
  "HP-P12": {
    means:
      "A role is named that the policy does not map. It falls back to the team of that name, then to a permission; the message says which.",
    who,
    example: yaml("roles: { technical_lead: { users: [lena] } }"),
  },
  "HP-P13": {
    means: "An escalation level is named that exists neither in the policy nor among the built-in ones.",
    who,
  },
  "HP-P14": { means: "Escalation levels lead to each other and never to an end.", who },
  "HP-P15": {
    means: "A workflow names a criterion that is not known, so that nobody could tell when it fits.",
    who,
    example: yaml("approval_workflows:\n  automatic: { criteria: [documentation_only], process: automated_approval }"),
  },
  "HP-P16": {
    means: "A workflow names a step that is not known.",
    who,
    example: yaml("approval_workflows:\n  automatic: { process: automated_approval }"),
  },
  "HP-P17": {
    means: "A criterion of your own has no evidence, so that nothing could ever satisfy it.",
    who,
    example: yaml(
      "checkpoints:\n  data_review:\n    when: { labels: [data] }\n    criteria: [{ id: backup_taken, evidence: { checkbox: Backup taken } }]",
    ),
  },
  "HP-P18": { means: "Conditions are joined in more levels than anybody could follow.", who },
  "HP-P19": { means: "A name is used that the policy declares nowhere.", who },
  "HP-P20": { means: "A window ends before it starts, or names a time zone that does not exist.", who },
  "HP-P21": {
    means:
      "A workflow for riskier changes asks for less than one for simpler changes. It counts as written; it is probably not meant.",
    who,
  },
  "HP-P22": {
    means:
      "A checkpoint's name is close to that of a built-in one, but is not it: it has no built-in trigger or approver.",
    who,
    example: yaml("checkpoints:\n  security_review: { approver: security_team }"),
  },
  "HP-P23": {
    means:
      'The policy reports what it would have done and holds nothing. Checks end neutral and their titles start with "Would".',
    who,
    example: yaml("mode: enforce"),
  },
  "HP-P24": { means: "A key is written correctly, but this version of Holdpoint does nothing with it yet.", who: "" },
  "HP-P25": {
    means:
      "What stands in `extends` is no preset and no file that may be built on. Files of other owners are refused: they could change your rules.",
    who,
    example: yaml('extends: ["preset:startup"]'),
  },
  "HP-P26": {
    means: "Policies name each other in `extends` in circles, or too many of them build on each other.",
    who,
  },
  "HP-P27": {
    means: "The organisation's policy enforces a key, and the repository's asks for less there.",
    who: "Whoever may change the repository's policy; what is enforced is changed in the organisation's `.github` repository.",
  },
  "HP-P28": {
    means: "A key that only counts in the organisation's policy stands in a repository's. It does nothing there.",
    who,
  },
  "HP-P29": {
    means:
      "The rule asks for approvals and leaves no way to give them: nobody who may, fewer people than approvals, or no method.",
    who,
    example: yaml("approvals: { methods: { review: true } }"),
  },
  "HP-P30": { means: "Two keys say opposite things, and no rule tells which of them wins.", who },
  "HP-P31": {
    means: "The checkpoint asks nobody for an approval and wants no evidence, so it would be met at once.",
    who,
    example: yaml("checkpoints:\n  security_review: { approver: security_team, approvals: 1 }"),
  },
};

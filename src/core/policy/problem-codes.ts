/** Every mistake that a policy can contain, by its stable code. Codes are never reused; docs/codes.md lists them. */

export const problemCodes = {
  "HP-P01": { title: "The policy could not be read", fix: "Restore the file, or check that Holdpoint may read it." },
  "HP-P02": {
    title: "The policy is too large",
    fix: "Keep the file within 64 KiB; move shared parts to a file named in `extends`.",
  },
  "HP-P03": { title: "The file is not valid YAML", fix: "Mend the line that is named; indent with spaces." },
  "HP-P04": {
    title: "The YAML goes beyond what a policy needs",
    fix: "Nest less, use fewer aliases, no tags and no merge keys.",
  },
  "HP-P05": { title: "Unknown key", fix: "Use a key of the policy reference; the nearest one is suggested." },
  "HP-P06": { title: "Missing key", fix: "Add the key that is named." },
  "HP-P07": { title: "Wrong kind of value", fix: "Write what is expected there." },
  "HP-P08": {
    title: "Value not allowed",
    fix: "Use one of the values that are listed, within the limits that are named.",
  },
  "HP-P09": { title: "Not a duration", fix: "Write an amount with a unit, such as `48h`, `2 days` or `PT48H`." },
  "HP-P10": {
    title: "Pattern that cannot be matched",
    fix: "Use a glob, or a regular expression in RE2 syntax between slashes.",
  },
  "HP-P11": { title: "Role that looks misspelt", fix: "Use the role as it is written under `roles:`." },
  "HP-P12": { title: "Role not mapped", fix: "Map it under `roles:`, or keep what it falls back to." },
  "HP-P13": {
    title: "Unknown escalation level",
    fix: "Name a level of `escalation_levels`, a built-in one, or `continuous_monitoring`.",
  },
  "HP-P14": {
    title: "Escalation that goes round in circles",
    fix: "Let the last level end in `continuous_monitoring`.",
  },
  "HP-P15": { title: "Unknown workflow criterion", fix: "Use a criterion of the policy reference." },
  "HP-P16": { title: "Unknown process step", fix: "Use a step of the policy reference." },
  "HP-P17": { title: "Criterion without evidence", fix: "Say what satisfies it: `{ id, evidence }`." },
  "HP-P18": { title: "Conditions nested too deep", fix: "Join them in fewer levels." },
  "HP-P19": { title: "Unknown name", fix: "Name something that the policy declares." },
  "HP-P20": { title: "Time that makes no sense", fix: "Let the window end after it starts, in a known time zone." },
  "HP-P21": {
    title: "Workflow for riskier changes that asks for less",
    fix: "Ask for at least as much as the other workflows.",
  },
  "HP-P22": {
    title: "Checkpoint name close to a built-in one",
    fix: "Use the built-in name, or one that cannot be mistaken for it.",
  },
  "HP-P23": { title: "Holdpoint only observes", fix: "Write `mode: enforce` when you are ready to hold changes." },
  "HP-P24": {
    title: "Keys whose behaviour is still to come",
    fix: "Nothing to do: they are checked, and take effect with a later version.",
  },
  "HP-P25": {
    title: "Policy to build on that cannot be used",
    fix: "Write `preset:<name>` or `owner/repository:path@ref`, of the same owner.",
  },
  "HP-P26": {
    title: "Policies that build on each other in circles or too deep",
    fix: "Take one of them out of `extends`.",
  },
  "HP-P27": {
    title: "Looser than the organisation allows",
    fix: "Keep what the organisation's policy asks for, or ask for more.",
  },
  "HP-P28": { title: "Key of the organisation's policy", fix: "Put it into the organisation's policy." },
  "HP-P29": {
    title: "Approvals that nobody can give",
    fix: "Name enough people who may approve, and a way to approve.",
  },
  "HP-P30": { title: "Keys that contradict each other", fix: "Keep one of them." },
  "HP-P31": {
    title: "Checkpoint that asks for nothing",
    fix: "Ask for an approval, a criterion or a condition, or take it out.",
  },
} as const;

export type ProblemCode = keyof typeof problemCodes;

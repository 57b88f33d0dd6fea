/** Approvals with conditions: a reviewer's list that has to be met, or that is followed up after the merge. Pushes take nothing off it. */

import { defaultWorkflows } from "../policy/default-workflows.ts";
import { holdsRole } from "../policy/resolve-role.ts";
import type { Policy } from "../policy/schema.ts";
import type { Person } from "../snapshot.ts";
import { type HeardCommand, heardCommands } from "./commands/heard-commands.ts";
import { sameItem, tickedItems } from "./commands/item-list.ts";
import { spokenBlocks } from "./commands/spoken-lines.ts";
import type { DecideInput } from "./facts.ts";
import { withParts } from "./requirements.ts";
import type { OpenConditionsRequirement, Requirement, Verdict } from "./verdict.ts";

type ConditionList = Pick<OpenConditionsRequirement, "person" | "at" | "items" | "unmet">;

/** What came of one `/holdpoint conditions …`, or of a list in a review. */
export interface ConditionsEvent {
  said: HeardCommand;
  outcome: ConditionsOutcome;
}

export type ConditionsOutcome =
  | { kind: "listed"; items: number }
  | { kind: "met"; of: Person; open: number }
  | { kind: "tracked" }
  /** Neither the process nor the policy knows conditions. */
  | { kind: "off" }
  | { kind: "not_an_approver"; roles: string[] }
  | { kind: "malformed" }
  | { kind: "no_list" }
  /** Several people gave lists, and it is not said which is meant. */
  | { kind: "whose"; people: Person[] }
  | { kind: "no_such_number"; items: number };

interface Settings {
  /** Roles whose approval the gate asks for. */
  roles: string[];
  isOn: boolean;
  holds: boolean;
  unmet: "hold" | "track";
}

export function requireConditionsMet(
  requirements: readonly Requirement[],
  facts: DecideInput,
): OpenConditionsRequirement[] {
  const settings = settingsOf(requirements, facts);
  const { lists } = traceConditions(requirements, facts);
  return lists.map((list) => {
    const base = {
      kind: "open_conditions" as const,
      id: `open_conditions:${list.person.login}`,
      name: list.person.login,
      holds: settings.holds,
      line: facts.document.lineOf(["approvals", "open_conditions"]),
      opening: null,
      ...list,
    };
    const isSettled = list.unmet === "track" || list.items.every(({ isMet }) => isMet);
    return isSettled ? { ...base, state: "satisfied", code: "HP-A02" } : { ...base, state: "waiting", code: "HP-A01" };
  });
}

/** Conditions that nobody has said are met, each with who asked for it: at the merge they become issues. */
export function openConditions(
  verdict: Pick<Verdict, "requirements">,
): { person: Person; at: Date; number: number; text: string }[] {
  return [...withParts(verdict.requirements)].flatMap((one) =>
    one.kind !== "open_conditions"
      ? []
      : one.items.flatMap(({ text, isMet }, index) =>
          isMet ? [] : [{ person: one.person, at: one.at, number: index + 1, text }],
        ),
  );
}

/** Every word about conditions in the order it was said, and the lists that came of them, one for each person. */
export function traceConditions(
  requirements: readonly Requirement[],
  facts: DecideInput,
): { events: ConditionsEvent[]; lists: ConditionList[] } {
  const settings = settingsOf(requirements, facts);
  const lists = new Map<number, ConditionList>();
  const events = heardCommands(facts.snapshot, facts.memory, ["conditions"])
    // A list may be ticked by editing it; everything else that was edited was perhaps never said.
    .filter(({ isEdited, ownText, list }) => !isEdited || (ownText !== null && list.length > 0))
    .map((said): ConditionsEvent => ({ said, outcome: hear(said, lists, settings, facts) }));
  return { events, lists: [...lists.values()] };
}

function hear(
  said: HeardCommand,
  lists: Map<number, ConditionList>,
  settings: Settings,
  facts: DecideInput,
): ConditionsOutcome {
  if (!settings.isOn) return { kind: "off" };
  const role = isApprover(said.person, settings, facts);
  // Whoever may not be told apart from an approver is heard for a list, and not when it is taken back.
  const isNew = said.rest === "" && said.list.length > 0;
  if (role === false || (role === "unknown" && !isNew && !lists.has(said.person.id))) {
    return { kind: "not_an_approver", roles: settings.roles };
  }
  if (isNew) {
    lists.set(said.person.id, newList(said, settings));
    return { kind: "listed", items: said.list.length };
  }
  if (/^track$/i.test(said.rest)) return track(lists.get(said.person.id));
  return meet(said, lists, role === true ? null : settings.roles);
}

function newList({ person, at, list, ownText }: HeardCommand, { unmet }: Settings): ConditionList {
  const ticked = ownText === null ? new Set() : tickedItems(spokenBlocks(ownText));
  const items = list.map(({ text, box }) => ({ text, isMet: box === "ticked" || ticked.has(sameItem(text)) }));
  return { person, at, items, unmet };
}

function track(list: ConditionList | undefined): ConditionsOutcome {
  if (list === undefined) return { kind: "no_list" };
  list.unmet = "track";
  return { kind: "tracked" };
}

/**
 * `met 1 3`, `met all`, `met @sam 2`.
 *
 * @param lacking the roles that somebody would have to hold to speak for another's list; `null` where this person does
 */
function meet(
  { person, rest }: HeardCommand,
  lists: Map<number, ConditionList>,
  lacking: string[] | null,
): ConditionsOutcome {
  const match = /^met(?:\s+@([a-z0-9_-]{1,60}))?\s+(all|[\d\s,#]{1,300})$/i.exec(rest);
  if (!match?.[2]) return { kind: "malformed" };
  const named = match[1]?.toLowerCase();
  const all = [...lists.values()];
  const own = lists.get(person.id);
  const meant = named
    ? all.filter((list) => list.person.login.toLowerCase() === named)
    : own
      ? [own]
      : all.filter(({ items }) => items.some(({ isMet }) => !isMet));
  const [list, another] = meant;
  if (list === undefined) return { kind: "no_list" };
  if (another !== undefined) return { kind: "whose", people: meant.map((one) => one.person) };
  if (lacking !== null && list.person.id !== person.id) return { kind: "not_an_approver", roles: lacking };
  const numbers = /^all$/i.test(match[2]) ? list.items.map((_, index) => index + 1) : numbersIn(match[2]);
  if (numbers.length === 0) return { kind: "malformed" };
  if (numbers.some((number) => number < 1 || number > list.items.length)) {
    return { kind: "no_such_number", items: list.items.length };
  }
  list.items = list.items.map((item, index) => (numbers.includes(index + 1) ? { ...item, isMet: true } : item));
  return { kind: "met", of: list.person, open: list.items.filter(({ isMet }) => !isMet).length };
}

function numbersIn(text: string): number[] {
  return (text.match(/\d{1,3}/g) ?? []).map(Number);
}

function settingsOf(requirements: readonly Requirement[], { document: { policy } }: DecideInput): Settings {
  const workflow = requirements.find((one) => one.kind === "workflow");
  const workflows: Policy["approval_workflows"] = policy.approval_workflows ?? defaultWorkflows;
  const { process: steps } = workflows?.[workflow?.name ?? ""] ?? { process: [] as string[] };
  const isInProcess = steps.includes("approval_with_conditions");
  const asked = requirements.filter(({ state }) => state !== "not_needed");
  const roles = [...withParts(asked)].flatMap((one) => (one.kind === "approvals" ? one.roles : []));
  return {
    roles: [...new Set(roles.map(({ role }) => role))],
    isOn: policy.approvals.conditions ?? isInProcess,
    holds: policy.approvals.conditions === true || workflow?.holds !== false,
    unmet: policy.approvals.open_conditions ?? "hold",
  };
}

/** The author sets no conditions for themselves, whatever roles they hold; who pushed to the change since keeps theirs. */
function isApprover(person: Person, { roles }: Settings, facts: DecideInput): boolean | "unknown" {
  const { snapshot, document } = facts;
  if (person.id === snapshot.author.id) return false;
  const answers = roles.map((role) => holdsRole(person, role, { roles: document.policy.roles, snapshot }));
  if (answers.includes(true)) return true;
  return answers.includes("unknown") ? "unknown" : false;
}

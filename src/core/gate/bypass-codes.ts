/** The reason codes of bypasses and of other openings. */

import type { BypassRefusal, BypassState, BypassWant, Opening } from "../bypass/bypass.ts";
import type { ReasonCode } from "./codes.ts";
import type { Verdict } from "./verdict.ts";

const openingCode = { bypass: "HP-B01", window: "HP-B02", test_branch: "HP-B03" } as const satisfies Record<
  Opening["kind"],
  ReasonCode
>;

const wantCode: Record<BypassWant, ReasonCode> = {
  reason: "HP-B04",
  second_person: "HP-B05",
  ready: "HP-B06",
  open_point: "HP-B06",
};

export const refusalCode: Record<BypassRefusal, ReasonCode> = {
  not_configured: "HP-B11",
  no_event: "HP-B12",
  bot: "HP-B13",
  not_authorised: "HP-B14",
  before_push: "HP-B15",
  no_reason: "HP-B16",
  short_reason: "HP-B17",
  ceiling: "HP-B18",
  over_budget: "HP-B19",
  unknown_checkpoint: "HP-B20",
  no_issue: "HP-B21",
  cancelled: "HP-B22",
  too_late: "HP-B23",
};

/** With doubles. */
export function openingCodes({ bypasses, openings }: Pick<Verdict, "bypasses" | "openings">): ReasonCode[] {
  return [
    ...openings.map(({ opening }) => openingCode[opening.kind]),
    ...toldBypasses(bypasses).map((state) => bypassCode(state)),
  ];
}

export function bypassCode(state: BypassState): ReasonCode {
  switch (state.kind) {
    case "refused":
      return refusalCode[state.why];
    case "awaiting":
      return wantCode[state.missing[0] ?? "open_point"];
    case "grantable":
      return "HP-B07";
    case "in_force":
      return "HP-B01";
    case "ending":
      return "HP-B09";
    case "unreadable":
      return "HP-B08";
  }
}

/** A label that is refused is taken off; a command stands in its comment for ever and is told of only while it says something now. */
const spent: readonly BypassRefusal[] = ["before_push", "cancelled", "too_late"];

/** So many refusals are told of, the newest. */
const refusalsMax = 3;

/** Those worth telling, in their order. Where a bypass is in force, what was refused beside it is not. */
export function toldBypasses(bypasses: readonly BypassState[]): BypassState[] {
  const isInForce = bypasses.some(({ kind }) => kind === "in_force");
  const refused = bypasses.filter((state) => state.kind === "refused");
  const told = refused.filter(({ request, why }) => request.source.kind === "label" || !spent.includes(why));
  const kept = new Set<BypassState>(isInForce ? [] : told.slice(-refusalsMax));
  return bypasses.filter((state) => state.kind !== "refused" || kept.has(state));
}

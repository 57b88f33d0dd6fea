import { describe, expect, it } from "vitest";
import type { Finding, IgnoreMark } from "../../../src/core/findings/finding.ts";
import { type SuppressionEntry, suppress } from "../../../src/core/findings/suppress.ts";
import { aClassification, aFinding } from "../../support/builders.ts";

const reason = "agreed with all of its users";
const now = new Date("2026-11-21T12:00:00Z");
const mark: IgnoreMark = { line: 2, until: "2026-12-01", reason, fault: null };

function outcome(finding: Partial<Finding>, entries: SuppressionEntry[], at = now) {
  const classification = aClassification({
    findings: [aFinding("breaking_change", { rule: "export_removed", ...finding })],
  });
  const { classification: left, wakeAt } = suppress(classification, entries, at);
  const [kept] = left.classes.breaking_change.findings;
  const [out] = left.suppressed;
  return { left, wakeAt, refused: (kept ?? out)?.suppression?.refused, isLeftOut: out !== undefined };
}

describe("an entry of the policy", () => {
  it.each<[string, Partial<SuppressionEntry>, Partial<Finding>, boolean]>([
    ["names the rule", {}, {}, true],
    ["names another rule", { rule: "package_removed" }, {}, false],
    ["names a group of the rule", { rule: "secret_detected" }, { rule: "secret_added" }, true],
    ["names its file", { paths: ["src/**"] }, {}, true],
    ["names other files", { paths: ["lib/**", "src/b.ts"] }, {}, false],
    ["names files, and the finding stands in none", { paths: ["**"] }, { path: null }, false],
    ["names its symbol", { symbol: "parse" }, { symbol: "parse" }, true],
    ["names symbols like it", { symbol: "pa*" }, { symbol: "parse" }, true],
    ["names another symbol", { symbol: "parse" }, { symbol: "parseAll" }, false],
    ["names a symbol, and the finding has none", { symbol: "*" }, { symbol: null }, false],
    ["acts until today", { until: "2026-11-21" }, {}, true],
    ["acted until yesterday", { until: "2026-11-20" }, {}, false],
    ["would take the count of what was not kept", {}, { path: null, what: "7 more of this kind were found" }, false],
  ])("that %s", (_, entry, finding, isLeftOut) => {
    expect(outcome(finding, [{ rule: "export_removed", reason, ...entry }]).isLeftOut).toBe(isLeftOut);
  });

  it("leaves the class without evidence, and the risk as if it had never been found", () => {
    const { left } = outcome({}, [{ rule: "export_removed", reason }]);
    expect(left.classes.breaking_change).toMatchObject({ present: false, strength: null, findings: [], score: 0 });
    expect(left.risk).toEqual({ level: "low", reasons: ["12 lines, nothing out of the ordinary"] });
    expect(left.suppressed).toMatchObject([
      { rule: "export_removed", suppression: { by: "policy", reason, until: null, line: null, refused: null } },
    ]);
  });

  it("leaves the rest of the class, at the rest's strength", () => {
    const findings = [
      aFinding("breaking_change", { rule: "export_removed" }),
      aFinding("breaking_change", { rule: "engines_raised", strength: "likely", confidence: 0.65 }),
    ];
    const { classification } = suppress(aClassification({ findings }), [{ rule: "export_removed", reason }], now);
    expect(classification.classes.breaking_change).toMatchObject({
      present: true,
      strength: "likely",
      confidence: 0.65,
    });
  });

  it("that is over is shown on the finding that counts again", () => {
    expect(outcome({}, [{ rule: "export_removed", reason, until: "2026-11-20" }])).toMatchObject({
      isLeftOut: false,
      refused: "expired",
      wakeAt: null,
    });
  });
});

describe("a comment", () => {
  it.each<[string, Partial<IgnoreMark>, string | null]>([
    ["that stood before acts", {}, null],
    ["whose day is over does not", { until: "2026-11-20" }, "expired"],
    ["that came with the change does not", { fault: "new" }, "new"],
    ["beside another line does not", { fault: "elsewhere" }, "elsewhere"],
    ["without a day does not", { fault: "incomplete", until: null }, "incomplete"],
    ["about a secret does not", { fault: "secret" }, "secret"],
  ])("%s", (_, given, refused) => {
    const came = outcome({ mark: { ...mark, ...given } }, []);
    expect(came).toMatchObject({ isLeftOut: refused === null, refused });
  });

  it("gives way to an entry of the policy that acts, and stands in for one that does not", () => {
    const entry = { rule: "export_removed", reason };
    const by = (entries: SuppressionEntry[], own: IgnoreMark) =>
      outcome({ mark: own }, entries).left.suppressed[0]?.suppression?.by;
    expect(by([entry], mark)).toBe("policy");
    expect(by([{ ...entry, until: "2026-01-01" }], mark)).toBe("code");
    expect(by([entry], { ...mark, fault: "new" })).toBe("policy");
  });
});

it("wakes when the first of what is left out ends: after its last day, in UTC", () => {
  const entries = [{ rule: "export_removed", reason, until: "2027-02-28" }];
  expect(outcome({ mark }, entries).wakeAt).toEqual(new Date("2027-03-01T00:00:00Z"));
  expect(outcome({ mark }, []).wakeAt).toEqual(new Date("2026-12-02T00:00:00Z"));
  expect(outcome({}, [{ rule: "export_removed", reason }]).wakeAt).toBeNull();
  expect(outcome({ mark }, [], new Date("2026-12-01T23:59:59Z")).isLeftOut).toBe(true);
  expect(outcome({ mark }, [], new Date("2026-12-02T00:00:00Z")).isLeftOut).toBe(false);
});

it("changes nothing, and costs nothing, where nothing asks for it", () => {
  const classification = aClassification({ findings: [aFinding("security")] });
  expect(suppress(classification, [], now).classification).toBe(classification);
});

import type { Problem } from "../../problem.ts";
import type { Checkpoint } from "../blocks/checkpoints.ts";
import { builtInCheckpoints } from "../built-in-checkpoints.ts";
import { conditionDepthMax, depthOf } from "../condition.ts";
import { builtInCriteria } from "../criteria.ts";
import { suggest } from "../suggest.ts";
import { type Check, type CheckedPolicy, problemAt } from "./check.ts";

/** Checkpoints: names, criteria, conditions. */
export const checkCheckpoints: Check = (checked) =>
  Object.entries(checked.policy.checkpoints).flatMap(([name, checkpoint]) => [
    ...checkName(checked, name),
    ...checkCriteria(checked, name, checkpoint),
    ...checkDepth(checked, name, checkpoint),
    ...checkAsks(checked, name, checkpoint),
  ]);

function checkName(checked: CheckedPolicy, name: string): Problem[] {
  if (Object.hasOwn(builtInCheckpoints, name)) return [];
  const near = suggest(name, Object.keys(builtInCheckpoints));
  if (near === null) return [];
  const found = `\`${name}\` is a checkpoint of your own, and looks like the built-in \`${near}\``;
  return [
    problemAt(checked, ["checkpoints", name], {
      code: "HP-P22",
      severity: "warning",
      found,
      fix: `write \`${near}\``,
      at: "key",
    }),
  ];
}

function checkCriteria(checked: CheckedPolicy, name: string, checkpoint: Checkpoint): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [index, criterion] of checkpoint.criteria.entries()) {
    const path = ["checkpoints", name, "criteria", index];
    if (seen.has(criterion.id)) {
      problems.push(
        problemAt(checked, path, {
          code: "HP-P30",
          severity: "warning",
          found: `\`${criterion.id}\` stands twice`,
          fix: "keep one",
        }),
      );
    }
    seen.add(criterion.id);
    if (criterion.evidence !== undefined || Object.hasOwn(builtInCriteria, criterion.id)) continue;
    const near = suggest(criterion.id, Object.keys(builtInCriteria));
    const own = `\`{ id: ${criterion.id}, evidence: { section: … } }\``;
    const found = `\`${criterion.id}\` is not built in, and nothing says what satisfies it`;
    const fix = near === null ? `write ${own}` : `write \`${near}\`, or ${own}`;
    problems.push(problemAt(checked, path, { code: "HP-P17", found, fix }));
  }
  return problems;
}

function checkDepth(checked: CheckedPolicy, name: string, checkpoint: Checkpoint): Problem[] {
  return (["when", "conditions"] as const).flatMap((key) => {
    const condition = checkpoint[key];
    if (!condition || depthOf(condition) <= conditionDepthMax) return [];
    const found = `\`all\`, \`any\` and \`none\` nest ${depthOf(condition)} levels deep`;
    const expected = `at most ${conditionDepthMax}`;
    return [
      problemAt(checked, ["checkpoints", name, key], {
        code: "HP-P18",
        found,
        expected,
        fix: "join them in fewer levels",
      }),
    ];
  });
}

function checkAsks(checked: CheckedPolicy, name: string, checkpoint: Checkpoint): Problem[] {
  const { approvals, criteria, conditions } = checkpoint;
  const asksApproval = approvals !== 0 && !(typeof approvals === "object" && Object.keys(approvals).length === 0);
  if (asksApproval || criteria.length > 0 || conditions) return [];
  return [
    problemAt(checked, ["checkpoints", name], {
      code: "HP-P31",
      severity: "warning",
      found: `\`${name}\` asks for no approval, no criterion and no condition: it never holds anything`,
      fix: "ask for something, or take it out",
      at: "key",
    }),
  ];
}

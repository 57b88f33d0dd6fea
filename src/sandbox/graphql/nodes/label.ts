/** Labels. */
import type { Label } from "../../state/issues.ts";
import type { GraphQLNode } from "../context.ts";

export function labelNode(label: Label): GraphQLNode {
  return {
    __typename: "Label",
    id: label.nodeId,
    name: label.name,
    color: label.color,
    description: label.description,
    isDefault: label.isDefault,
  };
}

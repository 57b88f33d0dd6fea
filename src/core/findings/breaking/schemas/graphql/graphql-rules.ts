/** The rules about GraphQL schemas, as people read them. */

import type { Rule } from "../../../detector.ts";

const deprecate = "Mark it `@deprecated(reason: …)` and take it away once nobody asks for it.";

export const graphqlRules: Record<string, Rule> = {
  graphql_type_removed: {
    title: "a type was removed, renamed or became another kind",
    why: "Queries and generated clients that name it are refused.",
    fix: "Keep the type beside the new one until nobody names it.",
    looksAt:
      "A type that moved to another changed file is not gone. Likely where it is still used and may stand in a file that was not read.",
    example: { language: "graphql", diff: "-type Invoice {\n-  id: ID!\n-}" },
  },
  graphql_field_removed: {
    title: "a field, input field or argument was removed or renamed",
    why: "Queries that name it are refused.",
    fix: deprecate,
    looksAt: "Likely where it was marked `@deprecated` before, proven otherwise.",
    example: { language: "graphql", diff: " type Order {\n-  total: Int\n+  sum: Int\n }" },
  },
  graphql_field_type_changed: {
    title: "a field returns another type",
    why: "Queries that select parts of it are refused, or clients read something else than they expect.",
    fix: "Add a field of the new type beside the old one and deprecate the old one.",
    looksAt:
      "Likely where it can only be `null` now, proven for another type. A field that can no longer be `null` breaks nobody.",
    example: { language: "graphql", diff: "-  total: Int\n+  total: Money" },
  },
  graphql_input_narrowed: {
    title: "an argument or input field is now required, or takes another type",
    why: "Queries that leave it out or send the old type are refused.",
    fix: "Leave it optional, or give it a default.",
    example: { language: "graphql", diff: "-  orders(first: Int): [Order]\n+  orders(first: Int!): [Order]" },
  },
  graphql_member_removed: {
    title: "an enum value, a union's member or an interface of a type was removed",
    why: "Queries that send the value or select through the type are refused.",
    fix: "Keep it until nobody uses it; enum values can be marked `@deprecated`.",
    example: { language: "graphql", diff: " enum State {\n-  DRAFT\n   OPEN\n }" },
  },
  graphql_directive_changed: {
    title: "a directive that queries may use was removed or narrowed",
    why: "Queries that use it are refused.",
    fix: "Keep the directive and its arguments until nobody uses them.",
    looksAt: "Only directives allowed in queries; those on the schema itself are the server's own affair.",
  },
  graphql_default_changed: {
    title: "the default of an argument or input field changed",
    why: "Queries that leave it out get something else than before.",
    fix: "Keep the default, or add a new argument.",
    example: { language: "graphql", diff: "-  orders(first: Int = 20): [Order]\n+  orders(first: Int = 10): [Order]" },
  },
  graphql_value_added: {
    title: "an enum value or a union's member was added",
    why: "Clients that match every value they know may meet one that they do not.",
    fix: "Tell clients to expect values that they do not know.",
  },
};

/** GitHub's official GraphQL schema, read once per process. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildASTSchema, type GraphQLSchema, parse } from "graphql";

let built: GraphQLSchema | null = null;

export function githubSchema(): GraphQLSchema {
  if (built !== null) return built;
  const file = fileURLToPath(new URL("schema.graphql", import.meta.resolve("@octokit/graphql-schema")));
  const document = parse(readFileSync(file, "utf8"), { noLocation: true });
  // GitHub published it: checking it again would double the time to start.
  built = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
  return built;
}

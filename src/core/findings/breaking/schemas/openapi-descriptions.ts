import { defineDetector, type Observation } from "../../detector.ts";
import { nameOf } from "../../file-role.ts";
import {
  type DocumentChange,
  type DocumentKind,
  mayBe,
  observeDocument,
  readDocumentPairs,
  toldOnce,
} from "./document/document-files.ts";
import { compareApis } from "./openapi/compare-operations.ts";
import { openapiRules } from "./openapi/openapi-rules.ts";
import { atMost, pathsToRead, withReach } from "./schema-files.ts";

const openapi: DocumentKind = {
  name: /open-?api|swagger|(^|[/._-])oas[23]?[._-]/i,
  line: /#\/(components|definitions|parameters|responses)\/|\boperationId\b|^\s{0,20}["']?\/[\w{}/.-]{0,200}["']?:|^\s{0,40}["']?(requestBody|openapi|swagger)["']?:/,
  mark: /^["']?(openapi|swagger)["']?[ \t]{0,8}:|["'](openapi|swagger)["']\s{0,8}:/m,
  isOne: ({ openapi: version, swagger, paths }) =>
    (typeof version === "string" || typeof swagger === "string" || typeof swagger === "number") &&
    typeof paths === "object",
  title: "an OpenAPI description",
};

/** Compares OpenAPI 3 and Swagger 2 descriptions before and after, as those meet them who call the API (C1). */
export const openapiDescriptions = defineDetector({
  id: "openapi_descriptions",
  class: "breaking_change",
  title: "OpenAPI descriptions",
  why: "Programs written for the API before are refused, or answered otherwise.",
  rules: openapiRules,
  contents: (files) => pathsToRead(files.filter((file) => mayBe(openapi, file))),
  detect: ({ files, contents }) => {
    const candidates = files.filter((file) => mayBe(openapi, file));
    const { pairs, removed, notAnalysed } = readDocumentPairs(openapi, candidates, contents);
    const observations = pairs.flatMap((pair) =>
      compareApis(pair.before, pair.after).map((change) =>
        observeDocument(pair, { ...change, strength: strengthOf(change) }),
      ),
    );
    return { observations: [...toldOnce(observations), ...removed.map(({ basePath }) => gone(basePath))], notAnalysed };
  },
});

/** `/v1beta/orders`: its authors said that it may change. */
function strengthOf({ symbol, strength }: DocumentChange) {
  return /\/(v\d{1,3})?(alpha|beta|preview|experimental|internal)\d{0,3}(\/|$)/i.test(symbol)
    ? atMost("likely", strength)
    : strength;
}

function gone(path: string): Observation {
  const what = `the description \`${nameOf(path)}\` was removed with all its operations`;
  // It may be written elsewhere, or printed by a program, from now on.
  return withReach(
    { rule: "openapi_operation_removed", strength: "likely", what, path, side: "base", symbol: nameOf(path) },
    path,
  );
}

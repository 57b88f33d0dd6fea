/** The rules about OpenAPI descriptions, as people read them. */

import type { Rule } from "../../../detector.ts";

export const openapiRules: Record<string, Rule> = {
  openapi_operation_removed: {
    title: "an operation was removed, or moved to another path",
    why: "Calls of it fail.",
    fix: "Keep it, marked as `deprecated`, as long as somebody calls it.",
    looksAt:
      "Names of path parameters do not count. Likely where the operation was deprecated before, proven otherwise.",
    example: { language: "yaml", diff: " paths:\n-  /orders/{id}:\n+  /order/{id}:" },
  },
  openapi_parameter_required: {
    title: "a parameter is required now",
    why: "Calls that leave it out are refused.",
    fix: "Leave it optional with a default.",
    example: { language: "yaml", diff: "   - name: region\n     in: query\n+    required: true" },
  },
  openapi_parameter_removed: {
    title: "a parameter was removed or moved elsewhere",
    why: "Calls that send it are answered otherwise, or refused.",
    fix: "Keep reading it where it was.",
    looksAt: "Proven where it moved, as from the query to a header; likely where it is gone.",
  },
  openapi_parameter_narrowed: {
    title: "a parameter accepts less than before",
    why: "Calls that were fine are refused.",
    fix: "Accept the old form as well.",
    looksAt:
      "Types, listed values, formats and limits. References within the file are followed, those to other files are not.",
    example: { language: "yaml", diff: "     schema:\n-      type: string\n+      type: integer" },
  },
  openapi_request_required: {
    title: "a request body, or a property in it, is required now",
    why: "Calls that leave it out are refused.",
    fix: "Leave it optional with a default.",
    example: { language: "yaml", diff: "-      required: [name]\n+      required: [name, owner]" },
  },
  openapi_request_narrowed: {
    title: "a request body accepts less than before",
    why: "Calls that were fine are refused, or what they send is ignored.",
    fix: "Accept the old form as well.",
    looksAt:
      "Properties, types, listed values, formats and limits. A schema used by many operations is told once. What is `readOnly` is not sent.",
  },
  openapi_response_removed: {
    title: "a successful response was removed",
    why: "Callers that wait for its status do not meet it any more.",
    fix: "Keep the status, or offer the new one in a new version.",
  },
  openapi_response_property_removed: {
    title: "a property of a response was removed or may be missing",
    why: "Callers that read it find nothing.",
    fix: "Keep sending it until nobody reads it.",
    looksAt:
      "Proven where a required property is gone; likely where an optional one is, or where a required one may be missing now.",
    example: { language: "yaml", diff: "       properties:\n-        total: { type: integer }" },
  },
  openapi_response_changed: {
    title: "a response has another form than before",
    why: "Callers read something else than they expect.",
    fix: "Add a new property beside the old one.",
    looksAt: "Types and formats; that something can be null now is likely only.",
  },
  openapi_response_value_added: {
    title: "a response can hold a value that it could not",
    why: "Callers that match every value they know may meet one that they do not.",
    fix: "Tell callers to expect values that they do not know.",
  },
  openapi_media_type_removed: {
    title: "a media type was removed from a request or response",
    why: "Callers that send or ask for it are refused.",
    fix: "Keep it beside the new one.",
  },
  openapi_security_added: {
    title: "an operation asks for proof of who calls, or for another one",
    why: "Callers without it are refused.",
    fix: "Accept the old way beside the new one for a while.",
    looksAt: "Proven where the operation was said to be open; likely where nothing was said or the scheme changed.",
  },
};

/** How frameworks hand over what a stranger sent. */

/** Where it is read. */
export const requestInput =
  /\b(?:req|request|ctx|context|c)\.(?:query|body|params|param|cookies|headers|GET|POST|FILES|args|form|values|json|QueryParam|Query|Param|PostForm|FormValue|request\.(?:query|body))\b|\bparams\[|\$_(?:GET|POST|REQUEST|COOKIE|FILES)\b|\$request->(?:input|get|query|post|all|cookie)\b|\br\.(?:URL\.Query|FormValue|PostFormValue|Header\.Get)\b|\brequest\.getParameter\b|\bRequest\.(?:Query|Form|Cookies|Params)\b/;

/** Holds for an expression that is, or is made of, what came with a request. */
export function isRequestInput(source: string): boolean {
  return requestInput.test(source);
}

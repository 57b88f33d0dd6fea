/** Whether users build values of a type or are handed them, as far as its name tells. */

const input = /(Options?|Opts|Config|Configuration|Props|Params|Args|Arguments|Input|Settings|Init|Preferences)$/i;
const output = /(Results?|Response|Return|Output|State|Info|Event|Payload|Report|Stats|Details)$/i;

/** What a program makes of the options it was given. */
const made = /^(Resolved|Normalized|Normalised|Parsed|Internal|Loaded)/;

/** @param id of the type or of a member: all names on the way count */
export function isInputName(id: string): boolean {
  return id.split(".").some((name) => input.test(name) && !made.test(name));
}

export function isOutputName(id: string): boolean {
  return !isInputName(id) && id.split(".").some((name) => output.test(name) || made.test(name));
}

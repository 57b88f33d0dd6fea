/**
 * Makes a `switch` exhaustive: a new kind does not compile until it is placed.
 *
 * @throws {Error} always; reaching it is a bug
 */
export function assertNever(value: never): never {
  throw new Error(`Unplaced case: ${JSON.stringify(value)}`);
}

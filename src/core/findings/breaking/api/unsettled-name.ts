/** Names by which authors say that a thing may still change: whoever uses it was told. */

/** As the first or last word of a name: `unstable_cache`, `ExperimentalCache`, `cacheExperimental`. */
const words = new Set(["experimental", "unstable", "incubating"]);

/** As the whole name: `Options.preview`. In longer ones they mean other things, too: `InternalServerError`. */
const names = new Set(["preview", "internal", "internals"]);

/**
 * @param symbol as its users write it: `Options.experimental.wasm`, `unstable::open`
 * @param path of the file that declares it
 */
export function isUnsettled(symbol: string, path: string): boolean {
  return [...symbol.split(/[.:#]/), ...path.split(/[/.]/)].some((name) => {
    const parts = name.split(/[_-]|(?<=[a-z0-9])(?=[A-Z])/).filter((part) => part !== "");
    const [first = "", last = ""] = [parts[0], parts.at(-1)];
    return names.has(name) || words.has(first.toLowerCase()) || words.has(last.toLowerCase());
  });
}

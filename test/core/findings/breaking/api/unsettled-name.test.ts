import { expect, it } from "vitest";
import { isUnsettled } from "../../../../../src/core/findings/breaking/api/unsettled-name.ts";

it.each([
  { symbol: "Options.experimental.wasm", path: "src/options.ts", is: true },
  { symbol: "unstable_cache", path: "src/cache.ts", is: true },
  { symbol: "client::unstable::open", path: "src/client.rs", is: true },
  { symbol: "experimentalCache", path: "src/cache.ts", is: true },
  { symbol: "ExperimentalCache.open", path: "src/cache.ts", is: true },
  { symbol: "cacheExperimental", path: "src/cache.ts", is: true },
  { symbol: "Cache", path: "shop/experimental/cache.py", is: true },
  { symbol: "Cache", path: "src/unstable-cache.ts", is: true },
  { symbol: "Options.preview", path: "src/options.ts", is: true },
  { symbol: "InternalServerError", path: "src/errors.ts", is: false },
  { symbol: "StatusCode.INTERNAL_SERVER_ERROR", path: "src/status.rs", is: false },
  { symbol: "International", path: "src/countries.ts", is: false },
  { symbol: "unstableness", path: "src/physics.ts", is: false },
  { symbol: "experiment", path: "src/internationalisation/a.ts", is: false },
])("$symbol in $path may still change → $is", ({ symbol, path, is }) => {
  expect(isUnsettled(symbol, path)).toBe(is);
});

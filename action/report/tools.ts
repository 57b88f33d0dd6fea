/** Versions of tools, from what the environment tells. Nothing of the checkout is run: a `node` that lies there may be anything. */

import { reportLimits } from "../../src/core/failures/report-limits.ts";

/** Variables that the setup actions and images set. */
const variables = {
  NODE_VERSION: "node",
  GOVERSION: "go",
  JAVA_VERSION: "java",
  RUST_VERSION: "rust",
  RUBY_VERSION: "ruby",
};

/** `…/hostedtoolcache/node/24.1.0/x64/bin`: where the setup actions put what the steps find first. */
export function toolsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const tools = new Map<string, string>();
  const add = (name: string, version: string): void => {
    if (!tools.has(name) && tools.size < reportLimits.tools) tools.set(name.slice(0, 60), version.slice(0, 100));
  };
  const cache = (env.RUNNER_TOOL_CACHE ?? "").replaceAll("\\", "/").replace(/\/+$/, "");
  const places = `${env.PATH ?? ""}${process.platform === "win32" ? ";" : ":"}${env.JAVA_HOME ?? ""}`;
  for (const place of cache === "" ? [] : places.split(process.platform === "win32" ? ";" : ":")) {
    const path = place.replaceAll("\\", "/");
    if (!path.startsWith(`${cache}/`)) continue;
    const [name = "", version = ""] = path.slice(cache.length + 1).split("/");
    if (/^\d/.test(version)) add(name.toLowerCase(), version);
  }
  for (const [variable, name] of Object.entries(variables)) {
    const value = env[variable] ?? "";
    if (/^[\w.+-]{1,100}$/.test(value)) add(name, value);
  }
  return Object.fromEntries(tools);
}

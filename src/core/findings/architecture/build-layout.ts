import { defineDetector, namesOf } from "../detector.ts";

const workspace =
  /(^|\/)(pnpm-workspace\.yaml|lerna\.json|nx\.json|turbo\.json|rush\.json|go\.work|settings\.gradle(\.kts)?|WORKSPACE(\.bazel)?|MODULE\.bazel)$/;
const build =
  /(^|\/)((webpack|vite|rollup|rolldown|esbuild|babel|metro|next|nuxt|astro|svelte)\.config\.[cm]?[jt]s|tsconfig(\.[\w-]+)?\.json|Makefile|CMakeLists\.txt|meson\.build|BUILD(\.bazel)?|build\.gradle(\.kts)?|build\.rs|build\.zig|Rakefile|justfile)$/;

/** Reports changes of how the parts are put together (C4). */
export const buildLayout = defineDetector({
  id: "build_layout",
  class: "architecture",
  title: "workspace and build layout",
  why: "They decide what the parts are and how they are put together.",
  rules: {
    workspace_changed: {
      title: "the workspace's definition changed",
      why: "It says which packages there are.",
      fix: "Say in the description which packages come or go.",
      looksAt:
        "`pnpm-workspace.yaml`, `lerna.json`, `nx.json`, `turbo.json`, `rush.json`, `go.work`, `settings.gradle` and the workspace files of Bazel.",
    },
    build_changed: {
      title: "the build's definition changed",
      why: "It says how the parts are put together.",
      fix: "Say in the description what is built otherwise now.",
      looksAt: "`tsconfig.json`, settings of bundlers, `Makefile`, `CMakeLists.txt`, Gradle, Bazel and the like.",
    },
  },
  detect: ({ files }) => ({
    observations: files.flatMap((file) => {
      if (file.leftOut === "vendored") return [];
      const isAny = (pattern: RegExp) => namesOf(file).some((path) => pattern.test(path));
      const rule = isAny(workspace) ? "workspace_changed" : isAny(build) ? "build_changed" : null;
      return rule === null
        ? []
        : [{ rule, strength: "hint" as const, what: `\`${file.path}\` changed`, path: file.path }];
    }),
  }),
});

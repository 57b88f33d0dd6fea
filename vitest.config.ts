import { defineConfig } from "vitest/config";

/**
 * Vite would load GraphQL's ES modules where Node loads its CommonJS ones, and the packages that Node loads would then meet schemas of
 * another copy, which they refuse.
 */
const alias = [{ find: /^graphql$/, replacement: "graphql/index.js" }];

/** `unit` judges values and single parts; `e2e` drives whole programs over HTTP, git and a real PostgreSQL. */
export default defineConfig({
  test: {
    // Much of the time is spent waiting for processes, sockets and the database: one worker a core would leave cores idle.
    maxWorkers: 4,
    projects: [
      {
        test: {
          name: "unit",
          alias,
          // No test changes what modules share, and loading the judgement anew for each file would be a third of the work.
          isolate: false,
          globalSetup: "test/support/database-server.ts",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**"],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "e2e",
          alias,
          // Each file sets its own stage; loading the App and the descriptions of GitHub anew for each would be most of the work.
          isolate: false,
          globalSetup: "test/support/database-server.ts",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});

/** Maintenance windows that open an environment, with clocks that are moved. */

import { expect, it } from "vitest";
import { type Deploying, deploying, deployingPolicy } from "../support/deploying.ts";
import { inHours } from "../support/maintenance.ts";

const approve = "/holdpoint deploy approve production";
const policy = (environments = "production") => `${deployingPolicy}bypass:
  maintenance_windows:
    - { name: db-upgrade, start: "${inHours(3)}", end: "${inHours(5)}", environments: [${environments}] }
`;

const waiting = ({ issues }: Deploying) => issues().find(({ title }) => title.startsWith("Deployment"));

it("what waits for an environment goes when its window opens, and what comes after its end waits", async () => {
  const { merge, request, answerTo, reportsTo, pass, settle, ledger } = await deploying({ policy: policy() });
  await merge("First");
  const early = await request();
  expect(answerTo(early)).toBe("pending");
  pass(2.5);
  await settle();
  expect(answerTo(early)).toBe("pending");

  pass(0.6);
  await settle();
  expect(answerTo(early)).toBe("approved");
  expect(reportsTo(early).at(-1)).toContain("The maintenance window `db-upgrade` is open");
  expect(await ledger()).toEqual(["deployment_requested", "deployment_approved"]);
  const within = await request();
  expect(answerTo(within)).toBe("approved");

  pass(2);
  await settle();
  expect(answerTo(await request())).toBe("pending");
});

it("a window for other environments opens nothing here", async () => {
  const { merge, request, answerTo, pass, settle } = await deploying({ policy: policy("staging") });
  await merge("First");
  const run = await request();
  pass(4);
  await settle();
  expect(answerTo(run)).toBe("pending");
});

it("a window that ends while a deployment waits for something else leaves it to be approved", async () => {
  const stage = await deploying({ policy: policy() });
  const { github, merge, request, say, answerTo, pass, settle, issues } = stage;
  await merge("First");
  const first = await request();
  await say("lena", approve);
  github.finishDeployment(first, "failure");
  await settle();
  const [question] = issues().filter(({ title }) => title.startsWith("Take"));
  pass(4);
  await settle();
  await merge("Second");
  const run = await request();
  expect(answerTo(run)).toBe("pending");
  expect(waiting(stage)).toBeDefined();
  const opened = issues().filter(({ title, state }) => title.startsWith("Deployment") && state === "open")[0];
  expect(opened?.body).toContain("It is being decided whether");
  expect(opened?.body).not.toContain("missing");

  pass(1.5);
  await settle();
  expect(opened?.body).toContain("1 approval of technical lead missing");
  github.as("otto").comment(question?.number ?? 0, "/holdpoint decide abort what runs is sound, the job was flaky");
  await settle();
  expect(question?.state).toBe("closed");
  expect(answerTo(run)).toBe("pending");
  github.as("otto").comment(opened?.number ?? 0, approve);
  await settle();
  expect(answerTo(run)).toBe("approved");
});

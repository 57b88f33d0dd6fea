import { expect, it } from "vitest";
import { aStage } from "../stage.ts";

const route = "GET /repos/{owner}/{repo}/installation";

it("finds the installation that has a repository, and asks once in a minute", async () => {
  await using stage = await aStage();
  const { installationId } = stage.subject(1);
  expect(await stage.github.findInstallation({ owner: "acme", name: "api" })).toBe(installationId);
  expect(await stage.github.findInstallation({ owner: "Acme", name: "API" })).toBe(installationId);
  expect(stage.asked()).toEqual([route]);
});

it("there is none where the App is not installed", async () => {
  await using stage = await aStage();
  stage.sandbox.createRepository(stage.sandbox.user("maria"), "own", { files: { "README.md": "" } });
  expect(await stage.github.findInstallation({ owner: "maria", name: "own" })).toBeNull();
  expect(await stage.github.findInstallation({ owner: "maria", name: "nothing" })).toBeNull();
});

it("there is none where the App is suspended", async () => {
  await using stage = await aStage();
  for (const installation of stage.sandbox.world.installations.values()) installation.suspendedAt = new Date();
  expect(await stage.github.findInstallation({ owner: "acme", name: "api" })).toBeNull();
});

it("where GitHub fails nothing is known, and it is asked again", async () => {
  await using stage = await aStage();
  stage.sandbox.faults.failNext({ path: /installation$/ }, { kind: "answer", status: 500 }, 4);
  await expect(stage.github.findInstallation({ owner: "acme", name: "api" })).rejects.toMatchObject({
    kind: "unavailable",
  });
  expect(await stage.github.findInstallation({ owner: "acme", name: "api" })).not.toBeNull();
});

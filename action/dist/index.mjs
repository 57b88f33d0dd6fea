import { a as ActionError, c as setFailed } from "./words.mjs";
import { i as readModeName, r as readInputs } from "./inputs.mjs";
import { readFile } from "node:fs/promises";
async function readEvent(env) {
	const { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path } = env;
	if (!name || !path) throw new ActionError(`${missing} Run this action as a step of a workflow on GitHub.`);
	let payload;
	try {
		payload = JSON.parse(await readFile(path, "utf8"));
	} catch {
		throw new ActionError("The event that started the workflow cannot be read from GITHUB_EVENT_PATH.");
	}
	if (typeof payload !== "object" || payload === null || Array.isArray(payload)) throw new ActionError("The event that started the workflow is no JSON object.");
	return {
		name,
		payload
	};
}
const missing = "GITHUB_EVENT_NAME and GITHUB_EVENT_PATH are not set.";
const modes = {
	gate: {
		inputs: {
			sha: "",
			base: "",
			app: "holdpoint",
			timeout: "10 minutes",
			"allow-bypassed": "true",
			since: ""
		},
		load: async () => (await import("./gate.mjs")).gate
	},
	report: {
		inputs: {
			url: "",
			log: "",
			junit: "",
			"exit-code": "",
			step: "",
			command: "",
			"fail-on-error": "false"
		},
		load: async () => (await import("./report.mjs")).report
	},
	validate: {
		inputs: { policy: ".github/checkpoints.yml" },
		load: async () => (await import("./validate.mjs")).validate
	}
};
const sharedInputs = [
	"mode",
	"token",
	"job-status",
	"job-id"
];
async function main(env) {
	try {
		const outcome = await run(env);
		if (outcome.kind === "failed") setFailed(outcome.said);
		else process.stdout.write(`${outcome.said}\n`);
	} catch (error) {
		if (error instanceof ActionError) setFailed(error.message);
		else setFailed(`Holdpoint failed, and what failed lets nothing pass: ${String(error)}`);
	}
}
async function run(env) {
	const name = readModeName(env, modes);
	const mode = modes[name];
	if (mode === void 0) throw new Error(`The mode ${name} is not in the table`);
	const inputs = readInputs(env, name, mode, sharedInputs);
	return (await mode.load())({
		env,
		inputs,
		readEvent: () => readEvent(env)
	});
}
await main(process.env);
export {};

import { a as ActionError, r as oneLine } from "./words.mjs";
const prefix = "INPUT_";
function readModeName(env, modes) {
	const name = inputOf(env, "mode");
	if (Object.hasOwn(modes, name)) return name;
	const found = name === "" ? "The input `mode` is missing." : `There is no mode ${quote(name)}.`;
	throw new ActionError(`${found} Write one of ${listed(Object.keys(modes))}.`);
}
function readInputs(env, name, mode, sharedInputs) {
	const allowed = [...sharedInputs, ...Object.keys(mode.inputs)];
	const known = new Set(allowed.map(variableOf));
	const foreign = Object.keys(env).filter((key) => key.startsWith(prefix) && !known.has(key) && env[key]?.trim() !== "").map((key) => key.slice(6).toLowerCase());
	if (foreign.length > 0) {
		const found = foreign.map(quote).join(" and ");
		throw new ActionError(`The mode \`${name}\` has no input ${found}. Its inputs are ${listed(allowed)}.`);
	}
	return Object.fromEntries(Object.entries(mode.inputs).map(([input, byDefault]) => [input, inputOf(env, input) || byDefault]));
}
function inputOf(env, name) {
	return (env[variableOf(name)] ?? "").trim();
}
function readFlag(inputs, name) {
	const text = (inputs[name] ?? "").toLowerCase();
	if (text === "true" || text === "false") return text === "true";
	throw new ActionError(`The input \`${name}\` is ${quote(text)}. Write \`true\` or \`false\`.`);
}
function variableOf(name) {
	return prefix + name.replaceAll(" ", "_").toUpperCase();
}
function quote(text) {
	return `"${oneLine(text).slice(0, 80)}"`;
}
function listed(names) {
	return names.map((name) => `\`${name}\``).join(", ");
}
export { readModeName as i, readFlag as n, readInputs as r, inputOf as t };

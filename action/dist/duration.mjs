const unitMs = {
	s: 1e3,
	sec: 1e3,
	second: 1e3,
	m: 6e4,
	min: 6e4,
	minute: 6e4,
	h: 36e5,
	hr: 36e5,
	hour: 36e5,
	d: 864e5,
	day: 864e5,
	w: 6048e5,
	week: 6048e5
};
const plain = /^(\d+(?:\.\d+)?)[ _]?([a-z]+)$/;
const iso = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;
function parseDuration(text) {
	const trimmed = text.trim();
	if (trimmed.length > 40) return null;
	const ms = parsePlain(trimmed.toLowerCase()) ?? parseIso(trimmed);
	return ms !== null && ms > 0 && ms <= 31536e7 ? ms : null;
}
function parsePlain(text) {
	const match = plain.exec(text);
	if (!match?.[1] || !match[2]) return null;
	const unit = unitMs[match[2]] ?? (match[2].endsWith("s") ? unitMs[match[2].slice(0, -1)] : void 0);
	return unit === void 0 ? null : Math.round(Number(match[1]) * unit);
}
function parseIso(text) {
	const match = iso.exec(text);
	if (!match || !/\d/.test(text) || /t$/i.test(text)) return null;
	const [, weeks, days, hours, minutes, seconds] = match;
	const amount = (value, unit) => Number(value ?? 0) * (unitMs[unit] ?? 0);
	return Math.round(amount(weeks, "w") + amount(days, "d") + amount(hours, "h") + amount(minutes, "m") + amount(seconds, "s"));
}
export { parseDuration as t };

import type { Log } from "../../src/store/log.ts";

/** Takes everything, says nothing. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

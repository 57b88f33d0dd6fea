import type { Log } from "../../src/store/log.ts";

const say = (data: object, message: string): void => {
  if (process.env.LOG_LEVEL === "debug") console.log(message, data);
};

/** Says nothing, except with LOG_LEVEL=debug. */
export const silentLog: Log = { debug: say, info: say, warn: say, error: say };

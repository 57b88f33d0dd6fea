import { rememberReadings } from "../api/remember-readings.ts";
import { readModule } from "./read-module.ts";

/** Like {@link readModule}, without parsing again what was parsed a short while ago. */
export const readKnownModule = rememberReadings("javascript", readModule);

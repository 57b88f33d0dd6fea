import { z } from "zod";
import { severities } from "../../severity.ts";
import { name, oneOrMany } from "./values.ts";

export const channelTypes = ["github", "slack", "teams", "email", "pagerduty", "webhook"] as const;
export type ChannelType = (typeof channelTypes)[number];

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day such as 20:00");

const channel = z.strictObject({
  type: z.enum(channelTypes).describe("What kind of channel it is."),
  secret: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/, "the name of one of the operator's secrets, e.g. SLACK_LEADS_URL")
    .optional()
    .describe("The name of the operator's secret that holds the address."),
  to: z
    .array(z.string().max(200))
    .max(50)
    .optional()
    .describe("E-mail addresses, in the domains that the operator allows."),
});

const route = z.strictObject({
  severity: z.enum(severities).describe("Which messages."),
  roles: oneOrMany(name).optional().describe("Only messages for one of these roles. Left out: whomever they are for."),
  to: oneOrMany(name).describe(
    "Channels, `digest` for the daily summary, or `github`. Each gets the message; one that fails hands it to the next.",
  ),
});

const quietHours = z.strictObject({
  from: clock.describe("When they begin, in `zone`."),
  to: clock.describe("When they end, in `zone`; before `from`, it is the next day."),
  zone: z.string().max(60).optional().describe("IANA time zone. Default UTC."),
  except: z.array(z.enum(severities)).optional().describe("Severities that are sent all the same."),
});

const digest = z.strictObject({
  at: clock.optional().describe("When it is sent, in `zone`. Default 09:00."),
  zone: z.string().max(60).optional().describe("IANA time zone. Default that of the quiet hours, else UTC."),
  to: oneOrMany(name).optional().describe("Channels that get it. Left out, it is kept in the ledger alone."),
});

export const notificationsSchema = z
  .strictObject({
    channels: z.record(name, channel).optional().describe("Where messages can go."),
    routes: z.array(route).max(100).optional().describe("Which messages go where; all routes that fit count."),
    quiet_hours: quietHours.optional().describe("When messages wait."),
    digest: digest.optional().describe("The daily summary of messages that are routed to `digest`."),
  })
  .describe("Who is told what, where and when. Destinations are names of the operator's secrets, never addresses.");

export type Notifications = z.output<typeof notificationsSchema>;

/** Requests to GitHub over a day's mixture of events on a dozen pull requests, told the same way each time. */

import { type BenchStage, startStage } from "./support/bench-stage.ts";
import { median, percentile, printTable } from "./support/figures.ts";

interface Deed {
  name: string;
  /** How often it happens, beside the others. */
  weight: number;
  act(stage: BenchStage, number: number, turn: number): void;
}

const as = (stage: BenchStage, login: string) => stage.github.as(login, "acme/api");
const reviewers = ["bob", "sam", "olga", "lena"];
const reviewer = (turn: number) => reviewers[turn % reviewers.length] ?? "bob";

const deeds: readonly Deed[] = [
  { name: "review: approved", weight: 22, act: (stage, n, turn) => void as(stage, reviewer(turn)).approve(n) },
  {
    name: "review: changes requested",
    weight: 10,
    act: (stage, n, turn) => void as(stage, reviewer(turn)).requestChanges(n, "Please rename it."),
  },
  {
    name: "review: commented",
    weight: 10,
    act: (stage, n, turn) => void as(stage, reviewer(turn)).review(n, "Why so?"),
  },
  { name: "review: dismissed", weight: 5, act: dismissOne },
  {
    name: "comment",
    weight: 20,
    act: (stage, n, turn) => void as(stage, reviewer(turn)).comment(n, `Thought ${turn}`),
  },
  { name: "label put on", weight: 6, act: (stage, n, turn) => as(stage, "maria").label(n, `l${turn % 7}`) },
  {
    name: "description edited",
    weight: 5,
    act: (stage, n, turn) => as(stage, "maria").edit(n, { body: `Why: ${turn}` }),
  },
  {
    name: "synchronize",
    weight: 14,
    act: (stage, n, turn) =>
      void as(stage, "maria").pushTo(n, { [`src/part-0/more-${turn}.ts`]: `const more = ${turn};\n` }, "More"),
  },
  {
    name: "pull request opened",
    weight: 8,
    act: (stage) => void stage.openPullRequest(5),
  },
];

function dismissOne(stage: BenchStage, number: number): void {
  const pull = stage.repository.pulls.get(number);
  const given = pull?.reviews.find(({ state }) => state === "APPROVED" || state === "CHANGES_REQUESTED");
  if (given !== undefined) as(stage, "olga").dismiss(number, given, "Out of date");
}

const events = 500;

export async function run(): Promise<void> {
  const stage = await startStage();
  try {
    const random = seeded(20_261_121);
    const numbers = Array.from({ length: 12 }, () => stage.openPullRequest(5).number);
    await stage.settle();
    const counted = new Map<string, number[]>(deeds.map(({ name }) => [name, []]));
    for (let turn = 0; turn < events; turn += 1) {
      const deed = pick(deeds, random());
      const number = numbers[Math.floor(random() * numbers.length)] ?? 1;
      stage.github.requests.clear();
      deed.act(stage, number, turn);
      await stage.settle();
      counted.get(deed.name)?.push(stage.github.requests.entries.length);
    }
    const rows = [
      ...counted,
      ["all reviews", reviewsOf(counted)] as const,
      ["all", [...counted.values()].flat()] as const,
    ];
    printTable(
      ["event", "how often", "requests, median", "p99", "in all"],
      rows.map(([name, all]) => [name, all.length, median(all), percentile(all, 0.99), sum(all)].map(String)),
    );
  } finally {
    await stage.stop();
  }
}

function reviewsOf(counted: ReadonlyMap<string, number[]>): number[] {
  return [...counted].flatMap(([name, all]) => (name.startsWith("review") ? all : []));
}

function sum(all: readonly number[]): number {
  return all.reduce((total, one) => total + one, 0);
}

function pick(all: readonly Deed[], chance: number): Deed {
  let left = chance * all.reduce((total, { weight }) => total + weight, 0);
  for (const deed of all) {
    left -= deed.weight;
    if (left < 0) return deed;
  }
  throw new Error("A chance is below 1");
}

/** The same numbers in [0, 1) every time: mulberry32, public domain (https://gist.github.com/tommyettinger/46a874533244883189143505d203312c). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

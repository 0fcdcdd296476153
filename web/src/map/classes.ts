// Values → classes for the choropleth. Pure.

/** One hue, light to dark; dark enough steps to tell five classes apart in grey as well. */
export const COLOURS = ['#e3eef5', '#b9d5e6', '#83b4d2', '#4488b3', '#0f5583'] as const;

export type Method = 'quantile' | 'equal';

export interface Class {
  from: number;
  to: number;
  colour: string;
  count: number;
  /** Least and most of the values that fall in it; null when none does. */
  least: number | null;
  most: number | null;
}

/** Limits between classes, ascending and distinct: n classes have n + 1 limits. */
function limits(sorted: readonly number[], method: Method, wanted: number): number[] {
  const low = sorted[0] ?? 0;
  const high = sorted.at(-1) ?? 0;
  const all: number[] = [low];
  for (let step = 1; step < wanted; step += 1) {
    if (method === 'equal') all.push(low + ((high - low) * step) / wanted);
    else all.push(sorted[Math.min(sorted.length - 1, Math.round((sorted.length * step) / wanted))] ?? low);
  }
  all.push(high);
  return all.filter((value, index) => index === 0 || value > (all[index - 1] ?? -Infinity));
}

export function classify(values: readonly number[], method: Method): Class[] {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const wanted = Math.min(COLOURS.length, Math.max(1, new Set(sorted).size));
  const edges = limits(sorted, method, wanted);
  if (edges.length === 1) edges.push(edges[0] ?? 0);
  const count = edges.length - 1;
  const classes: Class[] = [];
  for (let index = 0; index < count; index += 1) {
    // Few classes use the ends of the ramp, so that "low" and "high" keep their look.
    const place = count === 1 ? 2 : Math.round((index * (COLOURS.length - 1)) / (count - 1));
    classes.push({
      from: edges[index] ?? 0,
      to: edges[index + 1] ?? 0,
      colour: COLOURS[place] ?? COLOURS[0],
      count: 0,
      least: null,
      most: null,
    });
  }
  for (const value of sorted) {
    const own = classes[classOf(value, classes)];
    if (!own) continue;
    own.count += 1;
    own.least ??= value;
    own.most = value;
  }
  return classes;
}

/** Index of the class a value falls in: lower limit inclusive, the last one also its upper limit. */
export function classOf(value: number, classes: readonly Class[]): number {
  let found = 0;
  classes.forEach((one, index) => {
    if (value >= one.from) found = index;
  });
  return found;
}

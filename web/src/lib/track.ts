// Where a target stands on its path from base to threshold, as shares of the way. Pure.
import type { StatusTarget } from '../api/types';

export interface Track {
  /** Expected share of the way at the as-of date, 0…1. */
  expected: number;
  /** Reached for sure, 0…1. */
  sure: number;
  /** Reached at best, 0…1; larger than `sure` when the observation is an interval. */
  best: number;
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** The end of the path: the nearer bound where the target is a range. */
function endOf({ path, threshold }: StatusTarget): number | null {
  if (!path || threshold === null) return null;
  if (!Array.isArray(threshold)) return threshold;
  return path.base < threshold[0] ? threshold[0] : threshold[1];
}

export function trackOf(target: StatusTarget): Track | null {
  const { path } = target;
  const end = endOf(target);
  if (!path || end === null || end === path.base || path.lag_pp === null) return null;
  const share = (value: number): number => (value - path.base) / (end - path.base);
  const expected = share(path.expected);
  if (!Number.isFinite(expected)) return null;
  const middle = expected - path.lag_pp / 100;
  const seen = target.observed;
  const open = seen !== null && (seen.low === null || seen.high === null);
  // A missing end of the lag is "no bound" for an open observation, else just not given.
  const lagLow = path.lag_low ?? (open ? -Infinity : path.lag_pp);
  const lagHigh = path.lag_high ?? (open ? Infinity : path.lag_pp);
  const edges = [expected - lagLow / 100, expected - lagHigh / 100, middle];
  return {
    expected: clamp(expected),
    sure: clamp(Math.min(...edges)),
    best: clamp(Math.max(...edges)),
  };
}

// Diagnostics in the order in which they are worth reading, those of one kind together. Pure.
import type { Problem, Severity } from '../../api/types';

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

export interface Group {
  code: string;
  severity: Severity;
  problems: [Problem, ...Problem[]];
}

/** Worst first, then by file and line. */
function sorted(problems: readonly Problem[]): Problem[] {
  const rank = (problem: Problem): number => SEVERITIES.indexOf(problem.severity);
  const byFile = (a: Problem, b: Problem): number => (a.file === b.file ? 0 : a.file < b.file ? -1 : 1);
  return [...problems].sort((a, b) => rank(a) - rank(b) || byFile(a, b) || a.line - b.line || a.column - b.column);
}

/** Groups in the order of their first problem. */
export function grouped(problems: readonly Problem[]): Group[] {
  const groups = new Map<string, Group>();
  for (const problem of sorted(problems)) {
    const { code, severity } = problem;
    const key = `${severity} ${code}`;
    const group = groups.get(key);
    if (group) group.problems.push(problem);
    else groups.set(key, { code, severity, problems: [problem] });
  }
  return [...groups.values()];
}

/** The line of a definition that opens a block says little: the title that follows says which block it is. */
export function titled(excerpt: string, line: number, text: string | null): string {
  if (text === null || !/^```\w+$/.test(excerpt.trim())) return excerpt;
  const below = text.split('\n').slice(line);
  const end = below.findIndex((row) => row.startsWith('```'));
  const block = end < 0 ? below : below.slice(0, end);
  const name = ['title', 'id'].map((key) => block.find((row) => new RegExp(`^\\s*${key}\\s*=`).test(row))).find(Boolean);
  return name === undefined ? excerpt : `${excerpt}\n${name}`;
}

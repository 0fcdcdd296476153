// The plan's blocks → sections ready to draw: targets next to their status, the plan's own first,
// and only what the filters let through. Pure.
import type {
  Block,
  HeadingBlock,
  PlanDocument,
  Status,
  StatusMilestone,
  StatusTarget,
  Text,
  VerdictCode,
} from '../../api/types';

export interface Filters {
  verdicts: ReadonlySet<string>;
  goal: string | null;
  programme: string | null;
  own: boolean;
  words: string;
}

/** One target of the text: one verdict, or one for each area. `file` is where it is written. */
export interface TargetBlock {
  kind: 'target';
  key: string;
  items: StatusTarget[];
  file: string;
}

export type Item =
  | { kind: 'prose'; key: string; html: Text }
  | TargetBlock
  | { kind: 'others'; key: string; items: TargetBlock[] }
  | { kind: 'milestone'; key: string; milestone: StatusMilestone; file: string }
  | { kind: 'missing'; key: string; id: string };

export interface Section {
  key: string;
  heading: HeadingBlock | null;
  programme: string | null;
  items: Item[];
}

export const isFiltered = (filters: Filters): boolean =>
  filters.verdicts.size > 0 || !!filters.goal || !!filters.programme || filters.own || !!filters.words;

const has = (haystack: string, needle: string): boolean => haystack.toLowerCase().includes(needle);

function textHas(text: Text, needle: string): boolean {
  return has(text.zh, needle) || has(text.en, needle);
}

export function targetPasses(
  target: StatusTarget,
  filters: Filters,
  extra: (target: StatusTarget) => string,
): boolean {
  if (filters.verdicts.size > 0 && !filters.verdicts.has(target.verdict as VerdictCode)) return false;
  if (filters.goal && !target.goals.includes(filters.goal)) return false;
  if (filters.programme && (target.programme ?? '-') !== filters.programme) return false;
  if (filters.own && !target.own) return false;
  if (!filters.words) return true;
  const text = `${target.title} ${target.title_en} ${target.indicator ?? ''} ${target.id} ${extra(target)}`;
  return has(text, filters.words);
}

function milestonePasses(milestone: StatusMilestone, filters: Filters): boolean {
  if (filters.verdicts.size > 0 || filters.goal || filters.own) return false;
  if (filters.programme && milestone.programme !== filters.programme) return false;
  return !filters.words || has(`${milestone.title} ${milestone.title_en}`, filters.words);
}

class Arranger {
  sections: Section[] = [];
  shown = 0;
  milestones = 0;
  #pending: Section[] = [];
  #current: Section = { key: 'top', heading: null, programme: null, items: [] };
  #own: Item[] = [];
  #others: TargetBlock[] = [];
  #milestones: Item[] = [];
  #count = 0;
  #byTarget = new Map<string, StatusTarget[]>();
  #milestone: Map<string, StatusMilestone>;
  #known = new Set<string>();

  constructor(
    status: Status,
    private filters: Filters,
    extra: (target: StatusTarget) => string,
  ) {
    this.#milestone = new Map(status.milestones.map((item) => [item.id, item]));
    for (const target of status.targets) {
      this.#known.add(target.target_id);
      if (!targetPasses(target, filters, extra)) continue;
      const list = this.#byTarget.get(target.target_id);
      if (list) list.push(target);
      else this.#byTarget.set(target.target_id, [target]);
    }
  }

  document(document: PlanDocument): void {
    this.#begin(null, document.id, null);
    for (const block of document.blocks) this.#block(block, document);
    this.#close();
  }

  #block(block: Block, { id, path }: PlanDocument): void {
    this.#count += 1;
    const key = `${id}:${this.#count}`;
    if (block.type === 'heading') {
      const programme =
        block.kind === 'programme'
          ? block.id
          : block.level <= 1
            ? null
            : this.#current.programme;
      this.#begin(block, key, programme);
    } else if (block.type === 'prose') {
      this.#flush();
      if (this.#proseShows(block.html)) this.#put({ kind: 'prose', key, html: block.html });
    } else if (block.type === 'target') {
      this.#target(block.id, key, path);
    } else {
      const milestone = this.#milestone.get(block.id);
      if (milestone && milestonePasses(milestone, this.filters)) {
        this.milestones += 1;
        this.#milestones.push({ kind: 'milestone', key, milestone, file: path });
      }
    }
  }

  #target(id: string, key: string, file: string): void {
    const items = this.#byTarget.get(id);
    if (items) {
      this.shown += items.length;
      const block: TargetBlock = { kind: 'target', key, items, file };
      (items.some((item) => item.own) ? this.#own : this.#others).push(block);
    } else if (!this.#known.has(id) && !isFiltered(this.filters)) {
      this.#own.push({ kind: 'missing', key, id });
    }
  }

  #proseShows(html: Text): boolean {
    if (!isFiltered(this.filters)) return true;
    const { words, verdicts, goal, own, programme } = this.filters;
    if (verdicts.size > 0 || goal || own) return false;
    if (programme && this.#current.programme !== programme) return false;
    return words ? textHas(html, words) : true;
  }

  /** Targets of one run: the plan's own, then milestones, then those of other plans. */
  #flush(): void {
    for (const item of this.#own) this.#put(item);
    for (const item of this.#milestones) this.#put(item);
    if (this.#others.length > 0) {
      const key = `${this.#others[0]?.key ?? ''}+`;
      this.#put({ kind: 'others', key, items: this.#others });
    }
    this.#own = [];
    this.#others = [];
    this.#milestones = [];
  }

  #put(item: Item): void {
    this.#current.items.push(item);
  }

  #begin(heading: HeadingBlock | null, key: string, programme: string | null): void {
    this.#close();
    this.#current = { key, heading, programme, items: [] };
  }

  /** A heading stays when something below it does; headings above it come along. */
  #close(): void {
    this.#flush();
    const section = this.#current;
    const level = section.heading?.level ?? 0;
    this.#pending = this.#pending.filter((above) => (above.heading?.level ?? 0) < level);
    const { words, programme } = this.filters;
    const named =
      !!section.heading &&
      !!words &&
      this.filters.verdicts.size === 0 &&
      (!programme || section.programme === programme) &&
      textHas(section.heading.title, words);
    if (section.items.length > 0 || named || (!isFiltered(this.filters) && section.heading)) {
      this.sections.push(...this.#pending, section);
      this.#pending = [];
    } else if (section.heading) {
      this.#pending.push(section);
    }
    this.#current = { key: '', heading: null, programme: section.programme, items: [] };
  }
}

export interface Arranged {
  sections: Section[];
  /** Verdicts shown. */
  shown: number;
  milestones: number;
}

export function arrange(
  plan: readonly PlanDocument[],
  status: Status,
  filters: Filters,
  extra: (target: StatusTarget) => string = () => '',
): Arranged {
  const arranger = new Arranger(status, filters, extra);
  for (const document of plan) arranger.document(document);
  const { sections, shown, milestones } = arranger;
  return { sections, shown, milestones };
}

// Where the reader is. Components read `nav.place` and write addresses; nobody else touches history.
import { tick } from 'svelte';
import { cardAround, cardOf, unfold } from './reveal';
import { asOfOf, elsewhere, langOf, parse, patched, type Patch, type Place } from './url';

/** What an entry of the history remembers, so that going back finds the same place. */
interface Kept {
  y?: number | undefined;
  /** The card a link was followed from: heights may differ on the way back, the card does not. */
  from?: { selector: string; top: number; href: string } | undefined;
}

const STEP_MS = 50;
/** Data may still be on its way: places are looked for this long. */
const STEPS = 60;

function here(): Place {
  return parse(location.pathname, location.search, location.hash);
}

class Nav {
  place = $state.raw<Place>(here());
  lang = $derived(langOf(this.place));
  asOf = $derived(asOfOf(this.place));
  /** True after a choice on the same page, false after a load, another page, back or forward. */
  stayed = false;
  /** Counts moves: a search for a place ends when the reader moves on. */
  #move = 0;
  #settled: ReturnType<typeof setTimeout> | undefined;

  start(): void {
    history.scrollRestoration = 'manual';
    addEventListener('popstate', (event) => this.#popped(event.state as Kept | null));
    addEventListener('scroll', () => this.#scrolled(), { passive: true });
    document.addEventListener('click', (event) => this.#clicked(event));
  }

  /** Address of this page with query keys changed. */
  here(patch: Patch, hash = ''): string {
    return patched(this.place, patch, hash);
  }

  /** Address of another page. */
  to(path: string, patch: Patch = {}, hash = ''): string {
    return elsewhere(this.place, path, patch, hash);
  }

  target(id: string, hash = ''): string {
    return this.to(`/target/${encodeURIComponent(id)}`, {}, hash);
  }

  indicator(id: string, hash = ''): string {
    return this.to(`/indicator/${encodeURIComponent(id)}`, {}, hash);
  }

  source(file: string, line: number | null): string {
    return this.to('/source', { file, line: line === null ? null : String(line) });
  }

  /** The definition of something by its id, for what the server names no line of. */
  definition(file: string, id: string): string {
    return this.to('/source', { file, find: `"${id}"` });
  }

  /** Goes to an address of this site; `replace` for typing, so that "back" is not one letter. */
  go(address: string, replace = false, link: Element | null = null): void {
    const before = this.place;
    const same = address === location.pathname + location.search + location.hash;
    const card = link && cardAround(link);
    const from = card ? { ...card, href: link.getAttribute('href') ?? '' } : undefined;
    history.replaceState({ y: scrollY, from } satisfies Kept, '');
    if (replace || same) history.replaceState(history.state, '', address);
    else history.pushState({}, '', address);
    this.place = here();
    this.stayed = this.place.path === before.path;
    if (this.stayed) history.replaceState({ y: scrollY } satisfies Kept, '');
    if (replace) return;
    this.#move += 1;
    if (this.place.hash || !this.stayed) void this.#arrive(!this.stayed);
  }

  /** To a card of this page, and the focus to its name. */
  async toCard(id: string): Promise<void> {
    const card = await this.#found(() => cardOf(id));
    card?.scrollIntoView({ block: 'center' });
    card?.querySelector<HTMLElement>('a[href]')?.focus({ preventScroll: true });
  }

  /** The place of the first address: where it was before a reload, its anchor, or the chosen card. */
  settle(): void {
    const kept = history.state as Kept | null;
    if (kept?.y !== undefined) void this.#restore(kept);
    else void this.#arrive(false);
  }

  /** The place an address names: its anchor, the chosen card, or the top of a new page. */
  async #arrive(anew: boolean): Promise<void> {
    const { hash, query } = this.place;
    await tick();
    if (anew) {
      scrollTo(0, 0);
      document.getElementById('main')?.focus({ preventScroll: true });
    }
    const chosen = query.t;
    if (hash) {
      const there = await this.#found(() => document.getElementById(hash));
      there?.scrollIntoView();
      if (there?.hasAttribute('tabindex')) there.focus({ preventScroll: true });
    } else if (chosen) {
      (await this.#found(() => cardOf(chosen)))?.scrollIntoView({ block: 'center' });
    }
  }

  /** Looks for a part of the page until it is there, and opens the folds around it. */
  async #found(look: () => HTMLElement | null): Promise<HTMLElement | null> {
    const move = this.#move;
    await tick();
    for (let step = 0; step < STEPS && move === this.#move; step += 1) {
      const there = look();
      if (there) {
        unfold(there);
        return there;
      }
      await new Promise((done) => setTimeout(done, STEP_MS));
    }
    return null;
  }

  #popped(state: Kept | null): void {
    this.stayed = false;
    this.place = here();
    this.#move += 1;
    // An address typed by hand, or a link within the page, has no place to come back to yet.
    if (!state && this.place.hash) void this.#arrive(true);
    else void this.#restore(state);
  }

  async #restore(kept: Kept | null): Promise<void> {
    const move = this.#move;
    const y = kept?.y ?? 0;
    const from = kept?.from;
    // Without a card the height is enough: the page is long enough once its data are there.
    const there = await this.#found(() =>
      from
        ? document.querySelector<HTMLElement>(from.selector)
        : document.documentElement.scrollHeight >= y + innerHeight
          ? document.documentElement
          : null,
    );
    if (move !== this.#move) return;
    if (!there || !from) {
      scrollTo(0, y);
      return;
    }
    scrollBy(0, there.getBoundingClientRect().top - from.top);
    const links = [...there.querySelectorAll<HTMLElement>('a[href]')];
    links.find((link) => link.getAttribute('href') === from.href)?.focus({ preventScroll: true });
  }

  /** Remembers the place once the page rests: whoever leaves by the browser's own buttons comes back to it too. */
  #scrolled(): void {
    clearTimeout(this.#settled);
    const move = this.#move;
    this.#settled = setTimeout(() => {
      if (move === this.#move) history.replaceState({ y: scrollY } satisfies Kept, '');
    }, 200);
  }

  #clicked(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a[href]');
    if (!link || link.getAttribute('target') || link.hasAttribute('download')) return;
    const url = new URL(link.getAttribute('href') ?? '', location.href);
    if (url.origin !== location.origin || url.pathname.startsWith('/api/')) return;
    if (link.getAttribute('href')?.startsWith('#')) return;
    event.preventDefault();
    this.go(url.pathname + url.search + url.hash, false, link);
  }
}

export const nav = new Nav();

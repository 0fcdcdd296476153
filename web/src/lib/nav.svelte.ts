// Where the reader is. Components read `nav.place` and write addresses; nobody else touches history.
import { tick } from 'svelte';
import { asOfOf, elsewhere, langOf, parse, patched, type Patch, type Place } from './url';

interface Kept {
  y?: number;
}

function here(): Place {
  return parse(location.pathname, location.search, location.hash);
}

class Nav {
  place = $state.raw<Place>(here());
  lang = $derived(langOf(this.place));
  asOf = $derived(asOfOf(this.place));

  start(): void {
    history.scrollRestoration = 'manual';
    addEventListener('popstate', (event) => void this.#popped(event.state as Kept | null));
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

  /** Goes to an address of this site; `replace` for typing, so that "back" is not one letter. */
  go(address: string, replace = false): void {
    const before = this.place;
    history.replaceState({ ...(history.state as Kept | null), y: scrollY }, '');
    if (replace) history.replaceState(history.state, '', address);
    else history.pushState({}, '', address);
    this.place = here();
    if (replace) return;
    if (this.place.hash) void this.#toAnchor(this.place.hash);
    else if (this.place.path !== before.path) void this.#toTop();
  }

  async #toTop(): Promise<void> {
    await tick();
    scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }

  /** Data may still be on its way: try for a short while. */
  async #toAnchor(id: string): Promise<void> {
    await tick();
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const there = document.getElementById(id);
      if (there) {
        there.scrollIntoView();
        if (there.tabIndex >= -1 && there.hasAttribute('tabindex')) {
          there.focus({ preventScroll: true });
        }
        return;
      }
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  /** On first load the anchor of the address is not there yet. */
  settle(): void {
    if (this.place.hash) void this.#toAnchor(this.place.hash);
  }

  async #popped(state: Kept | null): Promise<void> {
    this.place = here();
    await tick();
    requestAnimationFrame(() => scrollTo(0, state?.y ?? 0));
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
    this.go(url.pathname + url.search + url.hash);
  }
}

export const nav = new Nav();

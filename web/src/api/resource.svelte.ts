// One piece of server state on a page: what it is now, whether it is loading, why it failed.
// Old data stays on screen while newer data is fetched, so a live update never blanks a page.
import { load, type Request } from './client';
import { live } from './live.svelte';

const CACHE_LIMIT = 60;
/** url → newest answer, so that going back in history paints at once. */
const cache = new Map<string, { version: number; data: unknown }>();

function remember(url: string, version: number, data: unknown): void {
  cache.delete(url);
  cache.set(url, { version, data });
  if (cache.size > CACHE_LIMIT) {
    const oldest = cache.keys().next();
    if (!oldest.done) cache.delete(oldest.value);
  }
}

export class Resource<T> {
  data = $state.raw<T | null>(null);
  error = $state.raw<Error | null>(null);
  loading = $state(false);
  #url: string | null = null;

  constructor(wanted: () => Request<T> | null) {
    $effect.pre(() => {
      const asked = wanted();
      const version = live.version;
      if (!asked) {
        this.#url = null;
        this.data = null;
        this.error = null;
        this.loading = false;
        return;
      }
      return this.#follow(asked, version);
    });
  }

  #follow(asked: Request<T>, version: number): (() => void) | undefined {
    const known = cache.get(asked.url);
    if (known) this.data = known.data as T;
    else if (this.#url !== null && subject(this.#url) !== subject(asked.url)) this.data = null;
    this.#url = asked.url;
    this.error = null;
    if (known?.version === version) return undefined;
    const stop = new AbortController();
    this.loading = true;
    load(asked, stop.signal)
      .then((data) => {
        remember(asked.url, version, data);
        this.data = data;
        this.loading = false;
      })
      .catch((error: unknown) => {
        if (stop.signal.aborted) return;
        this.error = error instanceof Error ? error : new Error(String(error));
        this.loading = false;
      });
    return () => stop.abort();
  }
}

/** What an address asks about, on whatever day: of the same thing the old answer may stay until the new one is there. */
function subject(url: string): string {
  const [path = url, query = ''] = url.split('?');
  const rest = new URLSearchParams(query);
  rest.delete('as_of');
  return `${path}?${rest}`;
}

// Server-sent events: each "assessment" raises the version, and every resource refetches quietly.

const AGAIN_MS = 5000;

class Live {
  /** Raised by one whenever the server has a new assessment. */
  version = $state(0);
  /** When the last update arrived; null before the first. */
  updatedAt = $state.raw<Date | null>(null);
  /** True while the server does not answer. */
  lost = $state(false);
  #source: EventSource | null = null;
  #seen: string | null = null;

  start(): void {
    if (this.#source || typeof EventSource === 'undefined') return;
    const source = new EventSource('/api/events');
    this.#source = source;
    source.addEventListener('error', () => {
      this.lost = true;
      // The browser tries again by itself, but gives up when something else answered in the server's place.
      if (source.readyState !== EventSource.CLOSED) return;
      this.#source = null;
      setTimeout(() => this.start(), AGAIN_MS);
    });
    source.addEventListener('open', () => {
      // What failed in the meantime is asked for again.
      if (this.lost) this.version += 1;
      this.lost = false;
    });
    source.addEventListener('assessment', (event) => this.#assessment(event as MessageEvent<string>));
  }

  /** The version the page was first drawn from, so that a repeated greeting is no news. */
  known(version: string): void {
    this.#seen ??= version;
  }

  #assessment(event: MessageEvent<string>): void {
    const version = versionOf(event.data);
    const before = this.#seen;
    this.#seen = version;
    // The server greets every connection with its version: news only when it is not the known one.
    if (before === null || version === before) return;
    this.version += 1;
    this.updatedAt = new Date();
  }
}

function versionOf(data: string): string | null {
  try {
    const parsed = JSON.parse(data) as { version?: unknown };
    return typeof parsed.version === 'string' ? parsed.version : null;
  } catch {
    return null;
  }
}

export const live = new Live();

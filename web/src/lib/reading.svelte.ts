// Which part of a long document is at the top of the window. Reads positions only in an idle frame.

export function watchReading(selector: string, key: string): { readonly current: string | null } {
  let current = $state<string | null>(null);
  let waiting = false;

  function look(): void {
    waiting = false;
    let found: string | null = null;
    for (const part of document.querySelectorAll<HTMLElement>(selector)) {
      if (part.getBoundingClientRect().top > 140) break;
      found = part.dataset[key] ?? null;
    }
    current = found;
  }
  function later(): void {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(look);
  }

  $effect(() => {
    addEventListener('scroll', later, { passive: true });
    later();
    return () => removeEventListener('scroll', later);
  });
  return {
    get current() {
      return current;
    },
  };
}

// Bringing one part of a long page into the window: folds around it are opened first. The only place that knows
// how cards are found.

const KEYS = ['data-target', 'data-milestone'] as const;

/** A card by the id of its target. */
export const cardOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-target="${CSS.escape(id)}"]`);

/** How the card around a node is found again on another visit of the page; null outside cards. */
export function cardAround(node: Element): { selector: string; top: number } | null {
  const card = node.closest(KEYS.map((key) => `[${key}]`).join(', '));
  const key = KEYS.find((name) => card?.hasAttribute(name));
  if (!card || !key) return null;
  const selector = `[${key}="${CSS.escape(card.getAttribute(key) ?? '')}"]`;
  return { selector, top: card.getBoundingClientRect().top };
}

export function unfold(node: Element): void {
  let fold = node.parentElement?.closest('details');
  while (fold) {
    fold.open = true;
    fold = fold.parentElement?.closest('details');
  }
}

// Lays out a chain of custody as columns, left to right. Pure geometry.
import type { ChainNode, Text } from '../api/types';

export interface Box {
  node: ChainNode | null;
  /** Set when the box stands for several nodes that are not drawn. */
  more: number;
  x: number;
  y: number;
}
export interface Link {
  from: Box;
  to: Box;
}
export interface Picture {
  boxes: Box[];
  links: Link[];
  width: number;
  height: number;
}

export const BOX = { width: 188, height: 50, gapX: 44, gapY: 12 } as const;
const LIMIT = 5;

/** Children below their limit, each subtree as tall as its leaves; a parent sits in the middle. */
export function layout(root: ChainNode): Picture {
  const boxes: Box[] = [];
  const links: Link[] = [];
  let row = 0;
  let deepest = 0;

  function place(node: ChainNode, depth: number): Box {
    deepest = Math.max(deepest, depth);
    const box: Box = { node, more: 0, x: depth * (BOX.width + BOX.gapX), y: 0 };
    // Reasons are said in words above the picture.
    const children = node.children.filter((child) => child.kind !== 'reason');
    const kids = children.slice(0, LIMIT).map((child) => place(child, depth + 1));
    const hidden = children.length - kids.length + node.omitted;
    if (hidden > 0) kids.push(leaf(hidden, depth + 1));
    const first = kids[0];
    const last = kids.at(-1);
    if (first && last) box.y = (first.y + last.y) / 2;
    else box.y = row++ * (BOX.height + BOX.gapY);
    for (const kid of kids) links.push({ from: box, to: kid });
    boxes.push(box);
    return box;
  }
  function leaf(more: number, depth: number): Box {
    const box: Box = {
      node: null,
      more,
      x: depth * (BOX.width + BOX.gapX),
      y: row++ * (BOX.height + BOX.gapY),
    };
    boxes.push(box);
    return box;
  }

  place(root, 0);
  return {
    boxes,
    links,
    width: (deepest + 1) * (BOX.width + BOX.gapX) - BOX.gapX,
    height: Math.max(1, row) * (BOX.height + BOX.gapY) - BOX.gapY,
  };
}

/** Cuts a text to a width, counting Chinese signs as two. */
export function fit(text: string, columns: number): string {
  let used = 0;
  let out = '';
  for (const sign of text) {
    used += (sign.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
    if (used > columns) return `${out.trimEnd()}…`;
    out += sign;
  }
  return out;
}

export const plain = (label: Text, lang: 'zh' | 'en'): string => label[lang] || label.zh || label.en;

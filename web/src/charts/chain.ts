// Lays out a chain of custody as columns, left to right. Pure geometry.
import type { ChainNode } from '../api/types';

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
  /** Width of every box: as wide as the room allows. */
  box: number;
  width: number;
  height: number;
}

export const BOX = { least: 188, most: 330, height: 66, gapX: 44, gapY: 12 } as const;
const LIMIT = 5;

function depth(node: ChainNode): number {
  return 1 + Math.max(0, ...kept(node).slice(0, LIMIT).map(depth), node.omitted > 0 ? 1 : 0);
}

/** Reasons are said in words above the picture. */
const kept = (node: ChainNode): ChainNode[] => node.children.filter((child) => child.kind !== 'reason');

/** Children below their limit, each subtree as tall as its leaves; a parent sits in the middle. */
export function layout(root: ChainNode, room = 0): Picture {
  const boxes: Box[] = [];
  const links: Link[] = [];
  const columns = depth(root);
  const free = (room + BOX.gapX) / columns - BOX.gapX;
  const width = Math.floor(Math.min(BOX.most, Math.max(BOX.least, free)));
  let row = 0;

  function add(node: ChainNode | null, more: number, column: number): Box {
    const box: Box = { node, more, x: column * (width + BOX.gapX), y: 0 };
    boxes.push(box);
    return box;
  }
  function place(node: ChainNode, column: number): Box {
    const children = kept(node);
    const kids = children.slice(0, LIMIT).map((child) => place(child, column + 1));
    const hidden = children.length - kids.length + node.omitted;
    if (hidden > 0) kids.push(line(add(null, hidden, column + 1)));
    const box = add(node, 0, column);
    const first = kids[0];
    const last = kids.at(-1);
    if (first && last) box.y = (first.y + last.y) / 2;
    else line(box);
    for (const kid of kids) links.push({ from: box, to: kid });
    return box;
  }
  function line(box: Box): Box {
    box.y = row++ * (BOX.height + BOX.gapY);
    return box;
  }

  place(root, 0);
  return {
    boxes,
    links,
    box: width,
    width: columns * (width + BOX.gapX) - BOX.gapX,
    height: Math.max(1, row) * (BOX.height + BOX.gapY) - BOX.gapY,
  };
}

const wide = (sign: string): number => ((sign.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1);

/** Columns that a text takes, counting Chinese signs as two. */
export const columnsOf = (text: string): number => [...text].reduce((sum, sign) => sum + wide(sign), 0);

/** Cuts a text to a width, counting Chinese signs as two. */
export function fit(text: string, columns: number): string {
  let used = 0;
  let out = '';
  for (const sign of text) {
    used += wide(sign);
    if (used > columns) return `${out.trimEnd()}…`;
    out += sign;
  }
  return out;
}

/** A text on two lines, the first of which may be shorter; Latin words stay whole where they can. */
export function wrap(text: string, first: number, second: number): [string, string] {
  if (columnsOf(text) <= first) return [text, ''];
  const pieces = text.match(/[^\s\u2e80-\uffff]+|\s+|[\u2e80-\uffff]/gu) ?? [];
  let head = '';
  for (const piece of pieces) {
    if (columnsOf(head + piece) > first) break;
    head += piece;
  }
  // One long word: cut where the line ends.
  if (head.trim() === '') head = fit(text, first).replace(/…$/, '');
  return [head.trimEnd(), fit(text.slice(head.length).trimStart(), second)];
}

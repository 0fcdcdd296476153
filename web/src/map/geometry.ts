// Small geometry of outlines: extent, a place for the label, the hatch for "no data". Pure.
import type { OutlineFeature, Outlines } from '../api/types';

type Ring = [number, number][];

function rings(feature: OutlineFeature): Ring[] {
  const { type, coordinates } = feature.geometry;
  const polygons = (type === 'Polygon' ? [coordinates] : coordinates) as Ring[][];
  return polygons.map((polygon) => polygon[0] ?? []);
}

export function boundsOf(outlines: Outlines): [[number, number], [number, number]] {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const feature of outlines.features) {
    for (const ring of rings(feature)) {
      for (const [x, y] of ring) {
        west = Math.min(west, x);
        east = Math.max(east, x);
        south = Math.min(south, y);
        north = Math.max(north, y);
      }
    }
  }
  return west > east
    ? [
        [-180, -60],
        [180, 70],
      ]
    : [
        [west, south],
        [east, north],
      ];
}

function areaAndCentre(ring: Ring): { area: number; x: number; y: number } {
  let area = 0;
  let x = 0;
  let y = 0;
  ring.forEach(([x1, y1], index) => {
    const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1];
    const cross = x1 * y2 - x2 * y1;
    area += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  });
  return area === 0
    ? { area: 0, x: ring[0]?.[0] ?? 0, y: ring[0]?.[1] ?? 0 }
    : { area: Math.abs(area / 2), x: x / (3 * area), y: y / (3 * area) };
}

/** Centre of the largest part: islands do not pull the label out to sea. */
export function centreOf(feature: OutlineFeature): [number, number] {
  const parts = rings(feature).map(areaAndCentre);
  const largest = parts.reduce((best, part) => (part.area > best.area ? part : best), {
    area: -1,
    x: 0,
    y: 0,
  });
  return [largest.x, largest.y];
}

export interface LabelBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How far each label has to move from its place, in pixels, so that no two lie on each other. */
export function apart(boxes: readonly LabelBox[]): [number, number][] {
  const moved: [number, number][] = boxes.map(() => [0, 0]);
  for (let round = 0; round < 8; round += 1) {
    let quiet = true;
    boxes.forEach((a, i) => {
      boxes.slice(i + 1).forEach((b, offset) => {
        const [first, second] = [moved[i], moved[i + 1 + offset]];
        if (!first || !second) return;
        const dx = b.x + second[0] - (a.x + first[0]);
        const dy = b.y + second[1] - (a.y + first[1]);
        const overX = (a.width + b.width) / 2 - Math.abs(dx);
        const overY = (a.height + b.height) / 2 - Math.abs(dy);
        if (overX <= 0 || overY <= 0) return;
        quiet = false;
        // The shorter way, half of it each, and a hair more than that.
        const axis = overX < overY ? 0 : 1;
        const way = (Math.min(overX, overY) + 1) / 2;
        const sign = (axis === 0 ? dx : dy) < 0 ? -1 : 1;
        first[axis] -= sign * way;
        second[axis] += sign * way;
      });
    });
    if (quiet) break;
  }
  return moved;
}

/** Diagonal grey lines, the sign of "cannot be judged" everywhere in the cockpit. */
export function hatch(): { width: number; height: number; data: Uint8Array } {
  const size = 8;
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const line = (x + y) % size < 2;
      data.set(line ? [160, 171, 181, 255] : [240, 242, 244, 255], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}

/** A number that looks random and is the same each time, from 0 to 1. */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Point = readonly [x: number, y: number];

/** Where a piece lies: its middle, how it is turned, and how large it is. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly turn: number;
  readonly scale: number;
}

export const middle: Placement = { x: 0, y: 0, turn: 0, scale: 1 };

const short = (n: number) => String(Math.round(n * 10) / 10);

/** Writes SVG path data of one piece, in the piece's own coordinates. */
export class Pen {
  readonly #cos: number;
  readonly #sin: number;
  readonly #at: Placement;

  constructor(at: Placement) {
    this.#at = at;
    this.#cos = Math.cos(at.turn) * at.scale;
    this.#sin = Math.sin(at.turn) * at.scale;
  }

  /** A closed curve through the points, without corners. */
  smooth(points: readonly Point[]): string {
    const at = (i: number) => points[(i + points.length) % points.length]!;
    const start = this.#point(at(0));
    const curves = points.map((_, i) => {
      const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
      const first: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
      const second: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
      return `C${this.#point(first)} ${this.#point(second)} ${this.#point(to)}`;
    });
    return `M${start}${curves.join('')}Z`;
  }

  /** Straight lines, or, with curves, a line through every second point that leans to those between. */
  line(points: readonly Point[], curved = false): string {
    const [first, ...rest] = points.map((point) => this.#point(point));
    if (!curved) return `M${first}${rest.map((point) => `L${point}`).join('')}`;
    let path = `M${first}`;
    for (let i = 0; i + 1 < rest.length; i += 2) path += `Q${rest[i]} ${rest[i + 1]}`;
    return path;
  }

  circle(x: number, y: number, radius: number): string {
    const r = short(radius * this.#at.scale);
    return `M${this.#point([x - radius, y])}A${r} ${r} 0 1 1 ${this.#point([x + radius, y])}A${r} ${r} 0 1 1 ${this.#point([x - radius, y])}Z`;
  }

  #point([x, y]: Point): string {
    return `${short(x * this.#cos - y * this.#sin + this.#at.x)} ${short(x * this.#sin + y * this.#cos + this.#at.y)}`;
  }
}

/** The outline of something roundish: `wobble` is how far it strays, as a part of the radius. */
export function outline(radius: number, corners: number, wobble: number, random: Random, squeeze = 1): Point[] {
  return Array.from({ length: corners }, (_, i) => {
    const angle = (i / corners) * 2 * Math.PI;
    const r = radius * (1 + (random() * 2 - 1) * wobble);
    return [Math.cos(angle) * r, Math.sin(angle) * r * squeeze];
  });
}

import { outline, type Pen, type Point, type Random } from './pen.ts';

/** One stroke of the brush: path data of all pieces of a topping, in one colour. */
export interface Stroke {
  readonly fill?: string;
  readonly line?: string;
  readonly width?: number;
  readonly opacity?: number;
}

/** How a topping is drawn: how many pieces, how large, and the path data of a piece for each of its strokes. */
export interface ToppingShape {
  readonly pieces: number;
  readonly strokes: readonly Stroke[];
  readonly piece: (pen: Pen, random: Random) => readonly string[];
  /** Lies flat and melts: no shadow. */
  readonly flat?: true;
}

const leaf: readonly Point[] = [[-12, 0], [-6, -5.5], [3, -5.5], [12, 0], [3, 5.5], [-6, 5.5]];
const rocketLeaf: readonly Point[] = [
  [-15, 0], [-10, -2], [-7, -6], [-4, -2], [0, -7], [3, -2], [7, -6], [11, -3], [15, 0], [11, 3], [7, 6], [3, 2], [0, 7], [-4, 2], [-7, 6], [-10, 2],
];
const mushroom: readonly Point[] = [
  [-11, 1], [-9, -7], [0, -11], [9, -7], [11, 1], [5, 2.5], [3.4, 4], [4, 11], [0, 12], [-4, 11], [-3.4, 4], [-5, 2.5],
];
const arc = (width: number, height: number): Point[] => [[-width, height], [0, -height * 1.9], [width, height]];
const speckles = (pen: Pen, random: Random, count: number, within: number, size: number) =>
  Array.from({ length: count }, () => {
    const [angle, far] = [random() * 7, Math.sqrt(random()) * within];
    return pen.circle(Math.cos(angle) * far, Math.sin(angle) * far, size * (0.6 + random() * 0.7));
  }).join('');

const round = (fill: string, edge: string, speck: string, radius: number, pieces: number): ToppingShape => ({
  pieces,
  strokes: [{ fill, line: edge, width: 1.5 }, { fill: speck, opacity: 0.85 }],
  piece: (pen, random) => [pen.smooth(outline(radius, 12, 0.035, random)), speckles(pen, random, 8, radius * 0.75, 1.2)],
});

const dollop = (fill: string, shine: string, radius: number, pieces: number): ToppingShape => ({
  pieces,
  flat: true,
  strokes: [{ fill: '#f3d690', opacity: 0.75 }, { fill }, { fill: shine, opacity: 0.9 }],
  piece: (pen, random) => {
    const r = radius * (0.8 + random() * 0.4);
    return [
      pen.smooth(outline(r * 1.18, 9, 0.14, random)),
      pen.smooth(outline(r, 9, 0.11, random)),
      pen.smooth(outline(r * 0.5, 7, 0.16, random).map(([x, y]): Point => [x - r * 0.18, y - r * 0.22])),
    ];
  },
});

const strip = (line: string, shine: string, width: number, pieces: number): ToppingShape => ({
  pieces,
  strokes: [{ line, width }, { line: shine, width: width * 0.3, opacity: 0.65 }],
  piece: (pen, random) => {
    const bend = arc(10 + random() * 3, 3.4 + random() * 2);
    return [pen.line(bend, true), pen.line(bend.map(([x, y]): Point => [x * 0.8, y - 0.9]), true)];
  },
});

const chunk = (fill: string, shade: string, radius: number, pieces: number, corners = 6): ToppingShape => ({
  pieces,
  strokes: [{ fill }, { fill: shade, opacity: 0.6 }],
  piece: (pen, random) => [pen.smooth(outline(radius, corners, 0.24, random)), speckles(pen, random, 3, radius * 0.55, radius * 0.17)],
});

/** Every topping that can be drawn. A piece is some 20 of the pizza's 200 units across. */
export const toppings = {
  mozzarella: dollop('#fff8e9', '#ffffff', 12.5, 8),
  ricotta: dollop('#fffcf4', '#ffffff', 9, 9),
  burrata: {
    pieces: 1,
    strokes: [{ fill: '#f7e6bf' }, { fill: '#fffaf0' }, { fill: '#ffffff' }, { line: '#eadfc6', width: 1.6 }],
    piece: (pen, random) => [
      pen.smooth(outline(38, 14, 0.1, random)),
      pen.smooth(outline(31, 12, 0.05, random)),
      pen.smooth(outline(17, 9, 0.12, random).map(([x, y]): Point => [x - 6, y - 8])),
      pen.line([[-6, 4], [2, 10], [14, 5], [8, 14], [-2, 16]], true),
    ],
  },
  gorgonzola: {
    pieces: 9,
    flat: true,
    strokes: [{ fill: '#fbf3dd' }, { fill: '#6f8f8c', opacity: 0.8 }],
    piece: (pen, random) => [pen.smooth(outline(9.5, 8, 0.2, random)), speckles(pen, random, 6, 6.5, 1.5)],
  },
  parmesan: {
    pieces: 13,
    strokes: [{ fill: '#fbe6a6', line: '#dcb95f', width: 0.9 }],
    piece: (pen, random) => [`${pen.line([[-9 - random() * 3, -2], [2, -4.5], [10 + random() * 3, 0], [3, 3.5]])}Z`],
  },
  basil: {
    pieces: 6,
    strokes: [{ fill: '#3d7c3a' }, { fill: '#2e6630', opacity: 0.75 }, { line: '#8bbd75', width: 1 }],
    piece: (pen) => [pen.smooth(leaf), pen.smooth([[-12, 0], [-6, 2], [3, 5.5], [12, 0], [2, 0.6]]), pen.line([[-11, 0], [0, -1.4], [10, 0]], true)],
  },
  rocket: {
    pieces: 15,
    strokes: [{ fill: '#4f8d3a' }, { line: '#a6cf86', width: 0.9 }],
    piece: (pen) => [pen.smooth(rocketLeaf), pen.line([[-18, 0.5], [0, -1], [13, 0]], true)],
  },
  rosemary: {
    pieces: 9,
    strokes: [{ line: '#5d7d4c', width: 1.5 }, { line: '#456b3c', width: 1.7 }],
    piece: (pen) => [
      pen.line([[-10, 0], [0, -1.5], [10, 0]], true),
      [-7, -3, 1, 5].map((x) => pen.line([[x, -0.6], [x + 4, -5]]) + pen.line([[x, -0.6], [x + 4, 4]])).join(''),
    ],
  },
  salami: round('#b8372b', '#8c231d', '#ecbda9', 12, 10),
  sausage: chunk('#a4613c', '#6d3a20', 7.5, 15),
  ham: {
    pieces: 10,
    strokes: [{ fill: '#f0a3a0' }, { line: '#fbd3cd', width: 1.6 }],
    piece: (pen, random) => [pen.smooth(outline(10.5, 6, 0.2, random)), pen.line([[-6, 2], [0, -4 - random() * 2], [6, 2]], true)],
  },
  prosciutto: {
    pieces: 6,
    strokes: [{ line: '#fbe3d6', width: 13 }, { line: '#d5636b', width: 9 }, { line: '#f0a9a3', width: 1.7 }],
    piece: (pen, random) => {
      const ribbon: Point[] = [[-17, 2], [-10, -9 - random() * 3], [-3, 1], [4, 9 + random() * 3], [16, -2]];
      return [pen.line(ribbon, true), pen.line(ribbon, true), pen.line(ribbon.map(([x, y]): Point => [x, y - 1.6]), true)];
    },
  },
  anchovies: {
    pieces: 7,
    strokes: [{ line: '#7b5a45', width: 5.4 }, { line: '#c9b39a', width: 1.4 }],
    piece: (pen) => [pen.line([[-15, 2], [-4, -6], [14, 1]], true), pen.line([[-12, 1], [-3, -5.5], [11, 0]], true)],
  },
  prawns: {
    pieces: 8,
    strokes: [{ line: '#f08a5d', width: 8 }, { line: '#f9c3a2', width: 3 }, { line: '#d9603b', width: 1 }],
    piece: (pen) => [
      pen.line([[-8, 7], [-11, -7], [2, -8], [11, -7], [9, 4]], true),
      pen.line([[-7, 5], [-8, -5], [2, -6]], true),
      pen.line([[-10, -1], [-6, 0]]) + pen.line([[-5, -9], [-3, -5]]) + pen.line([[4, -9], [4, -5]]) + pen.line([[9, -4], [6, -2]]),
    ],
  },
  tuna: chunk('#d9b79a', '#b78f72', 7, 14),
  mushrooms: {
    pieces: 10,
    strokes: [{ fill: '#e3d0b2', line: '#9a7d5c', width: 1.2 }, { line: '#8a6c4d', width: 1.4 }],
    piece: (pen) => [pen.smooth(mushroom), pen.line([[-7, -0.5], [0, -3], [7, -0.5]], true)],
  },
  olives: {
    pieces: 11,
    strokes: [{ line: '#3b3144', width: 4.6 }, { line: '#7d7190', width: 1 }],
    piece: (pen) => [pen.circle(0, 0, 5), pen.line([[-4.6, -3.6], [-1, -7.5], [3.6, -5]], true)],
  },
  capers: { ...chunk('#6f8b3d', '#4d6528', 3.4, 18, 7) },
  peppers: strip('#d8442a', '#ff9a77', 5.4, 8),
  'yellow peppers': strip('#eeb02f', '#ffe08a', 5.4, 6),
  chilli: strip('#c3201f', '#ff8b78', 3.6, 9),
  onions: {
    pieces: 9,
    strokes: [{ line: '#a9588a', width: 2.2 }, { line: '#f0d3e2', width: 1.1 }],
    piece: (pen) => [
      pen.line(arc(11, 4), true) + pen.line(arc(7, 3), true),
      pen.line(arc(9, 3.6), true),
    ],
  },
  aubergines: {
    pieces: 8,
    strokes: [{ fill: '#e6d5ad', line: '#553050', width: 2.4 }, { fill: '#a88a5c', opacity: 0.7 }],
    piece: (pen, random) => [pen.smooth(outline(11.5, 10, 0.06, random, 0.86)), speckles(pen, random, 6, 7, 1.1)],
  },
  artichokes: {
    pieces: 8,
    strokes: [{ fill: '#a9a45c' }, { line: '#75733a', width: 1.3 }],
    piece: (pen, random) => [pen.smooth(outline(9.5, 6, 0.18, random)), pen.line([[-6, 4], [0, -6], [6, 4]], true) + pen.line([[-3, 5], [0, 0], [3, 5]], true)],
  },
  potatoes: {
    pieces: 14,
    strokes: [{ fill: '#f4d987', line: '#cf9f46', width: 1.2 }, { fill: '#b9803a', opacity: 0.55 }],
    piece: (pen, random) => [pen.smooth(outline(13, 11, 0.05, random, 0.9)), speckles(pen, random, 3, 9, 2)],
  },
  pears: {
    pieces: 8,
    strokes: [{ fill: '#f3e7b4', line: '#b6b35c', width: 1.5 }],
    piece: (pen) => [pen.smooth([[-15, 0], [-6, -6], [5, -9], [13, -6], [10, -1], [2, 1], [-6, 3]])],
  },
  walnuts: chunk('#a9763f', '#6f4a22', 6, 10, 8),
  garlic: {
    pieces: 12,
    strokes: [{ fill: '#fbf0d4', line: '#d9bf86', width: 1 }],
    piece: (pen) => [pen.smooth([[-5, 2], [-3, -3], [2, -4], [6, 0], [2, 3]])],
  },
  lemons: {
    pieces: 4,
    strokes: [{ fill: '#f7d548', line: '#d9a91f', width: 1.4 }, { line: '#fff3b8', width: 1 }],
    piece: (pen) => [
      `${pen.line([[-11, 3], [-9, -9], [0, -9.5], [9, -9], [11, 3]], true)}Z`,
      pen.line([[0, 3], [-6, -4]]) + pen.line([[0, 3], [0, -6]]) + pen.line([[0, 3], [6, -4]]),
    ],
  },
  oil: { pieces: 9, flat: true, strokes: [{ fill: '#d9a728', opacity: 0.42 }], piece: (pen, random) => [pen.smooth(outline(5 + random() * 5, 8, 0.2, random))] },
  tomatoes: round('#d8412f', '#b22a1e', '#ffd9a0', 9, 9),
} as const satisfies Record<string, ToppingShape>;

export type Topping = keyof typeof toppings;

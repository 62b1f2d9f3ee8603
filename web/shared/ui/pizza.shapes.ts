import { middle, outline, Pen, type Placement, type Point, type Random, seeded } from './pen.ts';
import { type Stroke, type Topping, type ToppingShape, toppings } from './topping.shapes.ts';

/** What lies on a pizza, from the dough up. */
export interface PizzaRecipe {
  readonly sauce: 'tomato' | 'white';
  readonly cheese: boolean;
  /** In the order in which they are laid on. */
  readonly toppings: readonly Topping[];
}

/** One path of the drawing, in a square from -108 to 108 around the pizza's middle. */
export interface Shape extends Stroke {
  /** How far below its place it is drawn: a shadow. */
  readonly shift?: number;
  readonly path: string;
}

const golden = Math.PI * (3 - Math.sqrt(5));

/** Draws a pizza from its recipe, the same way each time: toppings lie each on a spiral of its own, so that adding one moves no other. */
export function pizzaShapes(recipe: PizzaRecipe): Shape[] {
  return [...crust(), ...sauce(recipe.sauce), ...(recipe.cheese ? cheese(recipe.sauce) : []), ...recipe.toppings.flatMap(laid)];
}

function crust(): Shape[] {
  const random = seeded(11);
  const pen = new Pen(middle);
  return [
    { path: pen.smooth(dough(100, random)), fill: 'url(#pizza-crust)' },
    { path: onTheRim(random, 16, 91, 97, 3.2), fill: '#f0cf94', opacity: 0.75 },
    { path: onTheRim(random, 13, 89, 98, 3), fill: '#6b3a17', opacity: 0.5 },
    { path: onTheRim(random, 9, 91, 97, 1.5), fill: '#3d1f0c', opacity: 0.5 },
    { path: pen.smooth(dough(87.5, seeded(12))), fill: '#a55f2a', opacity: 0.55 },
  ];
}

/** A hand's circle: long swells, and no two alike. */
function dough(radius: number, random: Random): Point[] {
  const [a, b, c] = [random() * 7, random() * 7, random() * 7];
  return Array.from({ length: 36 }, (_, i) => {
    const angle = (i / 36) * 2 * Math.PI;
    const r = radius * (1 + 0.011 * Math.sin(3 * angle + a) + 0.008 * Math.sin(5 * angle + b) + 0.005 * Math.sin(11 * angle + c));
    return [Math.cos(angle) * r, Math.sin(angle) * r];
  });
}

/** Blisters: where the fire was nearest. */
function onTheRim(random: Random, count: number, from: number, to: number, size: number): string {
  return Array.from({ length: count }, (_, i) => {
    const angle = ((i + random() * 0.9) / count) * 2 * Math.PI;
    const far = from + random() * (to - from);
    const at = { x: Math.cos(angle) * far, y: Math.sin(angle) * far, turn: angle + Math.PI / 2, scale: 0.6 + random() * 0.9 };
    return new Pen(at).smooth(outline(size, 7, 0.3, random, 0.62));
  }).join('');
}

function sauce(kind: PizzaRecipe['sauce']): Shape[] {
  const random = seeded(kind === 'tomato' ? 23 : 24);
  const pen = new Pen(middle);
  const tomato = kind === 'tomato';
  return [
    { path: pen.smooth(outline(84.5, 30, 0.016, random)), fill: tomato ? 'url(#pizza-tomato)' : 'url(#pizza-cream)' },
    { path: pools(random, 7, 66, 9), fill: tomato ? '#e2573b' : '#fff3d6', opacity: 0.5 },
  ];
}

/** Melted: lobes at its edge, holes where the sauce looks through, gold where it blistered. */
function cheese(on: PizzaRecipe['sauce']): Shape[] {
  const random = seeded(37);
  const pen = new Pen(middle);
  const lobes = Array.from({ length: 26 }, (_, i): Point => {
    const angle = (i / 26) * 2 * Math.PI;
    const r = 76 + (i % 2 ? 3.2 : -3.2) * (0.5 + random()) + random() * 2;
    return [Math.cos(angle) * r, Math.sin(angle) * r];
  });
  const holes = Array.from({ length: 8 }, (_, i) => hole(i, random)).join('');
  return [
    { path: pen.smooth(lobes.map(([x, y]): Point => [x, y + 1.6])) + holes, fill: '#8c3a12', opacity: on === 'tomato' ? 0.3 : 0.14 },
    { path: pen.smooth(lobes) + holes, fill: 'url(#pizza-cheese)' },
    { path: pools(random, 9, 66, 7.5), fill: '#fbe3a4', opacity: 0.8 },
    { path: pools(random, 10, 70, 4.6), fill: '#d98d33', opacity: 0.42 },
    { path: pools(random, 7, 68, 2), fill: '#a95a1c', opacity: 0.45 },
  ];
}

/** Written the other way round, so that it is cut out. */
function hole(i: number, random: Random): string {
  const angle = i * golden * 1.7 + 0.6;
  const far = 24 + (i / 8) * 46;
  const at = { x: Math.cos(angle) * far, y: Math.sin(angle) * far, turn: random() * 7, scale: 1 };
  return new Pen(at).smooth(outline(4.5 + random() * 4.5, 8, 0.26, random, 0.7).toReversed());
}

function pools(random: Random, count: number, within: number, size: number): string {
  return Array.from({ length: count }, (_, i) => {
    const angle = i * golden + random();
    const far = within * Math.sqrt((i + 0.4) / count);
    const at = { x: Math.cos(angle) * far, y: Math.sin(angle) * far, turn: random() * 7, scale: 0.6 + random() * 0.7 };
    return new Pen(at).smooth(outline(size, 8, 0.22, random, 0.8));
  }).join('');
}

/** All pieces of one topping, a path a stroke, above the shadow that they cast. */
function laid(topping: Topping): Shape[] {
  const shape: ToppingShape = toppings[topping];
  const seed = Object.keys(toppings).indexOf(topping);
  const random = seeded(100 + seed);
  const paths = shape.strokes.map(() => '');
  for (const at of spiral(shape.pieces, seed, random)) {
    shape.piece(new Pen(at), random).forEach((path, i) => (paths[i] += path));
  }
  const drawn = shape.strokes.map((stroke, i): Shape => ({ ...stroke, path: paths[i]! }));
  return shape.flat ? drawn : [shadow(drawn[0]!), ...drawn];
}

/** Moved down by the drawing's `shift`: every piece stands a little above what it lies on. */
function shadow({ path, fill, width }: Shape): Shape {
  return fill ? { path, fill: '#3a1505', opacity: 0.26, shift: 1.8 } : { path, line: '#3a1505', width, opacity: 0.26, shift: 1.8 };
}

function spiral(pieces: number, seed: number, random: Random): Placement[] {
  if (pieces === 1) return [{ x: 2, y: -1, turn: 0.3, scale: 1 }];
  return Array.from({ length: pieces }, (_, i) => {
    const angle = i * golden + seed * 1.3;
    const far = 68 * Math.sqrt((i + 0.55) / pieces);
    return {
      x: Math.cos(angle) * far + (random() - 0.5) * 5,
      y: Math.sin(angle) * far + (random() - 0.5) * 5,
      turn: random() * 2 * Math.PI,
      scale: 0.9 + random() * 0.22,
    };
  });
}

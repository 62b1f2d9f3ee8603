import { memo } from 'react';
import { type PizzaRecipe, pizzaShapes } from './pizza.shapes.ts';

/** A pizza as its recipe says. It needs PizzaInks once on the page. */
export const Pizza = memo(function Pizza({ recipe, second, label }: { recipe: PizzaRecipe; second?: PizzaRecipe | null; label?: string }) {
  return (
    <svg className="pizza" viewBox="-108 -108 216 216" {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
      <ellipse cy="6" rx="101" ry="99" fill="url(#pizza-shadow)" />
      {second ? (
        <>
          <g clipPath="url(#pizza-left)">{shapes(recipe)}</g>
          <g clipPath="url(#pizza-right)">{shapes(second)}</g>
          <path d="M0-84V84" stroke="#7a4a22" strokeOpacity=".55" strokeDasharray="4 4" />
        </>
      ) : (
        shapes(recipe)
      )}
    </svg>
  );
});

const shapes = (recipe: PizzaRecipe) =>
  pizzaShapes(recipe).map(({ path, fill, line, width, opacity, shift }, i) => (
    <path
      key={i}
      d={path}
      fill={fill ?? 'none'}
      stroke={line}
      strokeWidth={width}
      strokeLinecap="round"
      strokeLinejoin="round"
      opacity={opacity}
      transform={shift ? `translate(0 ${shift})` : undefined}
    />
  ));

/** The colours that run into each other, once for all pizzas of a page. */
export function PizzaInks() {
  return (
    <svg className="inks" width="0" height="0" aria-hidden="true">
      <defs>
        <clipPath id="pizza-left">
          <path d="M-108-108H0V108H-108z" />
        </clipPath>
        <clipPath id="pizza-right">
          <path d="M0-108H108V108H0z" />
        </clipPath>
        <radialGradient id="pizza-shadow">
          <stop offset=".86" stopColor="#000" stopOpacity=".28" />
          <stop offset="1" stopColor="#000" stopOpacity="0" />
        </radialGradient>
        <radialGradient id="pizza-crust">
          <stop offset=".82" stopColor="#b9722f" />
          <stop offset=".875" stopColor="#dda65c" />
          <stop offset=".935" stopColor="#eec88c" />
          <stop offset=".975" stopColor="#d39a52" />
          <stop offset="1" stopColor="#9c622b" />
        </radialGradient>
        <radialGradient id="pizza-tomato">
          <stop offset=".5" stopColor="#d8482c" />
          <stop offset=".9" stopColor="#c23a22" />
          <stop offset="1" stopColor="#8f2413" />
        </radialGradient>
        <radialGradient id="pizza-cream">
          <stop offset=".5" stopColor="#f8e7bd" />
          <stop offset=".92" stopColor="#f0d69b" />
          <stop offset="1" stopColor="#cf9f57" />
        </radialGradient>
        <radialGradient id="pizza-cheese">
          <stop offset="0" stopColor="#f8dc95" />
          <stop offset=".7" stopColor="#f5d07c" />
          <stop offset="1" stopColor="#e9b352" />
        </radialGradient>
      </defs>
    </svg>
  );
}

import type { Look } from './cards.ts';

/** The page's colours, light or dark as they are now, for a page that doesn't know them by name. */
export function lookOf(at: HTMLElement): Look {
  return { color: colour(at, '--ink'), placeholder: colour(at, '--soft'), wrong: colour(at, '--tomato') };
}

function colour(at: HTMLElement, token: string): string {
  const before = at.style.color;
  at.style.color = `var(${token})`;
  const named = getComputedStyle(at).color;
  at.style.color = before;
  return inHex(named);
}

// The frame may not know the space in which we mix our colours; a canvas answers in the old one.
function inHex(named: string): string {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext('2d');
  if (!pen) return named;
  pen.fillStyle = named;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Minutes and seconds since then, "12:05"; beyond an hour, "1:12:05". */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** In whole seconds, then minutes, then hours. */
export function age(ms: number): { readonly value: number; readonly unit: 'second' | 'minute' | 'hour' } {
  const seconds = Math.max(0, ms / 1000);
  if (seconds < 60) return { value: Math.floor(seconds), unit: 'second' };
  return seconds < 3600 ? { value: Math.floor(seconds / 60), unit: 'minute' } : { value: Math.floor(seconds / 3600), unit: 'hour' };
}

/** An age as the reader writes it: "4 sec", "12 Min.". */
export function ageText(ms: number, language: string): string {
  const { value, unit } = age(ms);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
}

/** What amounts of a location are written by. The decimals are the API's: browsers know others of some currencies. */
export interface Currency {
  readonly currency: string;
  readonly currencyDecimals: number;
}

/** An amount in minor units, as the reader writes it: "$12.40". */
export function money(amount: number, { currency, currencyDecimals: digits }: Currency, language: string): string {
  return format(language, { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(amount / 10 ** digits);
}

/** The same without the currency, where that stands beside it already: "12.40". */
export function bare(amount: number, { currencyDecimals: digits }: Currency, language: string): string {
  return format(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(amount / 10 ** digits);
}

/** So many hundredths of a percent: "8.25%". */
export function percent(basisPoints: number, language: string): string {
  return format(language, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
}

/** What somebody typed, in minor units; null if it is no amount. Both 1.50 and 1,50 are understood. */
export function parsed(text: string, { currencyDecimals: digits }: Currency): number | null {
  const match = /^(\d{1,9})(?:[.,](\d*))?$/.exec(text.trim());
  if (!match || (match[2] ?? '').length > digits) return null;
  return Number((match[1] ?? '') + (match[2] ?? '').padEnd(digits, '0'));
}

const formats = new Map<string, Intl.NumberFormat>();

// A format takes longer to make than a whole menu to write.
function format(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.NumberFormat(language, options);
  formats.set(key, known);
  return known;
}

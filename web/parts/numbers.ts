/** US dollars, `$41.20`; from a thousand on without cents. */
export function dollars(usd: number): string {
  const digits = Math.abs(usd) >= 1000 ? 0 : 2;
  return `$${usd.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** `12.5`, without a zero at its end. @param digits after the point, at most */
export function plain(value: number, digits = 1): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

/** A share of the whole that is never shown as whole when something is missing: 99.996 is `99.99 %`. */
export function percent(value: number): string {
  const cut = value < 100 ? Math.min(value, 99.99) : 100;
  return `${(Math.floor(cut * 100) / 100).toLocaleString('en-US', { maximumFractionDigits: 2 })} %`;
}

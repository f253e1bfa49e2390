/** An option of the command line that cannot be used: which, what was found, what is expected. */
export class OptionInvalid extends Error {
  override name = 'OptionInvalid';

  constructor(option: string, found: unknown, expected: string) {
    super(`--${option} ${JSON.stringify(found)} cannot be used: expected ${expected}`);
    // The framework prints the stack of errors that it does not know.
    this.stack = this.message;
  }
}

/** A whole number within bounds. @throws OptionInvalid */
export function wholeNumber(option: string, found: unknown, usual: number, low: number, high: number): number {
  if (found === undefined) return usual;
  const value = Number(found);
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new OptionInvalid(option, found, `a whole number from ${low} to ${high}`);
}

/** A date that exists. @throws OptionInvalid */
export function date(option: string, found: unknown, usual: string): string {
  const value = String(found ?? usual);
  const parsed = new Date(`${value}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value))
    return value;
  throw new OptionInvalid(option, value, 'a date such as 2026-11-01');
}

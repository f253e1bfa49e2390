import { asError } from '../errors.ts';
import { because, type Reason } from '../reasons.ts';

const MEANINGS: [RegExp, Reason][] = [
  [/^ECONNREFUSED$/, 'refuses'],
  [/^(ECONNRESET|EPIPE|HPE_\w+)$/, 'hangsUp'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'nameUnknown'],
  [/^CERT_HAS_EXPIRED$/, 'certificateExpired'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'certificateOther'],
  [/SELF_SIGNED|^(UNABLE_TO_|CERT_)/, 'certificateUntrusted'],
];

/** Why there was no answer, in words of ours where it is a usual thing. */
export function problemOf(thrown: unknown): string {
  const code = codeOf(thrown);
  const [, reason] = MEANINGS.find(([pattern]) => pattern.test(code)) ?? [];
  return reason ? because(reason) : because('noAnswer', code || asError(thrown).message);
}

/** Of several addresses of one name that were all tried, the first. */
function codeOf(thrown: unknown): string {
  const { code, errors } = thrown as { code?: unknown; errors?: unknown[] };
  if (typeof code === 'string') return code;
  return errors?.[0] === undefined ? '' : codeOf(errors[0]);
}

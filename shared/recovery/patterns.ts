const FOLDER = '/[A-Za-z0-9_./@+-]*';

/**
 * What a value may be that reaches the script on a server (`agent/recover/recover.sh`). None lets a quote, a backslash or a dollar
 * sign through.
 */
export const PATTERNS = {
  Name: '^[A-Za-z0-9][A-Za-z0-9_.@:-]{0,127}$',
  Service: '^([A-Za-z0-9][A-Za-z0-9_.-]{0,127})?$',
  Url: '^(https?://[A-Za-z0-9._:-]+(/[A-Za-z0-9_.~/?&=%+:@,-]*)?)?$',
  User: '^([a-z_][a-z0-9_-]{0,31})?$',
  Directory: `^(${FOLDER})?$`,
  Start: '^([A-Za-z0-9_./@+][A-Za-z0-9_./@+-]*)?$',
  Bucket: '^(s3://[a-z0-9][a-z0-9.-]{2,62}(/[A-Za-z0-9_./-]*)?)?$',
  Path: `^(${FOLDER}(:${FOLDER})*)?$`,
  Pm2Home: `^(${FOLDER})?$`,
  WithinSeconds: '^[1-9][0-9]{0,2}$',
  AnswerSeconds: '^[1-9][0-9]{0,2}$',
} as const;

import { readFileSync } from 'node:fs';
import { documentName } from '../shared/recovery/command.ts';
import { PATTERNS } from '../shared/recovery/patterns.ts';

const SCRIPT = new URL('../agent/recover/recover.sh', import.meta.url);

interface Parameter {
  description: string;
  default?: string;
  allowedPattern?: string;
  allowedValues?: string[];
}

/** What the script reads, each as `SSM_<name>`. */
export const PARAMETERS: Record<string, Parameter> = {
  By: { description: 'What keeps the process running.', allowedValues: ['pm2', 'systemd', 'compose'] },
  Name: {
    description: 'The process of PM2, the unit of systemd, or the project of Compose.',
    allowedPattern: PATTERNS.Name,
  },
  Service: {
    description: 'One service of the project of Compose. Empty: all of them.',
    default: '',
    allowedPattern: PATTERNS.Service,
  },
  Act: {
    description: 'recover: only what does not answer here. restart: whether it answers or not. check: only ask.',
    default: 'recover',
    allowedValues: ['recover', 'restart', 'check'],
  },
  Url: {
    description:
      'What is asked on the machine. Empty: whether the process runs is taken for an answer after a restart.',
    default: '',
    allowedPattern: PATTERNS.Url,
  },
  User: {
    description: 'Whose PM2 it is. Empty: who runs the one that there is.',
    default: '',
    allowedPattern: PATTERNS.User,
  },
  Directory: {
    description: 'Where an absent process is started from: the folder of its configuration.',
    default: '',
    allowedPattern: PATTERNS.Directory,
  },
  Start: {
    description: 'What PM2 starts where the process is absent, such as ecosystem.config.js.',
    default: '',
    allowedPattern: PATTERNS.Start,
  },
  Bucket: {
    description: 'Where the logs are copied to, such as s3://example-logs/recovery; they stay on the machine too.',
    default: '',
    allowedPattern: PATTERNS.Bucket,
  },
  Path: {
    description: 'Folders that pm2 and its node are looked for in first, as in PATH.',
    default: '',
    allowedPattern: PATTERNS.Path,
  },
  Pm2Home: {
    description: 'The folder of PM2. Empty: that of the daemon that runs, or .pm2 in the home of the user.',
    default: '',
    allowedPattern: PATTERNS.Pm2Home,
  },
  WithinSeconds: {
    description: 'How long it may take until a restarted process answers.',
    default: '60',
    allowedPattern: PATTERNS.WithinSeconds,
  },
  AnswerSeconds: {
    description: 'How long one answer may take.',
    default: '5',
    allowedPattern: PATTERNS.AnswerSeconds,
  },
};

/**
 * The document by which Systems Manager runs `agent/recover/recover.sh` on a server.
 *
 * A value reaches the script as a variable that the SSM agent sets. An agent before 3.3.2746 does not: there the value is
 * put into the text, between single quotes, and what `allowedPattern` lets through cannot end them.
 *
 * @source https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html
 */
export function recoveryDocument(stage: string): object {
  return {
    Type: 'AWS::SSM::Document',
    Properties: {
      Name: documentName(stage),
      DocumentType: 'Command',
      DocumentFormat: 'JSON',
      TargetType: '/AWS::EC2::Instance',
      // A document with a name of its own cannot be replaced.
      UpdateMethod: 'NewVersion',
      Content: content(),
    },
  };
}

export function content() {
  return {
    schemaVersion: '2.2',
    description: 'Recovers a process step by step: asks it, saves its logs, restarts it, starts it where it is absent.',
    parameters: Object.fromEntries(
      Object.entries(PARAMETERS).map(([name, parameter]) => [
        name,
        { type: 'String', interpolationType: 'ENV_VAR', ...parameter },
      ]),
    ),
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: 'recover',
        precondition: { StringEquals: ['platformType', 'Linux'] },
        inputs: { timeoutSeconds: '600', runCommand: runCommand() },
      },
    ],
  };
}

function runCommand(): string[] {
  const [shebang = '', ...script] = readFileSync(SCRIPT, 'utf8').trimEnd().split('\n');
  const values = Object.keys(PARAMETERS).map((name) => `[ -n "\${SSM_${name}+set}" ] || SSM_${name}='{{ ${name} }}'`);
  return [shebang, ...values, ...script];
}

import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CheckIfPhoneNumberIsOptedOutCommand,
  GetSMSSandboxAccountStatusCommand,
  ListSMSSandboxPhoneNumbersCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Config } from '../../deployed.ts';
import { known } from './known.ts';

/** What is of the account: who asks, its region, its quotas, its parameters, its text messages. */
export function accountOf(config: Config) {
  const [ec2, lambda, sns] = [new EC2Client(config), new LambdaClient(config), new SNSClient(config)];
  const [ssm, sts] = [new SSMClient(config), new STSClient(config)];
  return {
    /** Whom AWS takes these credentials for. */
    caller: async () => (await sts.send(new GetCallerIdentityCommand({}))).Arn ?? '',

    /** Whether the region is switched on: `opt-in-not-required`, `opted-in`, `not-opted-in`. */
    optIn: async (region: string) => {
      const asked = new DescribeRegionsCommand({ RegionNames: [region], AllRegions: true });
      const found = await known(ec2.send(asked), /^InvalidParameterValue/);
      return found?.Regions?.find(({ RegionName }) => RegionName === region)?.OptInStatus;
    },

    /** How many functions may run at once. */
    concurrency: async () =>
      (await lambda.send(new GetAccountSettingsCommand({}))).AccountLimit?.ConcurrentExecutions ?? 0,

    /** The type of a parameter, and its value: to be used, never to be shown. */
    parameter: async (name: string) => {
      const asked = new GetParameterCommand({ Name: name, WithDecryption: true });
      const { Parameter } = (await known(ssm.send(asked), /^ParameterNotFound/)) ?? {};
      return Parameter && { type: Parameter.Type ?? '', value: Parameter.Value ?? '' };
    },

    /** Whether text messages go to verified numbers only, and which those are. */
    smsSandbox: async () => {
      const { IsInSandbox = false } = await sns.send(new GetSMSSandboxAccountStatusCommand({}));
      if (!IsInSandbox) return { isInSandbox: false, verified: [] };
      const { PhoneNumbers = [] } = await sns.send(new ListSMSSandboxPhoneNumbersCommand({}));
      const verified = PhoneNumbers.filter(({ Status }) => Status === 'Verified');
      return { isInSandbox: true, verified: verified.map(({ PhoneNumber = '' }) => PhoneNumber) };
    },

    hasOptedOut: async (phoneNumber: string) =>
      (await sns.send(new CheckIfPhoneNumberIsOptedOutCommand({ phoneNumber }))).isOptedOut ?? false,
  };
}

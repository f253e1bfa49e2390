import { describe, expect, test } from '@jest/globals';
import {
  alarmLink,
  executionLink,
  instanceLink,
  logGroupLink,
  logLink,
  stackLink,
} from '../../../shared/notices/links.ts';
import { EXECUTION, INSTANCE } from '../builders.ts';

const REGION = 'ap-northeast-2';
const CONSOLE = `https://${REGION}.console.aws.amazon.com`;

describe('links to the console', () => {
  test('an execution - in the region of its ARN', () => {
    expect(executionLink(EXECUTION)).toBe(
      `${CONSOLE}/states/home?region=${REGION}#/v2/executions/details/${EXECUTION}`,
    );
    for (const none of [undefined, '', 'arn:aws:states', 'arn:aws:states::1:x'])
      expect(executionLink(none)).toBeUndefined();
  });

  test.each([
    ['cn-north-1', 'cn-north-1.console.amazonaws.cn'],
    ['us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
    ['eusc-de-east-1', 'eusc-de-east-1.console.amazonaws-eusc.eu'],
    ['us-east-1', 'us-east-1.console.aws.amazon.com'],
  ])('%s - is on %s', (region, host) => {
    expect(new URL(instanceLink(INSTANCE, region) ?? '').host).toBe(host);
  });

  test.each(['us-iso-east-1', 'us-isob-east-1', '', 'mars', 'a/b-c-1'])('%j - no console that is known', (region) => {
    expect(instanceLink(INSTANCE, region)).toBeUndefined();
  });

  test('a group of logs and its streams - written as CloudWatch reads it', () => {
    const group = `${CONSOLE}/cloudwatch/home?region=${REGION}#logsV2:log-groups/log-group/$252Flamplighter$252Fdev$252Fnightly`;
    expect(logGroupLink('/lamplighter/dev/nightly', REGION)).toBe(group);
    expect(logLink('/lamplighter/dev/nightly:4f2c-1/i-1', REGION)).toBe(
      `${group}$3FlogStreamNameFilter$3D4f2c-1$252Fi-1`,
    );
  });

  test('a log that the agent copied - the object; one that is on the instance alone - none', () => {
    expect(logLink('s3://example-logs/boot/2026-11-02 02:00.log', REGION)).toBe(
      `${CONSOLE}/s3/object/example-logs?region=${REGION}&prefix=boot%2F2026-11-02%2002%3A00.log`,
    );
    for (const local of ['/var/log/lamplighter/boot.log', 'group:stream', ''])
      expect(logLink(local, REGION)).toBeUndefined();
  });

  test('a stack, an instance and an alarm - by their names', () => {
    expect(stackLink('ChatAppMasterStack', REGION)).toContain('#/stacks?filteringText=ChatAppMasterStack');
    expect(instanceLink(INSTANCE, REGION)).toMatch(`#InstanceDetails:instanceId=${INSTANCE}`);
    expect(alarmLink('a b/c', REGION)).toMatch(/#alarmsV2:alarm\/a%20b%2Fc$/);
  });
});

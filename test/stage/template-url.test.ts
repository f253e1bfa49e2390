import { describe, expect, test } from '@jest/globals';
import { inS3, TEMPLATE, templateUrl } from '../../shared/stage/template-url.ts';

const IN_S3 = { bucket: 'example-templates', key: 'chat/master.yml' };

describe('a template in S3', () => {
  test.each([
    's3://example-templates/chat/master.yml',
    'https://example-templates.s3.ap-northeast-2.amazonaws.com/chat/master.yml',
    'https://example-templates.s3.dualstack.eu-west-1.amazonaws.com/chat/master.yml',
    'https://example-templates.s3-us-west-2.amazonaws.com/chat/master.yml',
    'https://example-templates.s3.amazonaws.com/chat/master.yml',
    'https://example-templates.s3.us-gov-west-1.amazonaws.com/chat/master.yml',
    'https://example-templates.s3.cn-north-1.amazonaws.com.cn/chat/master.yml',
    'https://s3.ap-northeast-2.amazonaws.com/example-templates/chat/master.yml',
    'https://s3-us-west-2.amazonaws.com/example-templates/chat/master.yml',
    'https://s3.amazonaws.com/example-templates/chat/master.yml',
  ])('%s - its bucket and its key', (template) => {
    expect(inS3(template)).toEqual(IN_S3);
    expect(template).toMatch(TEMPLATE);
  });

  test.each([
    'http://example-templates.s3.ap-northeast-2.amazonaws.com/chat/master.yml',
    'https://example.com/chat/master.yml',
    'https://example-templates.s3.amazonaws.com.example.com/chat/master.yml',
    'https://evil.com/example-templates.s3.amazonaws.com/chat/master.yml',
    's3://example-templates',
    's3://example-templates/',
    's3://Example/chat/master.yml',
    's3://example-templates/*',
    's3://example-templates/${AWS::AccountId}/master.yml',
    'https://example-templates.s3.amazonaws.com/chat/master.yml?versionId=1',
    'examples/environment-hours/master.yml',
  ])('%s - is none', (template) => {
    expect(inS3(template)).toBeUndefined();
    expect(template).not.toMatch(TEMPLATE);
  });

  test('a bucket with dots - is the bucket, whole', () => {
    expect(inS3('https://my.templates.s3.ap-northeast-2.amazonaws.com/a.yml')).toEqual({
      bucket: 'my.templates',
      key: 'a.yml',
    });
  });
});

describe('templateUrl', () => {
  test.each([
    ['ap-northeast-2', 'https://example-templates.s3.ap-northeast-2.amazonaws.com/chat/master.yml'],
    ['cn-north-1', 'https://example-templates.s3.cn-north-1.amazonaws.com.cn/chat/master.yml'],
    ['us-gov-east-1', 'https://example-templates.s3.us-gov-east-1.amazonaws.com/chat/master.yml'],
    ['eusc-de-east-1', 'https://example-templates.s3.eusc-de-east-1.amazonaws.eu/chat/master.yml'],
  ])('in %s - the address that CloudFormation takes, and reads back as the same', (region, url) => {
    expect(templateUrl('s3://example-templates/chat/master.yml', region)).toBe(url);
    expect(inS3(url)).toEqual(IN_S3);
  });

  test('an address - stays as it is', () => {
    const url = 'https://s3.amazonaws.com/example-templates/chat/master.yml';
    expect(templateUrl(url, 'ap-northeast-2')).toBe(url);
  });
});

import { expect, test } from '@jest/globals';
import { refuseTooMany } from '../../plugin/too-many.ts';
import { aStage } from '../shared/builders.ts';
import { aRecoverable } from '../shared/recovery/recoveries.ts';

const services = Object.fromEntries(
  Array.from({ length: 60 }, (_, index) => [
    `web-${index}`,
    aRecoverable({}, { target: { ec2: `i-${String(index).padStart(17, '0')}` } }),
  ]),
);

test('as many resources as CloudFormation takes - taken', () => {
  expect(() => refuseTooMany(500, aStage({ services }))).not.toThrow();
});

test('one more - refused: what there is too much of, and how to mend it', () => {
  expect(() => refuseTooMany(501, aStage({ services }))).toThrow(
    /^stage dev compiles to 501 resources, and CloudFormation takes 500\. Its 60 targets of services, 60 of them instances.*and its 0 queues.*Put some services or queues into a stage of their own/,
  );
});

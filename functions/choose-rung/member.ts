import type { Input } from './contract.ts';

/**
 * Which instance of a group is unwell: the only one, or the only one that EC2 finds impaired. From outside the group has one address, and a well
 * instance that is replaced makes matters worse.
 */
export function unwellMember({ groups, members }: Pick<Input, 'groups' | 'members'>): string | undefined {
  const serving = (groups?.list[0]?.Instances ?? []).filter(({ LifecycleState }) => LifecycleState === 'InService');
  if (serving.length === 1) return serving[0]?.InstanceId;
  const impaired = (members?.statuses ?? [])
    .filter(({ InstanceStatus, SystemStatus }) =>
      [InstanceStatus, SystemStatus].some((status) => status?.Status === 'impaired'),
    )
    .map(({ InstanceId }) => InstanceId);
  const [only, ...others] = serving.filter(({ InstanceId }) => impaired.includes(InstanceId));
  return others.length === 0 ? only?.InstanceId : undefined;
}

import prices from './prices.json' with { type: 'json' };

/** Prices that win over the list: an instance type, storage kind or control item to US dollars in the list's own unit. */
export type PriceOverrides = Readonly<Record<string, number>>;

export type ControlItem = keyof typeof prices.control.list | keyof typeof prices.control.free;

interface ControlPrice {
  usd: number;
  /** How many units `usd` buys. */
  per: number;
  /** Where another region's price is known to differ from us-east-1. */
  regions?: Readonly<Record<string, number>>;
}

interface FargatePrice {
  vcpu: number;
  gigabyte: number;
  armVcpu: number;
  armGigabyte: number;
}

/** How big a Fargate task is. */
export interface TaskSize {
  vcpu: number;
  gigabytes: number;
  /** Whether it runs on Graviton. */
  arm?: boolean;
}

export type NetworkItem = 'internetOutGigabyte' | 'natHour' | 'natGigabyte' | 'albHour' | 'albLcuHour';

type Regional = Readonly<Record<string, Readonly<Record<string, number>>>>;

const instances: Regional = prices.ec2;
const storage: Regional = prices.ebs;
const fargate: Readonly<Record<string, FargatePrice>> = prices.fargate;
const network: Regional = prices.network;
const control: Readonly<Record<string, ControlPrice>> = prices.control.list;

/** The day of the EC2 list, the section that decides the savings. `sources` in prices.json dates the others. */
export const asOf: string = prices.asOf;

/** Where the EC2 list is from, in one sentence for a report's footnote. */
export const source: string = prices.source;

/** What a region's instances (US dollars an hour) and storage (US dollars per GB-month) cost: empty when none is known. */
export function listPrices(region: string): Record<string, number> {
  return { ...own(instances, region), ...own(storage, region) };
}

/**
 * What one instance costs while it runs: Linux, shared tenancy, on demand, before tax and discounts.
 *
 * @param type such as `t3.medium`
 * @param overrides the stage's `prices`
 * @returns US dollars an hour; undefined when neither the list nor the stage knows, never zero
 */
export function instanceHour(region: string, type: string, overrides: PriceOverrides = {}): number | undefined {
  return own(overrides, type) ?? own(own(instances, region), type);
}

/**
 * What a volume or a snapshot costs, whether or not its instance runs. IOPS and throughput beyond what gp3 includes
 * are not in it.
 *
 * @param kind `gp3`, `gp2`, `st1`, `sc1` or `snapshot`; an override's unit is US dollars per GB-month
 * @returns US dollars a month; undefined when the price is unknown
 */
export function storageMonth(
  region: string,
  kind: string,
  gigabytes: number,
  overrides: PriceOverrides = {},
): number | undefined {
  const perGigabyte = own(overrides, kind) ?? own(own(storage, region), kind);
  return perGigabyte === undefined ? undefined : perGigabyte * gigabytes;
}

/**
 * What a public IPv4 address costs, the same in every region.
 *
 * @returns US dollars an hour
 */
export function publicIpv4Hour(overrides: PriceOverrides = {}): number {
  return own(overrides, 'publicIpv4Hour') ?? prices.publicIpv4Hour;
}

/**
 * What a Fargate task costs while it runs. A stage that pays another price names `fargate.vcpu` and `fargate.gigabyte`.
 *
 * @returns US dollars an hour; undefined when the price is unknown
 */
export function fargateHour(
  region: string,
  { vcpu, gigabytes, arm }: TaskSize,
  overrides: PriceOverrides = {},
): number | undefined {
  const listed = own(fargate, region);
  const perVcpu = own(overrides, 'fargate.vcpu') ?? (arm ? listed?.armVcpu : listed?.vcpu);
  const perGigabyte = own(overrides, 'fargate.gigabyte') ?? (arm ? listed?.armGigabyte : listed?.gigabyte);
  return perVcpu === undefined || perGigabyte === undefined ? undefined : perVcpu * vcpu + perGigabyte * gigabytes;
}

/**
 * What is needed to reckon Fargate tasks of a region where this list is not at hand, in US dollars an hour. The stage's own
 * `fargate.vcpu` and `fargate.gigabyte` win over them.
 */
export function fargatePrices(region: string): Record<string, number> {
  const listed = own(fargate, region);
  return {
    publicIpv4Hour: prices.publicIpv4Hour,
    ...(listed && {
      ...{ 'fargate.x86.vcpu': listed.vcpu, 'fargate.x86.gigabyte': listed.gigabyte },
      ...{ 'fargate.arm.vcpu': listed.armVcpu, 'fargate.arm.gigabyte': listed.armGigabyte },
    }),
  };
}

/** What a thing of the network costs, in US dollars a GB or an hour; undefined when the price is unknown. */
export function networkPrice(region: string, item: NetworkItem, overrides: PriceOverrides = {}): number | undefined {
  return own(overrides, item) ?? own(own(network, region), item);
}

/** What a seat of Vercel's Pro plan costs, in US dollars a month. */
export const vercelProSeatMonth: number = prices.vercelProSeatMonth;

/**
 * What Lamplighter's own machinery costs. Free tiers are not subtracted, and a region without a sourced price of its
 * own is charged us-east-1's.
 *
 * @param units requests, transitions, GB-seconds or whatever the item counts; see prices.json
 * @param overrides US dollars for as many units as the list prices the item by, such as a million requests
 * @returns US dollars, zero for what AWS gives away
 */
export function controlPrice(
  item: ControlItem,
  units: number,
  region = 'us-east-1',
  overrides: PriceOverrides = {},
): number {
  const listed = own(control, item);
  const usd = own(overrides, item) ?? own(listed?.regions, region) ?? listed?.usd ?? 0;
  return (usd / (listed?.per ?? 1)) * units;
}

/** Only what the table itself holds, so that a region called `constructor` is unknown as well. */
function own<T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return table && Object.hasOwn(table, key) ? table[key] : undefined;
}

import { alarmName } from '../../shared/alarms/names.ts';
import type { Days, Hours } from '../../shared/stage/compiled.ts';
import { logicalId } from '../logical-id.ts';
import { alarmId, alarmsOf } from './alarms.ts';
import type { Machine } from './watched.ts';

/**
 * While work is done on a service the alarms of what it runs on tell nobody. They still change their states, and EventBridge still hears of it:
 * that nothing is recovered meanwhile is looked after by the recovery itself. `weekdays` here are Monday to Friday, also
 * where a holiday is one of them.
 *
 * @source https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html
 */
export function maintenance(stage: string, machine: Machine): Record<string, object> {
  const { name, services } = machine;
  const alarms = alarmsOf(machine);
  return Object.fromEntries(
    services
      .flatMap(([, { maintenance, timezone }]) => maintenance.map((hours) => ({ hours, timezone })))
      .map(({ hours, timezone }, index) => [
        `${logicalId(name)}Maintenance${index + 1}`,
        {
          Type: 'AWS::CloudWatch::AlarmMuteRule',
          DependsOn: alarms.map((alarm) => alarmId(name, alarm)),
          Properties: {
            Name: `lamplighter-${stage}-${name}-maintenance-${index + 1}`,
            Rule: {
              Schedule: { Expression: expression(hours), Duration: duration(hours), Timezone: timezone },
            },
            MuteTargets: { AlarmNames: alarms.map((alarm) => alarmName(stage, name, alarm)) },
          },
        },
      ]),
  );
}

function expression({ days, from }: Hours): string {
  return `cron(${Number(from.slice(3))} ${Number(from.slice(0, 2))} * * ${ofWeek(days)})`;
}

function ofWeek(days: Days): string {
  if (days === 'every-day') return '*';
  return days === 'weekdays' ? 'MON-FRI' : days.map((day) => day.toUpperCase()).join(',');
}

/** Until the next day where it does not end after it begins. */
function duration({ from, to }: Hours): string {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const long = minutes(to) - minutes(from);
  return `PT${long > 0 ? long : long + 1440}M`;
}

// What depends on the stage file. The framework loads JavaScript only; what it loads is TypeScript.
import { channels } from './channels.ts';
import { digests } from './digests.ts';
import { loadEstate } from './estate.ts';
import { frontDoor, frontDoorOutputs } from './front-door.ts';
import { guard } from './guard.ts';
import { health } from './health.ts';
import { pipelines } from './pipelines.ts';
import { queues } from './queues.ts';
import { schedules } from './schedules.ts';
import { signsOfLife } from './signs-of-life.ts';
import { watching } from './watching.ts';

/** `${file(resources/generated.js):estate}`: the stage file, read once, so that an error shows once. */
export const estate = async ({ options, resolveVariable }) => {
  const file = options['stage-file'] ?? (await resolveVariable('param:stageFile, null')) ?? undefined;
  return loadEstate(await resolveVariable('sls:stage'), file);
};

export const resources = async ({ resolveConfigurationProperty }) => {
  const compiled = await resolveConfigurationProperty(['custom', 'estate']);
  return {
    Resources: {
      ...schedules(compiled),
      ...channels(compiled),
      ...guard(compiled),
      ...health(compiled),
      ...signsOfLife(compiled),
      ...digests(compiled),
      ...queues(compiled),
      ...pipelines(compiled),
      ...watching({ services: {}, ...compiled }),
      ...frontDoor(compiled),
    },
    Outputs: frontDoorOutputs(compiled),
  };
};

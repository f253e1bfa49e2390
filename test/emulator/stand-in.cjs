// A stand-in for the SDK integrations of Step Functions: one function an integration, named after it. It makes the call
// with the state's parameters and names an error as Step Functions does, `Scheduler.ConflictException`. Deployed into
// the emulator by rig.ts; never a part of the service.
exports.handler = async (input) => {
  const [service, action] = process.env.AWS_LAMBDA_FUNCTION_NAME.split('-').slice(-2);
  const sdk = require(`@aws-sdk/client-${service}`);
  const name = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const Client = Object.entries(sdk).find(([key]) => key.toLowerCase() === `${service}client`)[1];
  try {
    return await new Client({}).send(new sdk[`${name(action)}Command`](input));
  } catch (error) {
    error.name = `${service === 'cloudformation' ? 'CloudFormation' : name(service)}.${error.name.replace(/(Exception)?$/, 'Exception')}`;
    throw error;
  }
};

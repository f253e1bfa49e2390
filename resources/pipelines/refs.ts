/** What a definition leaves open for CloudFormation, `${StateTable}`. */
const OPEN = /\$\{(\w+)\}/g;

/** Whose name is meant; of all others it is the ARN. */
const BY_NAME = ['ScheduleGroup', 'StateTable'];

export function ref(id: string): string {
  return `\${${id}}`;
}

/** What stands for a logical id in a template. */
export function inTemplate(id: string): object {
  return BY_NAME.includes(id) ? { Ref: id } : { 'Fn::GetAtt': [id, 'Arn'] };
}

/** The logical ids that a definition names, each once, in their order. */
export function openIn(definition: string): string[] {
  return [...new Set([...definition.matchAll(OPEN)].map(([, id = '']) => id))].sort();
}

/** The functions of ours that its states call. */
export function functionsIn(definition: string): string[] {
  const called = definition.matchAll(/"(?:Resource|FunctionName)":"\$\{(\w+)\}"/g);
  return [...new Set([...called].map(([, id = '']) => id))].sort();
}

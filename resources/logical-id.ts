/** A name of the stage file as a part of a logical id: `chat-app` is `ChatApp`. */
export function logicalId(name: string): string {
  return name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}

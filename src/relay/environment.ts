/** The one place of the relay that reads the environment: only for `{"env":"NAME"}` in the configuration. */
export function readEnvironment(name: string): string | undefined {
  return process.env[name];
}

/** Names of models. */

/** Whether a name is that of a repository; bundled models and folders have none with a slash. */
export function isRepository(name: string): boolean {
  return name.includes("/");
}

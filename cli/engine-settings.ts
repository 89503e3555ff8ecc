/** How Pulumi's engine works on a stack, in variables of its own. Measured in docs/bench/deploy.md. */
export const ENGINE_SETTINGS = {} as const satisfies Readonly<Record<string, string>>;

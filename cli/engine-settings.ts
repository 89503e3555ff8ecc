/**
 * How Pulumi's engine works on a stack, in variables of its own (docs/bench/deploy.md).
 *
 * A file backend rewrites the whole state twice for each object: once as a backup that nothing here reads. That leaving the backup out saves
 * time is assumed, not measured. Checkpoints themselves stay: without them (PULUMI_SKIP_CHECKPOINTS) the next `up` after a killed one takes over
 * what is still declared, but nothing would know of objects that are not declared any more.
 */
export const ENGINE_SETTINGS = { PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: 'true' } as const satisfies Readonly<
  Record<string, string>
>;

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

/**
 * How many of its operations Pulumi does at once, so that images are made in turns and not all together. A run is one until it has ended, and its
 * time is counted from when Pulumi made it: of fifty at once, most would spend it in pods that wait for a node. Pulumi's own number is of
 * the machine that it runs on, four for each processor, and says nothing of the cluster.
 *
 * The node of the embedded platform has what pods of four runs ask for, 500 thousandths of a core each, and the machine is busy with them.
 */
export const parallelIn = (environment: string): number => (environment === 'local' ? 4 : 16);

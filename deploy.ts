/** The Pulumi program: the objects that main.ts writes to dist/, applied to the cluster of the Pulumi stack's environment. */
import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { synthesizeEnvironment } from './stacks/synthesize-environment';
import { deployObjects } from './lib/deploy/adapter';
import { ATTEMPTS_VARIABLE, parseAttempts } from './lib/deploy/attempts';
import { Cluster } from './lib/deploy/cluster';
import { DeletedRuns } from './lib/deploy/deleted-runs';
import { type DeploymentOutputs, outputsOf } from './lib/deploy/outputs';
import { refusal } from './lib/deploy/refusal';
import { isRun } from './lib/deploy/run-outcome';
import { mustMatchServerSchemas } from './lib/deploy/server-schemas';
import { readSettings } from './lib/settings/settings';
import { FormerPaths } from './lib/synth/aliases';
import { isDefect } from './lib/synth/last-words';
import { SynthesisError } from './lib/synth/validation';
import { aliases } from './stacks/aliases';
import { problemsOfAllEnvironments } from './stacks/all-environments';

async function deploy(): Promise<DeploymentOutputs> {
  const environment = pulumi.getStack();
  const settings = readSettings(__dirname, environment);
  const problems = problemsOfAllEnvironments(__dirname);
  if (problems.length > 0) throw new SynthesisError(environment, problems);
  const { objects } = synthesizeEnvironment(environment, settings);
  const formerPaths = new FormerPaths(aliases);

  const cluster = await Cluster.connect(settings.kubeContext);
  await cluster.mustBelongTo(environment);
  await cluster.mustNotTakeOver(objects, formerPaths);
  const { opaqueKinds } = await mustMatchServerSchemas(objects, settings.kubeContext);
  if (opaqueKinds.length > 0)
    await pulumi.log.info(`this cluster has no schemas of ${opaqueKinds.join(', ')}: only their webhook checks what they say`);

  const provider = new k8s.Provider('cluster', {
    ...(settings.kubeContext !== undefined && { context: settings.kubeContext }),
    enableServerSideApply: true,
    enableConfigMapMutable: true,
    enableSecretMutable: true,
  });
  const namespaces = objects.flatMap(({ manifest }) => (isRun(manifest) ? (manifest.metadata.namespace ?? []) : []));
  const madeBefore = await cluster.madeBefore(new Set(namespaces));
  const deletedRuns = new DeletedRuns(cluster);
  const { runs } = deployObjects(objects, {
    provider,
    attempts: parseAttempts(process.env[ATTEMPTS_VARIABLE]),
    formerPaths,
    madeBefore,
    explain: (namespace, run) => cluster.explain(namespace, run),
    watchRun: (manifest) => deletedRuns.watch(manifest),
  });
  return outputsOf(objects, runs, settings.registry.host);
}

module.exports = async () => {
  try {
    return await deploy();
  } catch (error) {
    if (isDefect(error)) throw error;
    throw refusal((error as Error).message);
  }
};

import { Duration } from 'cdk8s';
/** A task, a pipeline and a run that use everything that lib/tekton has. */
import { ServiceAccount } from 'cdk8s-plus-27';
import { ConfigMapReference } from '../../lib/tekton/config-map-reference';
import { Pipeline } from '../../lib/tekton/pipeline';
import { PipelineRun } from '../../lib/tekton/pipeline-run';
import { SecretReference } from '../../lib/tekton/secret-reference';
import { Task } from '../../lib/tekton/task';
import type { Manifest } from '../../lib/synth/synthesized';
import { synthesize } from './synthesize';

const repo = { type: 'object', properties: { url: {}, commit: {} } } as const;

export function everything(): Manifest[] {
  return synthesize((chart) => {
    const push = SecretReference.of('kubernetes.io/dockerconfigjson', 'push');
    const token = SecretReference.opaque('forge', ['token']);
    const names = new ConfigMapReference('names', ['mirror']);
    const task = new Task(chart, 'checkout', {
      egress: [],
      description: 'Checks out.',
      params: { repo: { ...repo, description: 'What.' }, flags: { type: 'array', default: ['-v'] }, depth: { default: '1' } },
      results: ['digest', { name: 'tags', type: 'array' }, { name: 'repo', ...repo }],
      workspaces: ['config'],
      volumes: { work: { kind: 'scratch' }, credentials: push.volume({ '.dockerconfigjson': 'config.json' }) },
      env: ({ params }) => ({ DEPTH: params.depth }),
      steps: ({ params, results, workspaces }) => [
        {
          name: 'fetch',
          image: 'x:1',
          script: '#!/bin/sh\n',
          args: ['--', params.flags, params.repo.commit],
          env: { URL: params.repo.url, TOKEN: token.key('token'), MIRROR: names.key('mirror'), CONFIG: workspaces.config },
          mounts: { work: '/work' },
          resources: { cpu: 500, memory: 512 },
        },
        {
          name: 'push',
          image: 'x:1',
          script: '#!/bin/sh\n',
          env: { DIGEST: results.digest, TAGS: results.tags, REPO: results.repo },
          mounts: { work: '/work', credentials: '/credentials' },
          readOnly: ['credentials'],
          user: { root: ['CHOWN'] },
        },
      ],
    });
    const pipeline = new Pipeline(chart, 'twice', { description: 'Twice.', params: { repo }, workspaces: ['shared'] });
    const workspaces = { config: 'shared' } as const;
    const first = pipeline.addTask('first', task, { params: { repo: pipeline.params.repo }, workspaces });
    const { tags, repo: found } = first.results;
    const second = pipeline.addTask('second', task, { params: { repo: found, flags: tags }, workspaces });
    pipeline.addTask('third', task, {
      params: { repo: { url: pipeline.params.repo.url, commit: 'main' }, flags: ['-q'], depth: first.results.digest },
      workspaces,
      runAfter: [second],
      timeout: Duration.minutes(5),
    });
    pipeline.addResult('digest', second.results.digest, 'The digest.');
    pipeline.addResult('tags', second.results.tags, 'The tags.');
    pipeline.addResult('repo', second.results.repo, 'The repository.');
    const account = (name: string) => ServiceAccount.fromServiceAccountName(chart, name, name);
    new PipelineRun(chart, 'run', {
      pipeline,
      params: { repo: { url: 'https://example.org/x.git', commit: 'main' } },
      workspaces: { shared: { configMap: 'config', items: [{ key: 'a', path: 'b', mode: 0o555 }] } },
      serviceAccount: account('builder'),
      serviceAccounts: { third: account('other') },
      timeout: Duration.minutes(10),
      image: 'registry.test/x:1',
    });
  });
}

import { ServiceAccount } from 'cdk8s-plus-27';
import { Pipeline } from '../../lib/tekton/pipeline';
import { PipelineRun } from '../../lib/tekton/pipeline-run';
import { SecretReference } from '../../lib/tekton/secret-reference';
import { Task } from '../../lib/tekton/task';
import { synthesize } from './synthesize';

test('the example', () => {
  const objects = synthesize((chart) => {
    const forge = SecretReference.opaque('forge', ['token']);
    const clone = new Task(chart, 'clone', {
      egress: [],
      description: 'Clones a repository.',
      params: { repo: { type: 'object', properties: { url: {}, branch: {} } } },
      results: ['commit'],
      steps: ({ params: { repo }, results }) => [
        // Only this step has the token.
        {
          name: 'git',
          image: 'git:1',
          script: '#!/bin/sh\n',
          env: { URL: repo.url, TOKEN: forge.key('token'), OUT: results.commit },
        },
      ],
    });
    const deploy = Task.fromTaskName(chart, 'deploy', 'deploy', { params: { commit: {} } });
    const release = new Pipeline(chart, 'release', { description: 'Clones and deploys.', params: { url: {} } });
    const cloned = release.addTask('clone', clone, { params: { repo: { url: release.params.url, branch: 'main' } } });
    release.addTask('deploy', deploy, { params: { commit: cloned.results.commit } });
    const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'builder', 'builder');
    new PipelineRun(chart, 'first', { pipeline: release, params: { url: 'https://example.org/x.git' }, serviceAccount });
  });
  expect(objects.map(({ kind }) => kind)).toEqual(['Task', 'Pipeline', 'PipelineRun']);
});

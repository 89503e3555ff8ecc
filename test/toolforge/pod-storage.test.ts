import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart } from '../../lib/synth/chart';
import { Job, type JobRuns } from '../../lib/toolforge/job';
import { type MountsBy, type MountStorage, STORAGE, type ToolPodTemplate, withStorage } from '../../lib/toolforge/pod-storage';
import { toolOf } from '../../lib/toolforge/tool';
import { Webservice } from '../../lib/toolforge/webservice';
import { Yaml } from 'cdk8s';
import { admit } from './webhook';

const tool = toolOf('tools', { name: 'wikihistory', uid: 51234 });
const image = 'registry.example/toolforge-python311-sssd-web:latest';
const runs = {
  Job: { kind: 'one-off' },
  CronJob: { kind: 'scheduled', schedule: '0 3 * * *' },
  Deployment: { kind: 'continuous' },
} as const satisfies Record<string, JobRuns>;

function podOf(kind: 'Webservice' | keyof typeof runs, mount: MountStorage, mountsBy: MountsBy): ToolPodTemplate {
  const app = new EnvironmentApp('test');
  const chart = new EnvironmentChart(app, 'tools');
  if (kind === 'Webservice') new Webservice(chart, 'it', { tool, image, mountsBy, mount, type: 'uwsgi-python' });
  else new Job(chart, 'it', { tool, image, mountsBy, storage: { mount }, runs: runs[kind], command: './it' });
  const spec = app.synthesize().objects[0]?.manifest['spec'] as {
    template?: ToolPodTemplate;
    jobTemplate: { spec: { template: ToolPodTemplate } };
  };
  return spec.template ?? spec.jobTemplate.spec.template;
}

describe.each(['Webservice', 'Job', 'CronJob', 'Deployment'] as const)('the pod of a %s', (kind) => {
  test.each(['all', 'none'] as const)('with mount %s is declared as the webhook would make it', (mount) => {
    expect(podOf(kind, mount, 'declared')).toEqual(admit(tool.namespace, podOf(kind, mount, 'admission')));
  });
});

describe('the environment of a container, as the webhook leaves it', () => {
  const container = (fields: object): ToolPodTemplate =>
    withStorage(
      { metadata: { labels: {} }, spec: { containers: [{ workingDir: tool.home, ...fields }] } },
      { tool, mount: 'all', mountsBy: 'declared' },
    );
  const names = (template: ToolPodTemplate) => template.spec.containers[0].env?.map(({ name, value }) => `${name}=${value}`);

  test('a HOME of its own stays', () => {
    expect(names(container({ env: [{ name: 'HOME', value: '/x' }] }))).toEqual([
      'HOME=/x',
      'TOOL_DATA_DIR=/data/project/wikihistory',
    ]);
  });

  test('with NO_HOME there is none, and the image decides where it starts', () => {
    const template = container({ env: [{ name: 'NO_HOME', value: 'x' }] });
    expect(names(template)).toEqual(['NO_HOME=x', 'TOOL_DATA_DIR=/data/project/wikihistory']);
    expect(template.spec.containers[0]).not.toHaveProperty('workingDir');
  });

  test('without either, both variables name the home', () => {
    expect(names(container({}))).toEqual(['HOME=/data/project/wikihistory', 'TOOL_DATA_DIR=/data/project/wikihistory']);
    expect(container({}).spec.containers[0].workingDir).toBe(tool.home);
  });
});

test('what each kind of storage adds', () => {
  expect(`\n${Yaml.stringify(STORAGE)}`).toMatchSnapshot();
});

import { renderStatus, type StatusRow } from '../../../local/commands/render-status';

const rows: readonly StatusRow[] = [
  {
    component: 'kube-controller-manager',
    pid: 4194304,
    since: new Date('2026-11-26T01:04:08Z'),
    health: 'healthy',
    address: 'unix:///run/containerd/containerd.sock',
    log: '/logs/kube-controller-manager.log',
  },
  { component: 'tekton', pid: undefined, since: undefined, health: 'healthy', address: 'in pods', log: 'kubectl logs' },
];

test('what is healthy is a line, within 80 columns', () => {
  const lines = renderStatus(rows).split('\n');
  expect(lines).toEqual([
    'component                pid      since (UTC)  address',
    'kube-controller-manager  4194304  11-26 01:04  /run/containerd/containerd.sock',
    'tekton                   -        -            in pods',
    'All of it is healthy.',
  ]);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
});

test('what is not has its reason and its log below it', () => {
  const [first, second] = rows;
  const broken = [{ ...(first as StatusRow), health: 'it does not answer' }, second as StatusRow];
  expect(renderStatus(broken).split('\n').slice(1)).toEqual([
    'kube-controller-manager  4194304  11-26 01:04  /run/containerd/containerd.sock',
    '  not healthy: it does not answer',
    '  its log: /logs/kube-controller-manager.log',
    'tekton                   -        -            in pods',
    'Not healthy: 1 of 2.',
  ]);
});

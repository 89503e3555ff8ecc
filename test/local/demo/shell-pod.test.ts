import { shellPod } from '../../../local/demo/shell-pod';

const template = {
  metadata: { labels: { toolforge: 'tool', name: 'demo-two', 'app.kubernetes.io/component': 'web' } },
  spec: {
    securityContext: { runAsUser: 50002 },
    volumes: [{ name: 'home' }],
    containers: [
      {
        name: 'webservice',
        image: 'registry.local:5000/x:latest',
        command: ['/usr/bin/webservice-runner'],
        workingDir: '/data/project/demo-two/',
        env: [{ name: 'HOME', value: '/data/project/demo-two' }],
        ports: [{ containerPort: 8000 }],
        startupProbe: { tcpSocket: { port: 8000 } },
      },
    ],
  },
} as const;

test('a shell pod is the webservice pod with a login shell for the server, and nothing that asks or calls the server', () => {
  expect(shellPod({ template }, 'shell-1')).toEqual({
    apiVersion: 'v1',
    metadata: {
      labels: {
        toolforge: 'tool',
        // Another name than the tool's: the tool's Service must not send requests to a shell.
        name: 'shell-1',
        version: '2',
        'app.kubernetes.io/component': 'webservice-interactive',
      },
    },
    spec: {
      restartPolicy: 'Never',
      securityContext: { runAsUser: 50002 },
      volumes: [{ name: 'home' }],
      containers: [
        {
          name: 'webservice',
          image: 'registry.local:5000/x:latest',
          command: ['/bin/bash', '-il'],
          stdin: true,
          stdinOnce: true,
          workingDir: '/data/project/demo-two/',
          env: [{ name: 'HOME', value: '/data/project/demo-two' }],
        },
      ],
    },
  });
});

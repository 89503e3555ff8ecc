import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { literally } from '../synth/container-text';
import { wholeNumberFrom1 } from './job-resources';
import { securityOf } from './pod-security';
import { type MountsBy, type MountStorage, type ToolPodTemplate, withStorage } from './pod-storage';
import type { Tool } from './tool';
import { type IToolNamespace, toolBehind } from './tool-namespace';

/**
 * What webservice-runner is told by `--type`: the names that years of command lines and images agree on. Toolforge's `webservice` defines them,
 * this project does not: a server that is declared in languages/ adds none.
 */
export type RunnerType = 'generic' | 'lighttpd' | 'lighttpd-plain' | 'nodejs' | 'uwsgi-python';

const PORT = 8000;

/** What is served, for whom. */
export interface WebserviceProps {
  /** The tool, or its namespace, which is then made before. */
  readonly tool: Tool | IToolNamespace;
  readonly type: RunnerType;
  /** The image as pods are to name it: a public tag, which moves, such as `<registry>/toolforge-python311-sssd-web:latest`. */
  readonly image: string;
  readonly mountsBy: MountsBy;
  /** @default 'all' */
  readonly mount?: MountStorage;
  /** Arguments for the runner, after its own. @default none */
  readonly extraArguments?: readonly string[];
  /** @default 1 */
  readonly replicas?: number;
}

/**
 * What `webservice <type> start` makes for a tool: a Deployment and a Service of the tool's name in the tool's namespace.
 *
 * Without its annotation `toolforge.org/started-at`, because a declaration knows no clock, and without a route: gateways are the
 * cluster's. The security context is what Toolforge's policy engine puts into the pods of tools.
 *
 * @example
 * ```ts
 * new Webservice(this, 'webservice', { tool, type: 'uwsgi-python', image: image.public, mountsBy: 'admission' });
 * ```
 * Synthesis refuses a tool whose name no Service can have, and replicas that cannot be.
 *
 * @see facts of Toolforge: command, labels and resources of toolforge-webservice, security context of jobs-api
 */
export class Webservice extends Construct {
  /** The address inside the cluster. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: WebserviceProps) {
    super(scope, id);
    const tool = toolBehind(this, props.tool);
    const { name, namespace } = tool;
    const problems = webserviceProblems(name, props);
    this.node.addValidation({ validate: () => problems.map((each) => `${this.node.path}: ${each}`) });
    this.url = `http://${name}.${namespace}.svc:${PORT}/`;
    const labels = {
      'app.kubernetes.io/component': 'web',
      'app.kubernetes.io/managed-by': 'webservice',
      toolforge: 'tool',
      name,
    };
    const metadata = { name, namespace, labels };
    new ApiObject(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: { replicas: props.replicas ?? 1, selector: { matchLabels: labels }, template: podTemplate(tool, props, labels) },
    });
    new ApiObject(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: labels, ports: [{ name: 'http', port: PORT, targetPort: PORT, protocol: 'TCP' }] },
    });
  }
}

/** What types cannot see of a webservice. */
function webserviceProblems(name: string, { replicas = 1 }: WebserviceProps): string[] {
  // RFC 1035: Kubernetes wants it of Services, and not of namespaces.
  const isHost = /^[a-z]/.test(name);
  return [
    ...(isHost
      ? []
      : [
          `the tool '${name}' can have no webservice: its Service would have that name, which has to start with a letter. ` +
            'Serve it from a tool of another name',
        ]),
    ...wholeNumberFrom1('replicas', replicas),
  ];
}

function podTemplate(tool: Tool, props: WebserviceProps, labels: Readonly<Record<string, string>>): ToolPodTemplate {
  const { type, image, mountsBy, mount = 'all', extraArguments = [] } = props;
  const security = securityOf(tool);
  const template: ToolPodTemplate = {
    metadata: { labels },
    spec: {
      // A tool's credentials for the API are in its home.
      automountServiceAccountToken: false,
      securityContext: security.pod,
      containers: [
        {
          name: 'webservice',
          image,
          imagePullPolicy: 'Always',
          command: ['/usr/bin/webservice-runner', '--type', type, '--port', String(PORT), ...extraArguments.map(literally)],
          workingDir: `${tool.home}/`,
          ports: [{ name: 'http', containerPort: PORT, protocol: 'TCP' }],
          resources: { limits: { cpu: '500m', memory: '512Mi' }, requests: { cpu: '125m', memory: '256Mi' } },
          securityContext: security.container,
          // Two minutes: an application on NFS may take its time to be imported.
          startupProbe: { tcpSocket: { port: PORT }, periodSeconds: 1, failureThreshold: 120, timeoutSeconds: 5 },
        },
      ],
    },
  };
  return withStorage(template, { tool, mount, mountsBy });
}

/** What jobs-api gives where nothing is said, and from where on it requests half of a limit. */
const DEFAULTS = { memory: 512, cpu: 1000, requestedCpu: 100, halfFromCpu: 500 } as const;

interface JobLimits {
  /** Mi. */
  readonly memory?: number;
  /** Thousandths of a core. */
  readonly cpu?: number;
}

/**
 * Requests and limits of a job's container: half of the limit is requested, all of a limit below the default.
 *
 * @see facts of Toolforge, B.7; the halves are those of toolforge-webservice (B.5), which jobs-api took over
 */
export function jobResources({ memory = DEFAULTS.memory, cpu }: JobLimits): object {
  const half = (value: number, from: number): number => (value < from ? value : Math.floor(value / 2));
  const requestedCpu = cpu === undefined ? DEFAULTS.requestedCpu : half(cpu, DEFAULTS.halfFromCpu);
  return {
    limits: { cpu: `${cpu ?? DEFAULTS.cpu}m`, memory: `${memory}Mi` },
    requests: { cpu: `${requestedCpu}m`, memory: `${half(memory, DEFAULTS.memory)}Mi` },
  };
}

/** What is wrong with the limits of a job: each is a whole number, of its own unit. */
export function limitProblems({ memory = DEFAULTS.memory, cpu = DEFAULTS.cpu }: JobLimits): string[] {
  return (
    [
      ['memory', memory, 'Mi'],
      ['cpu', cpu, 'thousandths of a core'],
    ] as const
  ).flatMap(([name, value, unit]) => wholeNumberFrom1(name, value, ` of ${unit}`));
}

/** What is wrong with a count. */
export function wholeNumberFrom1(name: string, value: number, unit = ''): string[] {
  return Number.isInteger(value) && value >= 1 ? [] : [`${name} is ${value}: expected is a whole number${unit} from 1 on`];
}

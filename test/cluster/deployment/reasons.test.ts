/** Runs that fail for what is around them, each in a way of its own: `up` says which step, why, and what to do. */
import { Checkout, kubectl, until } from '../checkout';
import { killPodsOf } from '../pod-processes';
import { declareSteps } from './steps';

const checkout = new Checkout('test-reasons');
const inNamespace = ['-n', checkout.namespace] as const;
afterAll(() => {
  checkout.discard();
});

const failure = async (run: string): Promise<string> => {
  const { code, output } = await checkout.csb('up');
  expect(`${code} ${output}`).toMatch(/^1 /);
  expect(output).toMatch(new RegExp(`run ${run}-[0-9a-f]{10}-1 did not succeed: `));
  expect(output).not.toMatch(/^\s+at /m);
  return output;
};
const asked = (...args: readonly string[]): string[] => {
  try {
    return kubectl('get', ...args, ...inNamespace)
      .trim()
      .split(/\s+/);
  } catch {
    return []; // the namespace is not there yet
  }
};

/** Waits until the step of a run runs; the run. */
async function runs(name: string, attempt = 1): Promise<string> {
  let run: string | undefined;
  await until(
    'its pod runs',
    () => {
      run = asked('pipelineruns', '-o', 'name').find((each) => each.includes(`/${name}-`) && each.endsWith(`-${attempt}`));
      const pods = ['-l', `tekton.dev/pipelineRun=${run?.split('/')[1] ?? 'none'}`, '-o', 'jsonpath={.items[*].status.phase}'];
      return run !== undefined && asked('pods', ...pods).includes('Running');
    },
    120,
  );
  return run ?? '';
}

describe('several that fail in one up', () => {
  let output: string;
  /** What is said of one of them, up to what is said of the next. */
  const said = (run: string): string =>
    new RegExp(`run ${run}-[0-9a-f]{10}-1 did not succeed: (?:(?!did not succeed)[^])*`).exec(output)?.[0] ?? '';
  beforeAll(async () => {
    // Four are what `local` has at once (cli/engine-settings.ts): all have begun before the first fails, after which Pulumi begins nothing.
    declareSteps(checkout, {
      memory: { script: 'echo begun; sleep 10; a=x; while true; do a=$a$a; done', memory: 32 },
      // The kubelet looks at volumes once a minute, and later on a busy machine.
      volume: { script: 'head --bytes=8M /dev/zero >/scratch/file; sleep 290', sizeLimit: 1, seconds: 300 },
      image: { script: 'true', image: 'registry.local:5000/platform/no-such-image:1' },
      time: { script: 'echo waiting; sleep 90', seconds: 40 },
    });
    output = await failure('memory');
  });

  test('memory', () => {
    expect(said('memory')).toMatch(/step 'try' of task 'only' ran out of memory at its limit of 32Mi \(OOMKilled\)/);
    expect(said('memory')).toContain('Give the step more `memory`');
  });

  test('a volume beyond its limit', () => {
    expect(said('volume')).toMatch(/step 'try' of task 'only' filled the volume 'scratch' beyond its limit of 1Mi/);
  });

  test('an image that does not exist', () => {
    expect(said('image')).toContain(
      "The image of step 'try' of task 'only' cannot be pulled: registry.local:5000/platform/no-such-image:1",
    );
  });

  test('time', () => {
    expect(said('time')).toMatch(/It timed out after 40s, during step 'try' of task 'only'\./);
  });
});

test('a step that fails: its last lines and its exit code, each time until something changes', async () => {
  declareSteps(checkout, { broken: { script: 'echo "what it said"; exit 3' } });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const output = await failure('broken');
    expect(output).toMatch(/run broken-[0-9a-f]{10}-1 did not succeed: Failed/);
    expect(output).toMatch(/step 'try' of task '\S+' exited with 3\.\s+Its last lines:/);
    expect(output).toMatch(/\| what it said/);
    expect(output).toMatch(/npm run csb -- retry broken-[0-9a-f]{10}-1/);
  }
  declareSteps(checkout, { broken: { script: 'true' } });
  expect((await checkout.csb('up')).code).toBe(0);
});

test('kill -9 of all that runs in its pod, twice: each time the next up makes it again by itself', async () => {
  declareSteps(checkout, { killed: { script: 'echo waiting; sleep 15' } });
  const again =
    /(killed-[0-9a-f]{10}-\d) was ended from outside, and is to be made again: step 'try' of task 'only' exited with 137/;
  const killed = async (attempt: number): Promise<string> => {
    const up = checkout.csb('up');
    const run = (await runs('killed', attempt)).split('/')[1] ?? '';
    killPodsOf(run, checkout.namespace);
    const { code, output } = await up;
    expect(`${code} ${output}`).toMatch(/^1 [^]*step 'try' of task 'only' exited with 137\. That is SIGKILL/);
    expect(output).toContain('What ended it may be over: the next `up` makes it again.');
    return output;
  };
  expect(again.exec(await killed(1))).toBeNull();
  expect(again.exec(await killed(2))?.[1]).toMatch(/-1$/);
  const { code, output } = await checkout.csb('up');
  expect(`${code} ${output}`).toMatch(/^0 /);
  expect(again.exec(output)?.[1]).toMatch(/-2$/);
  // What failed goes when all is well.
  expect(asked('pipelineruns', '-o', 'name').filter((each) => each.includes('/killed-'))).toEqual([expect.stringMatching(/-3$/)]);
  expect((await checkout.csb('up')).output).toContain('Nothing changed.');
});

test('somebody who cancels it', async () => {
  declareSteps(checkout, { cancelled: { script: 'echo waiting; sleep 100' } });
  const failing = failure('cancelled');
  const run = await runs('cancelled');
  kubectl('patch', run, ...inNamespace, '--type=merge', '-p', '{"spec":{"status":"Cancelled"}}');
  expect(await failing).toMatch(/It was cancelled \(spec\.status: Cancelled\) by kubectl-patch at .*, during step 'try'/);
});

test('somebody who deletes it: up ends and says so, the next one is not held up, and the next attempt is made', async () => {
  declareSteps(checkout, { deleted: { script: 'echo waiting; sleep 10', seconds: 600 } });
  const failing = failure('deleted');
  const run = await runs('deleted');
  kubectl('delete', run, ...inNamespace);
  expect(await failing).toContain('Somebody deleted it while its end was waited for.');
  expect(await failure('deleted')).toContain('Somebody deleted it while its end was waited for.');
  const { code, output } = await checkout.csb('retry', run.split('/')[1] ?? '');
  expect(`${code} ${output}`).toMatch(/^0 /);
});

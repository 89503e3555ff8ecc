/** A stack on an image that somebody else makes, named by its digest: locked, built in it, and what it has runs. */
import { Checkout, digestOf, kubectl } from '../checkout';
import { outputOfPod } from '../pod-output';

const checkout = new Checkout('test-image-base', ['ca-certificates', 'libnss-sss', 'locales-all']);
const POD = 'what-it-has';

afterAll(() => {
  checkout.discard();
});

/** What somebody else makes is, here, the base that this repository makes. */
async function byDigest(): Promise<string> {
  const image = checkout.image();
  return `${image.replace(/:[^:/]+$/, '')}@${(await digestOf(image)) ?? 'nothing'}`;
}

beforeAll(async () => {
  const image = await byDigest();
  expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
  checkout.edit('stacks/environment.ts', (text) =>
    text
      .replace('import type { Settings }', "import { Stack } from '../lib/buildpacks/stack/stack';\nimport type { Settings }")
      .replace(/ {2}new Base\([^]*?\n {2}\}\);\n/, () => declaration(image)),
  );
});

const declaration = (image: string): string => `  const base = new Base(chart, 'base', {
    kind: 'image',
    suite: 'bookworm',
    packages: ['ca-certificates', 'libnss-sss', 'locales-all'],
    image: '${image}',
    pipelines: platform.builds,
  });
  new Stack(chart, 'on-an-image', { extends: base, packages: { run: ['hello'] }, lock: readLock('on-an-image') });
`;

test('without a lock, up says what to do, and changes nothing', async () => {
  const { code, output } = await checkout.csb('up');
  expect(output).toMatch(/bookworm\/on-an-image .*: it has never been locked; run `npm run csb -- lock on-an-image`/);
  expect(code).toBe(1);
  expect(() => kubectl('get', 'namespace', checkout.namespace)).toThrow('NotFound');
});

test('a lock has what is beyond the image, and nothing of it', async () => {
  // The pod that asks the mirror is in the namespace of builds, which `up` has not made yet.
  kubectl('create', 'namespace', checkout.namespace);
  try {
    expect(await checkout.csb('lock')).toMatchObject({ code: 0 });
  } finally {
    kubectl('delete', 'namespace', checkout.namespace);
  }
  const lock = JSON.parse(checkout.read('stacks/locks/on-an-image.json')) as { base?: object; run: object };
  expect(Object.keys(lock)).not.toContain('base');
  expect(Object.keys(lock.run)).toEqual(['hello']);
});

test('the run image is made in that digest, and its program runs as any UID', async () => {
  const { code, output } = await checkout.csb('up');
  expect(output).toMatch(/on-an-image-run/);
  expect(code).toBe(0);
  const [, reference = ''] = /(registry\.local:5000\/platform\/on-an-image-run:c-[0-9a-f]{16})/.exec(output) ?? [];
  const security = { runAsUser: 50001, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  const container = { name: POD, image: reference, command: ['hello'], securityContext: security };
  const spec = { automountServiceAccountToken: false, containers: [container] };
  expect(outputOfPod({ name: POD, namespace: checkout.namespace, spec })).toContain('Hello, world!');
});

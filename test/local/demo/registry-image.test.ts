import { endTables } from '../../../local/demo/end-table';
import { contractOf, describeImage, digestOfTag } from '../../../local/demo/registry-image';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const IMAGE = 'registry.local:5000/toolforge-x:latest';

/** What the registry answers, by the path below /v2/. */
let answers: Readonly<Record<string, { readonly body: unknown; readonly digest?: string }>> = {};

beforeEach(() => {
  jest.spyOn(globalThis, 'fetch').mockImplementation((url) => {
    const answer = answers[new URL(url).pathname.slice('/v2/'.length)];
    if (answer === undefined) return Promise.resolve(new Response('', { status: 404 }));
    const headers = answer.digest === undefined ? {} : { 'docker-content-digest': answer.digest };
    return Promise.resolve(new Response(JSON.stringify(answer.body), { headers }));
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const image = {
  'toolforge-x/manifests/latest': { body: { config: {}, layers: [{ size: 1_400_000 }, { size: 2_000_000 }] }, digest: DIGEST },
};
const attested = (labels: object) => ({
  ...image,
  [`toolforge-x/manifests/sha256-${'a'.repeat(64)}.contract-local`]: { body: { config: { digest: 'sha256:c' }, layers: [] } },
  'toolforge-x/blobs/sha256:c': { body: { config: { Labels: labels } } },
});

test('an image is its digest, and its layers as they are pulled', async () => {
  answers = image;
  expect(await describeImage(IMAGE)).toEqual({ digest: DIGEST, layers: 2, megabytes: 3 });
  expect(await digestOfTag('registry.local:5000/toolforge-y:latest')).toBeUndefined();
});

test('the contract stands beside the image', async () => {
  const label = 'org.toolforge.image-contract';
  answers = attested({ [`${label}.passed`]: '27', [`${label}.failed`]: '0', [`${label}.not-applicable`]: '1' });
  expect(await contractOf(IMAGE)).toEqual({ passed: 27, failed: 0, notApplicable: 1 });
  answers = attested({
    ...{ [`${label}.passed`]: '2', [`${label}.by-canary`]: '25', [`${label}.failed`]: '0', [`${label}.not-applicable`]: '1' },
  });
  expect(await contractOf(IMAGE)).toEqual({ passed: 27, failed: 0, notApplicable: 1 });
});

test.each([
  ['no attestation', image],
  ['an attestation that says nothing', attested({})],
  ['no image', {}],
])('%s is no contract', async (_, given) => {
  answers = given;
  expect(await contractOf(IMAGE)).toBeUndefined();
});

test('npm start ends with what is declared, whatever else the registry has', async () => {
  answers = { ...image, 'toolforge-y/manifests/latest': image['toolforge-x/manifests/latest'] };
  const lines = (await endTables([IMAGE, IMAGE.replace('-x:', '-z:')], []))?.split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^toolforge-x +[0-9a-f]{12} /),
    expect.stringMatching(/^toolforge-z +- +not there/),
  ]);
});

test('another registry is not asked', async () => {
  await expect(digestOfTag('elsewhere.example/x:latest')).rejects.toThrow('expected registry.local:5000/<repository>:<tag>');
});

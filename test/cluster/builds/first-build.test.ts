/** One build, all the way: declaration, Pulumi, Tekton, registry, and back again. */
import { Checkout, digestOf, forget, kubectl } from '../checkout';

const checkout = new Checkout('test-first-build', ['openssl']);
const image = checkout.image();
const runs = (): string => kubectl('get', 'pipelineruns', '-n', checkout.namespace, '-o', 'name').trim();

beforeAll(() => forget(image));
afterAll(() => {
  checkout.discard();
});

test('preview names the run and changes nothing', async () => {
  const { code, output } = await checkout.csb('preview');
  expect(output).toMatch(/PipelineRun bookworm\/base\/image#[0-9a-f]{10} create/);
  expect(code).toBe(0);
  expect(() => kubectl('get', 'namespace', checkout.namespace)).toThrow('NotFound');
});

test('up waits for the build and prints what it made, by digest', async () => {
  const { code, output } = await checkout.csb('up');
  const digest = await digestOf(image);
  expect(digest).toMatch(/^sha256:/);
  expect(output).toContain(image);
  expect(output).toContain(digest);
  expect(output).toMatch(/ succeeded: built in \d/);
  expect(code).toBe(0);
});

test('a second up changes nothing and says so', async () => {
  const { code, output } = await checkout.csb('up');
  expect(output).toContain('Nothing changed.');
  expect(code).toBe(0);
});

test('a run that was deleted is made again without building again', async () => {
  const digest = await digestOf(image);
  kubectl('delete', '-n', checkout.namespace, runs());
  expect((await checkout.pulumi('refresh', '--yes', '--skip-preview')).code).toBe(0);
  const { code, output } = await checkout.csb('up');
  expect(output).toMatch(/ succeeded: found in \d/);
  expect(code).toBe(0);
  expect(await digestOf(image)).toBe(digest);
});

test('a retry is another attempt of the same run: it builds, byte for byte, what the registry has lost; the next up keeps it', async () => {
  const digest = await digestOf(image);
  await forget(image);
  const first = runs().split('/')[1] ?? '';
  const { code, output } = await checkout.csb('retry', first);
  expect(output).toMatch(/ succeeded: built in \d/);
  expect(code).toBe(0);
  expect(await digestOf(image)).toBe(digest);
  const second = first.replace(/-1$/, '-2');
  expect(runs()).toBe(`pipelinerun.tekton.dev/${second}`);
  expect((await checkout.csb('up')).output).toContain('Nothing changed.');
  expect(runs()).toBe(`pipelinerun.tekton.dev/${second}`);
});

test('a run that does not exist is answered with those that do', async () => {
  const { code, output } = await checkout.csb('retry', 'nothing');
  expect(output).toMatch(/'local' has no run 'nothing'. It has: bookworm-base-[0-9a-f]{10}-2/);
  expect(code).toBe(1);
});

test("destroy leaves nothing but the registry's content", async () => {
  const { code } = await checkout.csb('destroy');
  expect(code).toBe(0);
  expect(() => kubectl('get', 'namespace', checkout.namespace)).toThrow('NotFound');
  expect(await digestOf(image)).toMatch(/^sha256:/);
});

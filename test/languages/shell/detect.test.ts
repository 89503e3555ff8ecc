import { Buildpack, descriptorOf, partsOfWeb } from './buildpack';

const bringers = ['python', 'uwsgi', 'webservice-runner', 'webservice-python-bootstrap'];

const detect = (name: string, descriptor: string | undefined): ReturnType<Buildpack['detect']> =>
  new Buildpack(name).describe(descriptor).detect();

function expectRefusal(name: string, descriptor: string, message: string): void {
  const { code, plan, stderr } = detect(name, descriptor);
  expect(stderr).toContain(message);
  expect({ code, plan }).toEqual({ code: 1, plan: '' });
}

describe.each([...bringers, 'platform-image'])('%s', (name) => {
  test('is not for an application without a descriptor', () => {
    expect(detect(name, undefined)).toMatchObject({ code: 100, plan: '', stderr: '' });
  });

  test('refuses a wrong descriptor', () => {
    expect(detect(name, descriptorOf({}))).toMatchObject({ code: 1, plan: '' });
  });
});

/** What every buildpack holds a descriptor to. */
describe('a descriptor', () => {
  const name = 'platform-image';

  test.each([
    ['nothing', '', 'expected one JSON document, got 0'],
    ['two documents', `${descriptorOf(partsOfWeb)}${descriptorOf(partsOfWeb)}`, 'expected one JSON document, got 2'],
    ['no JSON', 'name = "python311"', 'not a readable JSON file'],
    ['an array', '[]', 'the descriptor: expected an object, got []'],
    ['an unknown key', '{"format":1,"name":"a","parts":{"python":{"version":"3.11"}},"env":{}}', 'unknown key "env"'],
    ['no format', '{"name":"a","parts":{"python":{"version":"3.11"}}}', 'format: expected 1, got null'],
    ['another format', '{"format":2,"name":"a","parts":{"python":{"version":"3.11"}}}', 'format: expected 1, got 2'],
    ['no name', '{"format":1,"parts":{"python":{"version":"3.11"}}}', 'name: expected a string that matches'],
    ['a name with a line break', '{"format":1,"name":"a\\n","parts":{"python":{"version":"3.11"}}}', 'name: expected a string'],
    ['a name in capitals', '{"format":1,"name":"Python","parts":{"python":{"version":"3.11"}}}', 'got "Python"'],
    ['no parts', '{"format":1,"name":"a"}', 'parts: expected an object, got null'],
    ['empty parts', descriptorOf({}), 'parts: expected at least one'],
    ['a part that is no object', descriptorOf({ python: '3.11' }), 'parts.python: expected an object, got "3.11"'],
  ])('with %s is refused, and why is said', (_, descriptor, message) => {
    expectRefusal(name, descriptor, message);
  });

  test('is told all its problems at once', () => {
    const { stderr } = detect(name, '{"format":2,"name":"","parts":{"uwsgi":1}}');
    expect(stderr.trim().split('\n')).toHaveLength(4);
  });
});

describe('a part is held to its words by the buildpack that brings it:', () => {
  test.each([
    ['python', 'an unknown option', { python: { version: '3.11', minor: 1 } }, 'parts.python: unknown key "minor"'],
    ['python', 'a missing option', { python: {} }, 'parts.python.version: expected a string'],
    ['python', 'a version that is a number', { python: { version: 3.11 } }, 'got 3.11'],
    ['python', 'a whole version', { python: { version: '3.11.2' } }, 'got "3.11.2"'],
    ['webservice-runner', 'an unknown type', { 'webservice-runner': { type: 'js' } }, 'parts.webservice-runner.type: expected'],
    ['uwsgi', 'no python', { uwsgi: {} }, 'parts.uwsgi: needs the part "python"'],
    ['webservice-python-bootstrap', 'no python', { 'webservice-python-bootstrap': {} }, 'needs the part "python"'],
    [
      'webservice-runner',
      'a runner for python without uwsgi',
      { python: { version: '3.11' }, 'webservice-runner': { type: 'python' } },
      'parts.webservice-runner: needs the part "uwsgi"',
    ],
  ])('%s refuses %s', (name, _, parts, message) => {
    expectRefusal(name, descriptorOf(parts), message);
  });

  test("another part's words are not its business", () => {
    expect(detect('uwsgi', descriptorOf({ python: { version: 'new' }, uwsgi: {} })).code).toBe(0);
  });
});

test('a part that no buildpack knows is required all the same, so that no group with platform-image passes', () => {
  expect(detect('platform-image', descriptorOf({ pythn: {} }))).toMatchObject({
    code: 0,
    plan: '[[requires]]\nname = "pythn"\n\n',
  });
});

test.each(bringers)('%s provides and requires its own part', (name) => {
  expect(detect(name, descriptorOf(partsOfWeb))).toMatchObject({
    code: 0,
    stderr: '',
    plan: `[[provides]]\nname = "${name}"\n\n[[requires]]\nname = "${name}"\n`,
  });
});

test('a part that is not wanted is not brought', () => {
  const generic = descriptorOf({ 'webservice-runner': { type: 'generic' } });
  expect(bringers.map((name) => detect(name, generic).code)).toEqual([100, 100, 0, 100]);
});

test('platform-image requires every part that is wanted: a part dropped from the group fails the group', () => {
  const { code, plan } = detect('platform-image', descriptorOf(partsOfWeb));
  expect(code).toBe(0);
  expect([...plan.matchAll(/\[\[requires\]\]\nname = "(.*)"/g)].map(([, part]) => part)).toEqual([...bringers].sort());
  expect(plan).not.toContain('provides');
});

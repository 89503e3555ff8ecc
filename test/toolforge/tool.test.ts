import { toolOf } from '../../lib/toolforge/tool';

const tool = toolOf('tools', { name: 'wikihistory', uid: 51234 });

describe('toolOf', () => {
  test('a tool has one account, home and namespace by its name', () => {
    expect(tool).toEqual({
      name: 'wikihistory',
      uid: 51234,
      account: 'tools.wikihistory',
      home: '/data/project/wikihistory',
      namespace: 'tool-wikihistory',
    });
  });

  test('the account has the project in front', () => {
    expect(toolOf('toolsbeta', { name: 'test', uid: 50000 }).account).toBe('toolsbeta.test');
  });

  test.each([0, 1000, 49999, 50000.5, Number.NaN, 2147483648])('UID %p is none of a tool', (uid) => {
    expect(() => toolOf('tools', { name: 'x', uid })).toThrow(
      `tool 'x' has the UID ${uid}, but tools have whole numbers from 50000 to 2147483647`,
    );
  });

  test.each(['', 'A', '-a', 'a_b', 'a'.repeat(59)])("'%s' makes no namespace", (name) => {
    expect(() => toolOf('tools', { name, uid: 50001 })).toThrow('DNS label of at most 63 characters');
  });
});

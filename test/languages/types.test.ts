/** What must not compile. `npm test` type-checks this file: an @ts-expect-error without an error fails it. */
import type { Distro } from '../../languages/distro';
import { Family } from '../../languages/family';
import { defineLanguage } from '../../languages/language';
import { pythonContract } from '../../languages/python/contract/contract';
import { python } from '../../languages/python/language';
import { pythonPart } from '../../languages/python/part';
import { uwsgiServer } from '../../languages/uwsgi/server';
import { webserviceRunner } from '../../languages/webservice-runner/part';
import { definePart } from '../../lib/images/part';
import { servedLua } from '../toolforge/lua/contract';
import { buildpack, house } from '../buildpacks/house';

test('wrong languages, parts and families do not compile', () => {
  const mustNotCompile = (): void => {
    // @ts-expect-error a version that the language cannot have
    python.at('2.7');
    // @ts-expect-error a version is a text
    python.at(3.11);
    // @ts-expect-error a type of server that the runner was not given
    webserviceRunner([]).with({ type: 'python' });
    // @ts-expect-error another one
    webserviceRunner([uwsgiServer]).with({ type: 'lighttpd' });
    // @ts-expect-error a language without what is tried of it
    defineLanguage({ part: pythonPart });
    // @ts-expect-error a server among what is tried: it stands beside it
    defineLanguage({ part: pythonPart, contract: servedLua });
    const keeps = { ...pythonContract, server: uwsgiServer.contract };
    // @ts-expect-error the same without a name
    defineLanguage({ part: pythonPart, contract: keeps });
    const layer = { name: 'x', kind: 'layer', buildpack: buildpack('x') } as const;
    // @ts-expect-error a part whose version nobody can choose
    defineLanguage({ part: definePart({ ...layer, options: {} }), contract: pythonContract });
    // @ts-expect-error an option without what it has to match
    definePart<{ readonly version: string }>({ ...layer, options: {} });
    // @ts-expect-error a part in the stack without packages
    definePart({ name: 'x', kind: 'stack', options: {} });
    // @ts-expect-error a need of a part by its name
    definePart({ ...layer, options: {}, needs: ['python'] });
    const on = undefined as unknown as Distro;
    const { app } = house();
    // @ts-expect-error a language in no version
    new Family(app, 'a', { on, language: python });
    // @ts-expect-error an image that no family has
    new Family(app, 'b', { on, language: python.at('3.11'), images: ['build'] });
  };
  expect(mustNotCompile).toBeInstanceOf(Function);
});

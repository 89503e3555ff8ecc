import { parseDistFile } from '../../lib/diff/described-object';

test('the path is the first comment of a document; headers and waivers are not', () => {
  const text = `# Synthesized. Do not edit.
# Source: stacks/demo.ts
---
# demo/one
# waived non-root: it has a reason
apiVersion: v1
kind: ConfigMap
metadata:
  name: one
data:
  script: |-
    # not/a/path
    ---
    end
---
# demo/two/service
apiVersion: v1
kind: Service
metadata:
  name: two
`;
  const objects = parseDistFile('dist/local/demo.yaml', text);
  expect(objects.map(({ chart, path, manifest }) => [chart, path, manifest.kind])).toEqual([
    ['demo', 'demo/one', 'ConfigMap'],
    ['demo', 'demo/two/service', 'Service'],
  ]);
  expect(objects[0]?.manifest['data']).toEqual({ script: '# not/a/path\n---\nend' });
});

test('a document without its path', () => {
  expect(() => parseDistFile('dist/local/demo.yaml', '---\napiVersion: v1\nkind: Service\n')).toThrow(
    "dist/local/demo.yaml: a document starts without '# <construct path>'; make dist/ again with: npm run synth",
  );
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderParity } from '../../../cli/parity';
import { PlatformImage } from '../../../lib/images/platform-image';
import { readSettings } from '../../../lib/settings/settings';
import { absent, absentCommands } from '../../../stacks/absent';
import { declareEnvironment } from '../../../stacks/environment';
import { isCurrent } from '../../../stacks/legacy/catalogue';
import { type Absences, commandProblems, parityOf, parityProblems } from '../../../stacks/legacy/parity';

// What talks to Pulumi, which is not what these tests are about, and whose packages jest cannot read.
jest.mock('../../../cli/pulumi-stack', () => ({ ROOT: `${__dirname}/../../..` }));

const root = join(__dirname, '../../..');
const images = PlatformImage.allOf(declareEnvironment('local', { ...readSettings(root, 'local'), families: ['all'] }));
const parities = images.flatMap((image) => (isCurrent(image.name) ? [parityOf(image.name, image, absent)] : []));
const web = images.find(({ name }) => name === 'python311-sssd-web');
if (web === undefined) throw new Error('python311-sssd-web is not declared');

test('no image lacks a package of the legacy one without a reason, and no reason is idle', () => {
  expect(parities.flatMap((parity) => parityProblems(parity, absent))).toEqual([]);
});

test('the page of each image is committed as it would be written now', () => {
  expect(parities).toHaveLength(47);
  const stale = parities.filter(
    (parity) => readFileSync(join(root, 'docs/parity', `${parity.name}.md`), 'utf8') !== renderParity(parity, absentCommands),
  );
  expect(stale.map(({ name }) => `docs/parity/${name}.md is stale: npm run csb -- parity`)).toEqual([]);
});

test('of the commands that were compared none is absent without a reason, and no reason is idle', () => {
  expect(commandProblems(parities, absentCommands)).toEqual([]);
});

test('a command that is absent has a reason on the page, or is a problem; so is a reason that none lacks', () => {
  const lacking = { ...parityOf('python311-sssd-web', web, {}), commands: { legacy: 3, absent: ['uwsgi-core'] } };
  expect(commandProblems([lacking], {})).toEqual([
    "'python311-sssd-web' lacks the command 'uwsgi-core' of the legacy image; say why in stacks/absent.ts",
  ]);
  expect(commandProblems([lacking], { 'uwsgi-core': 'it is uwsgi here', sl: 'no trains' })).toEqual([
    "stacks/absent.ts says why the command 'sl' is absent, and no image lacks it; remove that",
  ]);
  const page = renderParity(lacking, { 'uwsgi-core': 'it is uwsgi here' });
  expect(page).toContain('Of the 3 commands in the PATH of the legacy image, made as it is defined: 2 there, 1 absent.');
  expect(page).toMatch(/\| uwsgi-core +\| it is uwsgi here +\|/);
});

test('a package is there with its version, or replaced by a part', () => {
  const { packages } = parityOf('python311-sssd-web', web, {});
  const of = (name: string) => packages.find((each) => each.package === name);
  expect(of('curl')).toMatchObject({ is: 'there', version: expect.stringMatching(/^7\.88/) as string });
  expect(of('locales-all')).toMatchObject({ is: 'there' });
  expect(of('python3-venv')).toEqual({ package: 'python3-venv', is: 'replaced', by: 'python 3.11' });
  expect(of('uwsgi')).toEqual({ package: 'uwsgi', is: 'replaced', by: 'uwsgi' });
});

test('what is absent has a reason, or is a problem; a reason for what is there is one as well', () => {
  const other = parityOf('tcl86-sssd-web', web, {});
  expect(parityProblems(other, {})).toContain(
    "'tcl86-sssd-web' lacks the package 'tcllib' of the legacy image; add it to the packages of its family, or say why in stacks/absent.ts",
  );
  const reasons: Absences = { 'tcl86-sssd-web': { tcllib: 'nobody used it', curl: 'nobody used it' } };
  const reasoned = parityOf('tcl86-sssd-web', web, reasons);
  const problems = parityProblems(reasoned, reasons);
  expect(problems.filter((each) => each.includes("'tcllib'"))).toEqual([]);
  expect(problems).toContain("stacks/absent.ts says why 'tcl86-sssd-web' lacks 'curl', and it does not; remove that");
  expect(renderParity(reasoned, {})).toMatch(/\| tcllib +\| absent: nobody used it +\|/);
});

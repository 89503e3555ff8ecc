/** The table of the drop-in proof: what test/cluster/tools/served.test.ts tries where an environment declares the family. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { knownFamilies } from '../../../stacks/families';
import { isCurrent, legacyDefinition, legacyPackages } from '../../../stacks/legacy/catalogue';
import { ROWS } from '../../cluster/tools/served/rows';

/** Of the legacy image's packages what a home needs, under its own name: the rest of them is for programs with windows. */
const PART_OF: Readonly<Record<string, string>> = {
  'openjdk-17-jdk-headless': 'openjdk-17-jdk',
  'openjdk-21-jdk-headless': 'openjdk-21-jdk',
};

/** Families for webservices that have none. */
const WITHOUT_HOME: Readonly<Record<string, string>> = {
  python311: 'the demo tools are its proof',
  node16: 'the legacy one is of Wikimedia, and Debian 11 has Node 12',
};

test('every family with an image for webservices has a home, or a reason', () => {
  const serving = knownFamilies
    .map(({ name }) => name)
    .filter((each) => isCurrent(`${each}-sssd-web`) || isCurrent(`${each}-web-sssd`));
  expect([...ROWS.map(({ family }) => family), ...Object.keys(WITHOUT_HOME)].sort()).toEqual([...serving].sort());
});

test.each(ROWS.map((row) => [row.web, row] as const))(
  '%s: packages, type and folder are there',
  (web, { base, home, packages }) => {
    const legacy = legacyPackages(web);
    expect(packages.filter((each) => !legacy.includes(PART_OF[each] ?? each))).toEqual([]);
    expect(legacyDefinition(web).parent).toBe(base);
    expect(home.paths[home.sum]).toBe(200);
    expect(existsSync(join(__dirname, '../../cluster/tools/served', home.folder, 'home'))).toBe(true);
  },
);

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../lib/settings/settings';
import { absent, absentCommands } from '../stacks/absent';
import { isCurrent } from '../stacks/legacy/catalogue';
import { type AbsentCommands, type PackageParity, type Parity, parityOf } from '../stacks/legacy/parity';
import { imagesOfTheWay } from './images-of-the-way';
import { ROOT } from './pulumi-stack';
import { markdownTable } from '../lib/toolforge/contract/render-report';

/** `csb parity`: writes docs/parity/<image>.md, what each declared image has of what its legacy one names and has. It asks no cluster. */
export function parity(environment: string, say: (line: string) => void = console.log): void {
  mkdirSync(join(ROOT, 'docs/parity'), { recursive: true });
  for (const { name, image } of imagesOfTheWay(environment, readSettings(ROOT, environment))) {
    if (image === undefined || !isCurrent(name)) continue;
    const found = parityOf(name, image, absent);
    const file = join('docs/parity', `${name}.md`);
    writeFileSync(join(ROOT, file), renderParity(found, absentCommands));
    say(`${file}: ${countsOf(found)}`);
  }
}

/** The page of an image. */
export function renderParity(parity: Parity, reasons: AbsentCommands): string {
  const rows = parity.packages.map((each) => [each.package, wordsOf(each)]);
  const more = parity.inAll - parity.packages.filter(({ is }) => is === 'there').length;
  return `${[
    `# Parity of ${parity.name}`,
    '',
    '<!-- Written by `npm run csb -- parity`. -->',
    '',
    `Of the packages that the legacy image names: ${countsOf(parity)}. It has ${more} more, which these depend on.`,
    '',
    ...markdownTable(['package of the legacy image', 'here'], rows),
    '',
    ...commandLines(parity, reasons),
  ].join('\n')}\n`;
}

function commandLines({ commands }: Parity, reasons: AbsentCommands): string[] {
  if (commands === undefined)
    return [
      'Its commands have not been compared: `npm run bench -- storage` does that, with legacy images that it makes. It cannot make that of node16, whose Node ' +
        'is in no package of Debian.',
    ];
  const { legacy, absent: lacking } = commands;
  const heading = `Of the ${legacy} commands in the PATH of the legacy image, made as it is defined: ${legacy - lacking.length} there, ${lacking.length} absent.`;
  if (lacking.length === 0) return [heading];
  const rows = lacking.map((each) => [each, reasons[each] ?? 'for no reason that is written down']);
  return [heading, '', ...markdownTable(['command', 'absent, because'], rows)];
}

function wordsOf(each: PackageParity): string {
  switch (each.is) {
    case 'there':
      return each.version;
    case 'replaced':
      return `${each.by}, in a layer`;
    case 'absent':
      return `absent: ${each.because ?? 'for no reason that is written down'}`;
  }
}

function countsOf({ packages }: Parity): string {
  const count = (is: PackageParity['is']): number => packages.filter((each) => each.is === is).length;
  return `${count('there')} there, ${count('replaced')} replaced, ${count('absent')} absent`;
}

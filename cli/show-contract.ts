import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTRACTS } from '../languages/contracts';
import { tagOf } from '../lib/registry/image-reference';
import { script } from '../lib/tekton/script';
import { contractVersion } from '../lib/toolforge/contract/contract';
import { renderReport, reportWords } from '../lib/toolforge/contract/render-report';
import { parseReport } from '../lib/toolforge/contract/report';
import { csb } from './csb';
import { declaredImages } from './declared-images';
import { ROOT, useClusterOf } from './pulumi-stack';
import { inToolbox } from './toolbox';

/**
 * `csb contract`: writes docs/contract/<name>.md from the attestations that the registry has for the images as they are declared.
 *
 * @param name - a platform image; without one, all of them
 */
export async function showContract(environment: string, name: string | undefined): Promise<void> {
  const settings = useClusterOf(environment);
  const work = { name: 'contract', script: script(__dirname, 'show-contract.sh'), asks: 'registry' } as const;
  mkdirSync(join(ROOT, 'docs/contract'), { recursive: true });
  for (const image of declaredImages(environment, settings, name)) {
    const variables = { ENVIRONMENT: environment, IMAGE: image.reference };
    const printed = await inToolbox(settings, { ...work, variables });
    const report = parseReport(printed);
    const declared = contractVersion(report.family, CONTRACTS);
    // What is pinned passed the contract of its day.
    if (report.contract !== declared && tagOf(image.reference) !== undefined)
      throw new Error(
        `${image.name} is attested for contract ${report.contract}, declared is ${declared}; try it with: ${csb(environment, 'up')}`,
      );
    const file = join('docs/contract', `${image.name}.md`);
    writeFileSync(join(ROOT, file), renderReport(report));
    console.log(`${file}: ${reportWords(report)}`);
  }
}

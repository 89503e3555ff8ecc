/** What `npm start` ends with: the images that people get, and the tools that they serve. */
import Table from 'cli-table3';
import type { RunningTool } from './demo';
import type { ContractResult } from './registry-image';
import { contractOf, describeImage, publicImages } from './registry-image';

const plain = { style: { head: [], border: [], compact: true } };

/** `27 of 28 passed, 1 does not apply` */
function inWords({ passed, failed, notApplicable }: ContractResult): string {
  const applies = notApplicable === 1 ? 'does not apply' : 'do not apply';
  return `${passed} of ${passed + failed + notApplicable} passed${notApplicable > 0 ? `, ${notApplicable} ${applies}` : ''}`;
}

async function imageRow(reference: string, tools: readonly RunningTool[]): Promise<string[]> {
  const [image, contract] = await Promise.all([describeImage(reference), contractOf(reference)]);
  const served = tools.filter(({ webservice }) => webservice.image === reference).map(({ webservice }) => webservice.tool.name);
  return [
    reference,
    image?.digest.slice(0, 'sha256:'.length + 12) ?? 'not in the registry',
    image === undefined ? '-' : `${image.layers} (${image.megabytes} MB)`,
    contract === undefined ? '-' : inWords(contract),
    served.join(', ') || '-',
  ];
}

/** The images and the tools; undefined when there are neither. */
export async function endTables(tools: readonly RunningTool[]): Promise<string | undefined> {
  const references = [...new Set([...(await publicImages()), ...tools.map(({ webservice }) => webservice.image)])].sort();
  if (references.length === 0) return undefined;
  const images = new Table({ head: ['image', 'digest', 'layers', 'contract', 'tools'], ...plain });
  images.push(...(await Promise.all(references.map((reference) => imageRow(reference, tools)))));
  if (tools.length === 0) return images.toString();
  const answers = new Table({ head: ['tool', 'URL', 'UID', 'account', 'answer'], ...plain });
  for (const { webservice, answer } of tools) {
    const { name } = webservice.tool;
    answers.push([name, webservice.url, answer.uid, answer.user, `Python ${answer.python} from ${answer.prefix}`]);
  }
  return `${images.toString()}\n${answers.toString()}`;
}

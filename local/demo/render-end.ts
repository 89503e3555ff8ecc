/** The end of `npm start` as lines of at most 80 columns: each image and each tool is one line while it is well. */
import { columns } from '../columns';
import type { RunningTool } from './demo';
import type { ContractResult, RegistryImage } from './registry-image';

/** What the registry has of a public image. */
export interface PublicImage {
  readonly reference: string;
  readonly image: RegistryImage | undefined;
  readonly contract: ContractResult | undefined;
}

/** A line an image, with the first digits of its digest, its size, and how many items of the contract it keeps. */
export function renderImages(images: readonly PublicImage[]): string {
  return columns(images.map((each) => [nameOf(each.reference), ...found(each)]));
}

/** A line a tool, with who answers where; what it answers stands in two below it. */
export function renderTools(tools: readonly RunningTool[]): string {
  const lines = columns(
    tools.map(({ webservice: { tool, url }, answer: { uid, user } }) => [tool.name, url, `as ${user} (${uid})`]),
  ).split('\n');
  return tools
    .map(
      ({ webservice: { image }, answer: { python, prefix } }, i) =>
        `${lines[i] ?? ''}\n  ${nameOf(image)}: Python ${python}\n  from ${prefix}`,
    )
    .join('\n');
}

/** `toolforge-python311-sssd-web` of `registry.local:5000/toolforge-python311-sssd-web:latest` */
function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1).replace(/:latest$/, '');
}

function found({ image, contract }: PublicImage): string[] {
  if (image === undefined) return ['-', 'not there'];
  const digest = image.digest.replace('sha256:', '').slice(0, 12);
  return [digest, `${image.layers} layers, ${image.megabytes} MB`, contract === undefined ? 'no contract' : inWords(contract)];
}

/** `26 items passed`; what does not apply to an image is on its page in docs/contract/. */
function inWords({ passed, failed }: ContractResult): string {
  return failed === 0 ? `${passed} items passed` : `${failed} of ${passed + failed} FAILED`;
}

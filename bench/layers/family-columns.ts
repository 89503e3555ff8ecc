import type { DeclaredImage } from '../../cli/declared-images';
import { layersAt } from '../made-from';
import type { FamilyColumn } from './picture-rows';
import { madeOf } from './run-image-layers';

interface Run {
  readonly params: readonly { readonly name: string; readonly value: string }[];
}

/** The run images that the declared images of a release stand on, each once, as the registry has them. */
export async function familyColumns(images: readonly DeclaredImage[], release: string): Promise<readonly FamilyColumn[]> {
  const references = new Set(images.map(runImageOf).filter((each) => each.includes(`/platform/${release}-`)));
  return Promise.all(
    [...references].map(async (reference) => ({
      name: familyOf(reference, release),
      layers: (await layersAt(reference)).map((layer) => ({ ...layer, name: madeOf(layer.what).name })),
    })),
  );
}

function runImageOf({ run }: DeclaredImage): string {
  return (run.manifest['spec'] as Run).params.find(({ name }) => name === 'run-image')?.value ?? '';
}

/** `python311` of `<host>/platform/bookworm-python311-run:<tag>`, and `bookworm` of `<host>/platform/bookworm-run:<tag>`. */
function familyOf(reference: string, release: string): string {
  return new RegExp(`/platform/(?:${release}-)?(.+)-run:`).exec(reference)?.[1] ?? reference;
}

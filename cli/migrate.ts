import { imageOfTheWay, wordOf } from './images-of-the-way';
import { nextStep } from './next-step';
import { useClusterOf } from './pulumi-stack';
import { statusesFor } from './status';

/** `csb migrate <image>`: where an image is on its way over, and what the next step is. It changes nothing. */
export async function migrate(environment: string, name: string): Promise<void> {
  const settings = useClusterOf(environment);
  const image = imageOfTheWay(environment, settings, name);
  const [status] = await statusesFor(environment, settings, [image]);
  console.log([`${image.name} is ${wordOf(image)}.`, ...(status === undefined ? [] : nextStep(status, environment))].join('\n'));
}

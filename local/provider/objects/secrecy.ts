/**
 * Carries secretness from inputs to outputs: what was secret going in is secret coming back, and so is the content of every Secret.
 */
import { containsSecret, isPropertyMap, type PropertyMap, type PropertyValue, Secret } from '../protocol/values';

function secretOf(value: PropertyValue): Secret {
  return value instanceof Secret ? value : new Secret(value);
}

/** Returns the outputs with every value marked secret whose input is, or contains, a secret. */
export function markSecrets(outputs: PropertyMap, inputs: PropertyMap): PropertyMap {
  const marked: PropertyMap = { ...outputs };
  if (marked['kind'] === 'Secret') {
    for (const key of ['data', 'stringData']) {
      const value = marked[key];
      if (value !== undefined) marked[key] = secretOf(value);
    }
    return marked;
  }
  for (const [key, input] of Object.entries(inputs)) {
    const output = marked[key];
    if (output === undefined) continue;
    if (isPropertyMap(output) && isPropertyMap(input)) marked[key] = markSecrets(output, input);
    else if (containsSecret(input)) marked[key] = secretOf(output);
  }
  return marked;
}

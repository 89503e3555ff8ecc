/** The first 12 characters of a digest, as `was-` tags have them. */
export const shortDigest = (digest: string): string => digest.replace('sha256:', '').slice(0, 12);
